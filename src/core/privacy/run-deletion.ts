import { readContact } from "../accounts/read-contact.ts";
import type { Context } from "../context.ts";
import { type Deps, OutsideError } from "../deps.ts";
import { postLetter, writeLetter } from "../mail/write-letter.ts";
import { countTenant, deleteOwned, deletionSteps } from "./deletion-steps.ts";
import {
  claimDeletion,
  type DeletionRow,
  findDueDeletions,
  leaseDeletion,
  writeCompleted,
  writeCounts,
  writeSwept,
} from "./deletion-store.ts";
import { exportKey } from "./export-file.ts";
import { findUnpurgedOf } from "./export-store.ts";
import { postWork } from "./post-work.ts";
import { addressTables, type OwnedTable, userTables } from "./tenant-tables.ts";

/** Whoever has not been heard of for this long is dead. */
const leaseMs = 60_000;
/**
 * Who was let in before everybody was shut out may still write: a request for a minute, a consumer for the 15 minutes the
 * platform gives it. All steps are done at once, and then it is over; when nobody of those is left they are done once more.
 */
export const quietMs = 16 * 60_000;
const firstBackoffMs = 15_000;
const longestBackoffMs = 3_600_000;
const batch = 20;
/** A message takes seconds. */
const lostMessageMs = 60_000;

/** The deletion, for whoever works on it now; null: it is done, or somebody does. */
export function beginDeletion(context: Context, deletionId: string): Promise<DeletionRow | null> {
  return claimDeletion(context.deps, deletionId, leaseMs);
}

/** false: it is not ours any more. */
export function keepDeletion({ deps }: Context, row: DeletionRow): Promise<boolean> {
  return leaseDeletion(deps, row, deps.clock.now() + leaseMs);
}

/** Left for a while, since something it needs is away. It is never given up: somebody was promised it. */
export async function returnDeletion({ deps }: Context, row: DeletionRow): Promise<void> {
  deps.log.write("error", "deletion_held_up", { deletionId: row.id, attempts: row.attempts });
  const waitMs = Math.min(firstBackoffMs * 2 ** row.attempts, longestBackoffMs);
  await leaseDeletion(deps, row, deps.clock.now() + waitMs);
}

/** Does all steps; whatever is thrown, a later run begins with the first one again, and finds done what is done. */
export async function runDeletion(context: Context, row: DeletionRow, signal: AbortSignal): Promise<void> {
  const { deps } = context;
  if (row.counts === null && row.completedAtMs === null) await tellBegun(context, row);
  for (const tenantId of row.tenantIds) {
    for (const { name, run } of deletionSteps) {
      if (signal.aborted) throw new OutsideError(`the deletion is not ours to go on with at ${name}`, true);
      await run(context, tenantId);
    }
  }
  if (row.completedAtMs === null) await complete(context, row);
  const quietAtMs = row.requestedAtMs + quietMs;
  if (deps.clock.now() < quietAtMs) await leaseDeletion(deps, row, quietAtMs);
  else await writeSwept(deps, row, ofUser(deps, userTables, row.userId));
}

/** What there is of it, counted before it goes, and a letter to whoever may not have meant it. */
async function tellBegun(context: Context, row: DeletionRow): Promise<void> {
  const counts: Record<string, number> = {};
  for (const tenantId of row.tenantIds) {
    for (const [word, count] of Object.entries(await countTenant(context, tenantId)))
      counts[word] = (counts[word] ?? 0) + count;
  }
  const letter = await letterOf(context, row, "deletion_begun");
  await writeCounts(context.deps, row, counts, letter === null ? [] : [letter.statement]);
  if (letter !== null) await postLetter(context, letter.mailId);
}

/**
 * The user goes last, in one batch with the receipt's end: until then their address is known, and after it nobody asks. From
 * here on the address is anybody's again, so that the sweep goes by ids alone.
 */
async function complete(context: Context, row: DeletionRow): Promise<void> {
  const { deps } = context;
  // From tenants that stay, too: who asked for them is in them with all that is theirs.
  for (const made of await findUnpurgedOf(deps, row.userId)) await deps.files.delete([exportKey(made)]);
  const letter = await letterOf(context, row, "deletion_done");
  const last = ofUser(deps, [...addressTables, ...userTables], row.userId);
  await writeCompleted(context, row, [...(letter === null ? [] : [letter.statement]), ...last]);
  if (letter !== null) await postLetter(context, letter.mailId);
}

function ofUser(deps: Deps, tables: readonly OwnedTable[], userId: string) {
  return tables.map((owned) => deleteOwned(deps, owned, userId));
}

/** null: there is nobody to write to any more. */
async function letterOf(context: Context, row: DeletionRow, template: "deletion_begun" | "deletion_done") {
  const contact = await readContact(context.deps, row.userId);
  if (contact === null) return null;
  return writeLetter(context, { to: contact.email, language: "en", template, values: { receipt: row.id } });
}

/** Cron: deletions whose message was lost, whose worker died, or whose sweep is due. */
export async function tendDeletions(context: Context): Promise<void> {
  const { deps } = context;
  const due = await findDueDeletions(deps, deps.clock.now() - lostMessageMs, batch);
  for (const { id } of due) await postWork(context, { type: "deletion", deletionId: id });
}
