import { type ChainedEntry, firstPreviousHash, type HashedEntry } from "../core/credits/entry.ts";
import type { LedgerStatement } from "../core/credits/ledger.ts";
import { type AccountSums, type ProvedHold, type ProvedPayment, proveBooks } from "../core/credits/prove-books.ts";
import { sha256Hex } from "./digest.ts";

const entryColumns = `sequence, id, transaction_number AS transactionNumber, operation_id AS operationId, type, debit, credit,
  amount, balance_after AS balanceAfter, description, video_id AS videoId, payment_id AS paymentId,
  created_at_ms AS createdAtMs, hash`;

/** Proves a ledger from its own rows, read one by one, and answers with a page of its entries. */
export function proveLedger(
  sql: SqlStorage,
  wanted: { afterSequence: number; limit: number; knownHash?: string },
): LedgerStatement {
  const proof = proveBooks(
    {
      entries: sql.exec<HashedEntry>(`SELECT ${entryColumns} FROM entries ORDER BY sequence`),
      accounts: sql.exec<AccountSums>("SELECT name, debits, credits FROM accounts").toArray(),
      holds: sql.exec<ProvedHold>("SELECT id, status, credits, credits_charged AS creditsCharged FROM holds"),
      payments: sql.exec<ProvedPayment>("SELECT id, credits, bonus, paid, taken FROM payments"),
      claims: sql.exec<{ paymentId: string; amount: number }>(
        "SELECT payment_id AS paymentId, amount FROM claims WHERE amount IS NOT NULL AND restore_answer IS NULL",
      ),
    },
    sha256Hex,
    wanted.knownHash ?? null,
  );
  const entries = sql
    .exec<ChainedEntry>(
      `SELECT ${entryColumns}, coalesce(
         (SELECT earlier.hash FROM entries AS earlier WHERE earlier.sequence < entries.sequence
          ORDER BY earlier.sequence DESC LIMIT 1), ?) AS previousHash
       FROM entries WHERE sequence > ? ORDER BY sequence LIMIT ?`,
      firstPreviousHash,
      wanted.afterSequence,
      wanted.limit,
    )
    .toArray();
  return { ...proof, entries };
}
