/** The raw rows of one tenant's ledger. */
import type { ObjectStorage } from "./object-storage.ts";

export type EntryRow = {
  sequence: number;
  id: string;
  transaction_number: number | null;
  operation_id: string;
  type: string;
  debit: string;
  credit: string;
  amount: number;
  balance_after: number;
  description: string;
  video_id: string | null;
  payment_id: string | null;
  created_at_ms: number;
  hash: string;
};
export type HoldRow = {
  id: string;
  status: "held" | "captured" | "released";
  credits: number;
  usage: string;
  day: string;
  month: string;
  credits_charged: number;
  usage_charged: string | null;
  videos: number;
};
export type LedgerPaymentRow = { id: string; credits: number; bonus: number; paid: number | null; taken: number };
export type LedgerClaimRow = {
  id: string;
  payment_id: string;
  amount: number | null;
  reclaim_answer: string | null;
  restore_answer: string | null;
};
export type Books = {
  entries: EntryRow[];
  accounts: Map<string, { debits: number; credits: number }>;
  holds: HoldRow[];
  payments: LedgerPaymentRow[];
  claims: LedgerClaimRow[];
  frozenBy: string[];
  counters: { period: string; metric: string; used: number }[];
  copiedThrough: number;
};

export function readBooks({ file }: ObjectStorage): Books {
  const accounts = file.rows<{ name: string; debits: number; credits: number }>("SELECT * FROM accounts");
  return {
    entries: file.rows("SELECT * FROM entries ORDER BY sequence"),
    accounts: new Map(accounts.map((row) => [row.name, row])),
    holds: file.rows("SELECT * FROM holds"),
    payments: file.rows("SELECT * FROM payments"),
    claims: file.rows("SELECT * FROM claims"),
    frozenBy: file.rows<{ id: string }>("SELECT id FROM freezes WHERE is_on = 1").map(({ id }) => id),
    counters: file.rows("SELECT * FROM counters WHERE used <> 0"),
    copiedThrough: file.rows<{ copied_through: number }>("SELECT copied_through FROM outbox")[0]?.copied_through ?? 0,
  };
}

export function balanceOf(books: Books, account: string): number {
  const { credits, debits } = books.accounts.get(account) ?? { credits: 0, debits: 0 };
  return credits - debits;
}

/** What an entry did to the balance that the customer sees. */
export function visibleAmount({ debit, credit, amount }: EntryRow): number {
  return credit === "available" ? amount : debit === "available" ? 0 - amount : 0;
}
