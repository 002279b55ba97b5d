/** A ledger as lines of JSON, for the nightly backup, and back again. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { HashedEntry } from "../core/credits/entry.ts";
import type { LoadResult } from "../core/credits/ledger.ts";
import { type AccountSums, type ProvedHold, type ProvedPayment, proveBooks } from "../core/credits/prove-books.ts";
import { invariant } from "../core/fail.ts";
import { sha256Hex } from "./digest.ts";

/** Parents before what refers to them. The accounts are not written: the entries move them, and are held against the copy's. */
const copiedTables = [
  "operations",
  "holds",
  "entries",
  "payments",
  "claims",
  "freezes",
  "counters",
  "uploads",
] as const;
type CopiedTable = (typeof copiedTables)[number];

const rowsPerLine = 200;
/**
 * An object has 128 MB, and a copy is in it at once, as it was at one moment: entries come while it is read. So it is kept
 * compressed, to a seventh or so: 20 000 videos take 7 MB. A ledger that outgrows this fails its backup loudly, and is then to
 * be copied in pages.
 */
const copyMaxBytes = 32 * 1024 * 1024;

type Value = string | number | null;
type Row = Record<string, Value>;
type Line = { table: CopiedTable | "accounts"; rows: Row[] };

/** Lines, each a JSON text and a line feed; all of one moment. */
export function dumpLedger(sql: SqlStorage): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const lines: Uint8Array[] = [];
  let size = 0;
  for (const table of ["accounts", ...copiedTables]) {
    let rows: Row[] = [];
    const flush = () => {
      if (rows.length === 0) return;
      const line = deflateRawSync(encoder.encode(`${JSON.stringify({ table, rows })}\n`));
      size += line.byteLength;
      invariant(size <= copyMaxBytes, "a ledger fits into its copy");
      lines.push(line);
      rows = [];
    };
    for (const row of sql.exec<Row>(`SELECT * FROM ${table}${orderOf(table)}`)) {
      rows.push(row);
      if (rows.length === rowsPerLine) flush();
    }
    flush();
  }
  let next = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const line = lines[next];
      next += 1;
      if (line === undefined) controller.close();
      else controller.enqueue(inflateRawSync(line));
    },
  });
}

/** Entries are proved in their order; two of the other tables have no rowid, and none needs one. */
function orderOf(table: string): string {
  return table === "entries" ? " ORDER BY sequence" : "";
}

/** The lines by their tables, compressed: read as rows they would take many times the room. */
export type LedgerCopy = Map<string, Uint8Array[]>;

export async function readCopy(stream: ReadableStream<Uint8Array>): Promise<LedgerCopy> {
  const copy: LedgerCopy = new Map();
  let pieces: Uint8Array[] = [];
  const take = () => {
    const line = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
    let place = 0;
    for (const piece of pieces) {
      line.set(piece, place);
      place += piece.byteLength;
    }
    pieces = [];
    if (line.byteLength === 0) return;
    const { table } = parseLine(line);
    const lines = copy.get(table) ?? [];
    lines.push(deflateRawSync(line));
    copy.set(table, lines);
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      pieces.push(chunk.slice(from, end));
      take();
      from = end + 1;
    }
    if (from < chunk.byteLength) pieces.push(chunk.slice(from));
  }
  take();
  return copy;
}

const lineFeed = 10;
const decoder = new TextDecoder();

function parseLine(line: Uint8Array): Line {
  return JSON.parse(decoder.decode(line)) as Line;
}

/** Within a storage transaction of the caller's. A ledger that anything was ever asked of stays as it is. */
export function loadLedger(sql: SqlStorage, copy: LedgerCopy): LoadResult {
  if (!isEmpty(sql)) return { ok: true, outcome: "kept" };
  const differences = proveCopy(copy);
  if (differences.length > 0) return { ok: false, code: "not_proven", differences };
  for (const table of copiedTables) {
    const known = new Set(columnsOf(sql, table));
    for (const row of rowsOf<Row>(copy, table)) {
      // What a later schema has added gets its default; what it has dropped is not asked for any more.
      const columns = Object.keys(row).filter((column) => known.has(column));
      const places = columns.map(() => "?").join(", ");
      const values = columns.map((column) => row[column] ?? null);
      sql.exec(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`, ...values);
    }
  }
  return { ok: true, outcome: "loaded" };
}

function isEmpty(sql: SqlStorage): boolean {
  const found = ["operations", "freezes", "uploads"].map((table) => `EXISTS (SELECT 1 FROM ${table})`);
  return sql.exec<{ isUsed: number }>(`SELECT ${found.join(" OR ")} AS isUsed`).one().isUsed === 0;
}

function columnsOf(sql: SqlStorage, table: CopiedTable): string[] {
  const rows = sql.exec<{ name: string }>("SELECT name FROM pragma_table_info(?)", table);
  return Array.from(rows, ({ name }) => name);
}

function* rowsOf<Shape>(copy: LedgerCopy, table: Line["table"]): Generator<Shape> {
  for (const line of copy.get(table) ?? []) yield* parseLine(inflateRawSync(line)).rows as Shape[];
}

/** As a statement proves a ledger, but before anything of it is written. */
function proveCopy(copy: LedgerCopy): string[] {
  const { differences } = proveBooks(
    {
      entries: rowsOf<EntryColumns>(copy, "entries").map(toEntry),
      accounts: [...rowsOf<AccountSums>(copy, "accounts")],
      holds: rowsOf<HoldColumns>(copy, "holds").map(({ credits_charged: creditsCharged, ...hold }) => ({
        ...hold,
        creditsCharged,
      })),
      payments: rowsOf<ProvedPayment>(copy, "payments"),
      claims: rowsOf<ClaimColumns>(copy, "claims").flatMap(
        ({ payment_id: paymentId, amount, restore_answer: restored }) =>
          amount === null || restored !== null ? [] : [{ paymentId, amount }],
      ),
    },
    sha256Hex,
    null,
  );
  return differences;
}

type HoldColumns = Omit<ProvedHold, "creditsCharged"> & { credits_charged: number };
type ClaimColumns = { payment_id: string; amount: number | null; restore_answer: string | null };
type EntryColumns = Pick<
  HashedEntry,
  "sequence" | "id" | "type" | "debit" | "credit" | "amount" | "description" | "hash"
> & {
  transaction_number: number | null;
  operation_id: string;
  balance_after: number;
  video_id: string | null;
  payment_id: string | null;
  created_at_ms: number;
};

function toEntry(row: EntryColumns): HashedEntry {
  return {
    sequence: row.sequence,
    id: row.id,
    transactionNumber: row.transaction_number,
    operationId: row.operation_id,
    type: row.type,
    debit: row.debit,
    credit: row.credit,
    amount: row.amount,
    balanceAfter: row.balance_after,
    description: row.description,
    videoId: row.video_id,
    paymentId: row.payment_id,
    createdAtMs: row.created_at_ms,
    hash: row.hash,
  };
}
