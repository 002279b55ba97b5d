import type { StatementAnswer, StatementEntry, StatementQuery } from "../../contract/credits.ts";
import type { UserContext } from "../context.ts";
import { encodeCursor } from "../cursor.ts";
import type { ChainedEntry } from "./entry.ts";
import type { Ledger } from "./ledger.ts";
import { readCursor } from "./list-transactions.ts";
import { findTransactionsAfter, type TransactionRow } from "./store.ts";

/** Rows held in memory at once, of either side. */
const rowsPerPage = 500;
/** Whoever finds more than these has found enough. */
const differencesMax = 50;
const comparedFields = [
  "id",
  "type",
  "amount",
  "balanceAfter",
  "description",
  "videoId",
  "paymentId",
  "createdAtMs",
] as const satisfies readonly (keyof TransactionRow)[];

/**
 * The ledger added up afresh, the list of transactions compared with it, and a page of the entries, oldest first. Refuses
 * `validation_failed` for a cursor that is not of this list.
 */
export async function proveStatement(context: UserContext, input: StatementQuery): Promise<StatementAnswer> {
  const { deps, actor } = context;
  const { limit, cursor, known_hash: knownHash } = input;
  const ledger = deps.ledger(actor.tenantId);
  const statement = await ledger.readStatement({
    afterSequence: cursor === undefined ? 0 : readCursor(cursor),
    limit: limit + 1,
    ...(knownHash === undefined ? {} : { knownHash }),
  });
  await ledger.drainOutbox();
  const listed = await compareList(context, ledger, statement.lastTransactionNumber);
  const differences = [...statement.differences, ...listed];
  const page = statement.entries.slice(0, limit);
  const last = statement.entries.length > limit ? page.at(-1) : undefined;
  return {
    proven: statement.isProven && listed.length === 0,
    differences: differences.slice(0, differencesMax),
    entries_checked: statement.entriesChecked,
    head: statement.head,
    known_hash: statement.knownHash,
    balance: statement.balance,
    held: statement.held,
    owed: statement.owed,
    data: page.map(toStatementEntry),
    next_cursor: last === undefined ? null : encodeCursor([last.sequence]),
  };
}

/**
 * The list in D1 against the ledger, whole. A page of the list is read before the ledger's, so that the ledger knows of
 * everything the list can have; what came after `lastNumber` need not be in the list yet.
 */
async function compareList(context: UserContext, ledger: Ledger, lastNumber: number): Promise<string[]> {
  const differences: string[] = [];
  for (let afterNumber = 0; differences.length < differencesMax; ) {
    const page = { afterNumber, limit: rowsPerPage };
    const listed = await findTransactionsAfter(context.deps.db, context.actor.tenantId, page);
    const known = await ledger.readTransactions(page);
    // Beyond it one of the two pages has ended, though the other has not.
    const through = Math.min(lastOf(listed), lastOf(known));
    differences.push(...comparePage(upTo(listed, through), upTo(known, through), lastNumber));
    if (through === Number.POSITIVE_INFINITY) break;
    afterNumber = through;
  }
  return differences;
}

/** The last place that a page is sure to hold all of. */
function lastOf(page: readonly TransactionRow[]): number {
  return page.length < rowsPerPage ? Number.POSITIVE_INFINITY : (page.at(-1)?.sequence ?? Number.POSITIVE_INFINITY);
}

function upTo(page: readonly TransactionRow[], through: number): TransactionRow[] {
  return page.filter(({ sequence }) => sequence <= through);
}

function comparePage(listed: TransactionRow[], known: TransactionRow[], lastNumber: number): string[] {
  const differences: string[] = [];
  const listedAt = Map.groupBy(listed, ({ sequence }) => sequence);
  const knownNumbers = new Set(known.map(({ sequence }) => sequence));
  for (const row of known) {
    const [found, ...others] = listedAt.get(row.sequence) ?? [];
    if (found === undefined) {
      if (row.sequence <= lastNumber) differences.push(`Transaction ${row.sequence} is missing in the list.`);
      continue;
    }
    const fields = comparedFields.filter((field) => row[field] !== found[field]);
    if (fields.length > 0) {
      differences.push(
        `Transaction ${row.sequence} is another in the list: ${fields.join(", ")} not as in the ledger.`,
      );
    }
    if (others.length > 0) differences.push(`Transaction ${row.sequence} is more than once in the list.`);
  }
  for (const number of listedAt.keys()) {
    if (!knownNumbers.has(number)) differences.push(`Transaction ${number} of the list is none of the ledger's.`);
  }
  return differences;
}

function toStatementEntry(entry: ChainedEntry): StatementEntry {
  return {
    sequence: entry.sequence,
    id: entry.id,
    transaction_number: entry.transactionNumber,
    operation_id: entry.operationId,
    type: entry.type,
    debit: entry.debit,
    credit: entry.credit,
    amount: entry.amount,
    balance_after: entry.balanceAfter,
    description: entry.description,
    made_id: entry.videoId,
    payment_id: entry.paymentId,
    created_at: new Date(entry.createdAtMs).toISOString(),
    previous_hash: entry.previousHash,
    hash: entry.hash,
  };
}
