import type { AuditProofAnswer } from "../../contract/audit.ts";
import type { Deps } from "../deps.ts";
import { beginning, firstSealHash, isAfter, type Place, placeOf, type SealedRow, sealText, toHex } from "./seal.ts";
import { chainOf, findRowsAfter, findSeals, type SealRow } from "./store.ts";

/** Rows and seals held in memory at once. D1 answers 1000 queries a request: half a million rows. */
const pageSize = 1_000;
/** Whoever finds more than these has found enough. */
const differencesMax = 50;

/**
 * Every seal of a tenant's log (null: of what has no tenant) made again from the rows there are. `knownHash`: a head that
 * somebody kept of an earlier answer; what was cut off the end with its seals shows by that alone.
 */
export async function verifyAuditLog(
  deps: Deps,
  tenantId: string | null,
  knownHash: string | null,
): Promise<AuditProofAnswer> {
  const chain = chainOf(tenantId);
  const rows = new RowReader(deps, chain);
  const walk = new SealWalk(deps, chain, knownHash);
  for await (const seal of sealsOf(deps, chain)) {
    await walk.take(seal, await rows.through({ atMs: seal.lastRowAtMs, id: seal.lastRowId }));
  }
  const unsealed = await rows.countRest();
  return {
    intact: walk.differences.length === 0,
    differences: walk.differences.slice(0, differencesMax),
    rows: walk.rows + unsealed,
    sealed_rows: walk.rows,
    head: walk.head,
    known_hash: knownHash === null ? null : walk.hasKnownHash ? "found" : "missing",
  };
}

class SealWalk {
  readonly differences: string[] = [];
  rows = 0;
  head = { sequence: 0, hash: firstSealHash };
  hasKnownHash: boolean;
  private readonly deps: Deps;
  private readonly chain: string;
  private readonly knownHash: string | null;
  /** As it comes out when no seal is believed; the same as the head's in an honest chain. */
  private recomputedHash = firstSealHash;

  constructor(deps: Deps, chain: string, knownHash: string | null) {
    this.deps = deps;
    this.chain = chain;
    this.knownHash = knownHash;
    this.hasKnownHash = knownHash === firstSealHash;
  }

  async take(seal: SealRow, rows: readonly SealedRow[]): Promise<void> {
    const { sequence } = seal;
    const next = this.head.sequence + 1;
    if (sequence !== next) this.differences.push(`Seal ${next} is missing.`);
    const difference = describeRows(seal, rows);
    const expected = await this.hash(sequence, this.head.hash, rows);
    if (difference !== null) this.differences.push(difference);
    else if (expected !== seal.hash) {
      this.differences.push(
        `The hash of seal ${sequence} is not that of its ${rows.length} rows and of the seal before it: a row of ${spanOf(rows)} or the seal was changed.`,
      );
    }
    this.recomputedHash =
      this.recomputedHash === this.head.hash ? expected : await this.hash(sequence, this.recomputedHash, rows);
    if (this.recomputedHash === this.knownHash) this.hasKnownHash = true;
    this.rows += rows.length;
    this.head = { sequence, hash: seal.hash };
  }

  private async hash(sequence: number, previousHash: string, rows: readonly SealedRow[]): Promise<string> {
    return toHex(await this.deps.digests.sha256(sealText({ chain: this.chain, sequence, previousHash }, rows)));
  }
}

function describeRows(seal: SealRow, rows: readonly SealedRow[]): string | null {
  const [sealed, found] = [seal.rows, rows.length];
  if (found < sealed) {
    return `Seal ${seal.sequence} covers ${sealed} rows, and there are ${found}: ${sealed - found} of them were deleted.`;
  }
  if (found > sealed) {
    return `Seal ${seal.sequence} covers ${sealed} rows, and there are ${found}: ${found - sealed} were slipped in.`;
  }
  return rows.at(-1)?.id === seal.lastRowId
    ? null
    : `The last row of seal ${seal.sequence}, ${seal.lastRowId}, is not there; another is in its place.`;
}

function spanOf(rows: readonly SealedRow[]): string {
  const [first, last] = [rows[0], rows.at(-1)];
  const momentOf = (row: SealedRow | undefined) => new Date(row?.createdAtMs ?? 0).toISOString();
  return `${momentOf(first)} to ${momentOf(last)}`;
}

async function* sealsOf(deps: Deps, chain: string): AsyncGenerator<SealRow> {
  for (let afterSequence = 0; ; ) {
    const page = await findSeals(deps, chain, { afterSequence, limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    afterSequence = last.sequence;
  }
}

/** The rows of a chain, read once and in their order, a page at a time. */
class RowReader {
  private readonly deps: Deps;
  private readonly chain: string;
  private page: SealedRow[] = [];
  private last: Place = beginning;
  private isAtEnd = false;

  constructor(deps: Deps, chain: string) {
    this.deps = deps;
    this.chain = chain;
  }

  /** The next rows up to this place. */
  async through(place: Place): Promise<SealedRow[]> {
    const taken: SealedRow[] = [];
    for (;;) {
      const end = this.page.findIndex((row) => isAfter(placeOf(row), place));
      taken.push(...this.page.splice(0, end === -1 ? this.page.length : end));
      if (end !== -1 || this.isAtEnd) return taken;
      await this.turn();
    }
  }

  async countRest(): Promise<number> {
    let count = 0;
    for (;;) {
      count += this.page.length;
      this.page = [];
      if (this.isAtEnd) return count;
      await this.turn();
    }
  }

  private async turn(): Promise<void> {
    const untilMs = Number.MAX_SAFE_INTEGER;
    this.page = await findRowsAfter(this.deps, this.chain, { after: this.last, untilMs, limit: pageSize });
    const last = this.page.at(-1);
    if (last !== undefined) this.last = placeOf(last);
    this.isAtEnd = this.page.length < pageSize;
  }
}
