import type { LedgerBalance } from "../core/credits/ledger.ts";
import type { Balances } from "../core/credits/postings.ts";

const ofAccount = (name: string) => `(SELECT credits - debits FROM accounts WHERE name = '${name}')`;
const spendable = `${ofAccount("available")} AS available, 0 - ${ofAccount("owed")} AS owed,
  EXISTS (SELECT 1 FROM freezes WHERE is_on = 1) AS isFrozen`;
const purchased = "(SELECT coalesce(sum(amount), 0) FROM entries WHERE type IN ('purchase', 'topup'))";

type Spendable = Balances & { isFrozen: boolean };

/** What may be spent at this moment. One statement: each costs as much again as what it reads. */
export function readSpendable(sql: SqlStorage): Spendable {
  const row = sql.exec<Balances & { isFrozen: number }>(`SELECT ${spendable}`).one();
  return { ...row, isFrozen: row.isFrozen === 1 };
}

/** All that a customer is told of the balance. */
export function readBalance(sql: SqlStorage): LedgerBalance {
  type Row = Omit<LedgerBalance, "balance" | "isFrozen"> & { available: number; isFrozen: number };
  const query = `SELECT ${spendable}, ${ofAccount("held")} AS held, ${purchased} AS totalPurchased`;
  const { available, isFrozen, ...row } = sql.exec<Row>(query).one();
  return { ...row, balance: available, isFrozen: isFrozen === 1 };
}
