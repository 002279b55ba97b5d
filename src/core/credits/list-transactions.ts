import type { TransactionAnswer, TransactionsAnswer, TransactionsQuery } from "../../contract/credits.ts";
import { idPrefixes } from "../../contract/ids.ts";
import type { UserContext } from "../context.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { fail } from "../fail.ts";
import { findTransactions, type TransactionFilter, type TransactionRow } from "./store.ts";

/**
 * The tenant's transactions, newest first, whole up to this moment. `from` and `to` are both included; a day without a
 * time is the whole UTC day. Refuses `validation_failed` for a cursor that is not of this list.
 */
export async function listTransactions(context: UserContext, input: TransactionsQuery): Promise<TransactionsAnswer> {
  const { deps, actor } = context;
  const beforeSequence = input.cursor === undefined ? null : readCursor(input.cursor);
  await deps.ledger(actor.tenantId).drainOutbox();
  const rows = await findTransactions(deps.db, transactionFilter(actor.tenantId, input), {
    beforeSequence,
    limit: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    data: page.map(toTransactionAnswer),
    next_cursor: last === undefined ? null : encodeCursor([last.sequence]),
  };
}

export function transactionFilter(
  tenantId: string,
  query: Pick<TransactionsQuery, "type" | "from" | "to">,
): TransactionFilter {
  return {
    tenantId,
    type: query.type,
    fromMs: query.from === undefined ? undefined : Date.parse(query.from),
    untilMs: query.to === undefined ? undefined : endOf(query.to),
  };
}

export function toTransactionAnswer(row: TransactionRow): TransactionAnswer {
  return {
    id: row.id,
    type: row.type,
    amount: row.amount,
    balance_after: row.balanceAfter,
    description: row.description,
    ...(row.videoId === null ? {} : madeOf(row.videoId)),
    ...(row.paymentId === null ? {} : { payment_id: row.paymentId }),
    created_at: new Date(row.createdAtMs).toISOString(),
  };
}

/** A hold pays for a video or for an image, and carries its id. */
function madeOf(id: string): Pick<TransactionAnswer, "video_id" | "image_id"> {
  return id.startsWith(idPrefixes.image) ? { image_id: id } : { video_id: id };
}

const dayMs = 86_400_000;

function endOf(moment: string): number {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(moment);
  return Date.parse(moment) + (isDay ? dayMs : 1);
}

/** Of a list that pages by a place in it. */
export function readCursor(cursor: string): number {
  const [sequence] = decodeCursor(cursor, ["number"]);
  if (typeof sequence === "number" && Number.isSafeInteger(sequence)) return sequence;
  const detail = "is not a cursor of this list";
  fail("validation_failed", `The cursor ${detail}. Start from the first page.`, {
    errors: [{ pointer: "/cursor", detail, code: "invalid" }],
  });
}
