import type { TransactionAnswer, TransactionsQuery } from "../../contract/credits.ts";
import type { UserContext } from "../context.ts";
import { toTransactionAnswer, transactionFilter } from "./list-transactions.ts";
import { findTransactions } from "./store.ts";

const columns = [
  "id",
  "type",
  "amount",
  "balance_after",
  "description",
  "video_id",
  "payment_id",
  "created_at",
  "image_id",
] as const satisfies readonly (keyof TransactionAnswer)[];

/** Held in memory at once, whatever the length of the history. */
const rowsPerPage = 500;

/** Every transaction that the filters let through, newest first, as RFC 4180 CSV in UTF-8 with a header line. */
export async function transactionsCsv(
  context: UserContext,
  input: Pick<TransactionsQuery, "type" | "from" | "to">,
): Promise<ReadableStream<Uint8Array>> {
  const { deps, actor } = context;
  await deps.ledger(actor.tenantId).drainOutbox();
  const filter = transactionFilter(actor.tenantId, input);
  const encoder = new TextEncoder();
  let beforeSequence: number | null = null;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(csvLine(columns)));
    },
    async pull(controller) {
      const rows = await findTransactions(deps.db, filter, { beforeSequence, limit: rowsPerPage });
      beforeSequence = rows.at(-1)?.sequence ?? null;
      if (rows.length > 0)
        controller.enqueue(encoder.encode(rows.map((row) => toCsv(toTransactionAnswer(row))).join("")));
      if (rows.length < rowsPerPage) controller.close();
    },
  });
}

function toCsv(transaction: TransactionAnswer): string {
  return csvLine(columns.map((column) => transaction[column] ?? ""));
}

function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Spreadsheets run text that starts like a formula (OWASP, CSV injection): an apostrophe makes it text. Numbers are ours. */
export function csvCell(cell: string | number): string {
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
