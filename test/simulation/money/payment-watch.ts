/** What holds of payments, claims and events after every step: against the truth, against the ledgers, and against before. */
import { demand, demandEqual } from "./demand.ts";
import { checkBooks } from "./ledger-invariants.ts";
import { type Books, balanceOf, readBooks } from "./ledger-rows.ts";
import type { MoneyWorld } from "./money-world.ts";
import { readTruth, type TruePayment } from "./truth.ts";

export type PaymentRow = {
  id: string;
  tenant_id: string;
  provider: "stripe" | "mpesa";
  purpose: string;
  package_id: string | null;
  plan: string | null;
  credits: number;
  bonus: number;
  amount: number;
  currency: string;
  state: string;
  attention: string | null;
  payment_intent_id: string | null;
  checkout_session_id: string | null;
  invoice_id: string | null;
  checkout_request_id: string | null;
  refunded_amount: number;
  receipt: string | null;
  next_check_at_ms: number | null;
  paid_at_ms: number | null;
  fulfilled_at_ms: number | null;
  created_at_ms: number;
};
export type ClaimRow = {
  id: string;
  payment_id: string;
  tenant_id: string;
  kind: string;
  amount: number;
  state: string;
  settled_state: string;
  provider_id: string | null;
};

const stateRanks = ["created", "pending", "confirming", "failed expired", "paid"];
const claimRanks = ["noted", "frozen", "taken", "returned"];
const rankOf = (ranks: readonly string[], state: string) => ranks.findIndex((one) => one.split(" ").includes(state));

export class PaymentWatch {
  private payments = new Map<string, PaymentRow>();
  private claims = new Map<string, ClaimRow>();
  private readonly books = new Map<string, Books>();

  check(world: MoneyWorld): void {
    const truth = readTruth(world);
    const payments = world.rows<PaymentRow>("SELECT * FROM payments");
    const claims = world.rows<ClaimRow>("SELECT * FROM payment_claims");
    for (const row of payments) this.checkPayment(row, truth.get(row.id));
    for (const row of claims) this.checkClaim(row, payments);
    this.payments = new Map(payments.map((row) => [row.id, row]));
    this.claims = new Map(claims.map((row) => [row.id, row]));
    this.checkLedgers(world, truth);
    this.checkIsolation(world);
  }

  booksOf(tenantId: string): Books | undefined {
    return this.books.get(tenantId);
  }

  private checkPayment(row: PaymentRow, paid: TruePayment | undefined): void {
    const { id } = row;
    if (row.state === "paid" && row.invoice_id === null) {
      demand(paid !== undefined, () => `${id} is paid here, and nobody has paid it`);
      if (paid !== undefined) {
        demandEqual([paid.amount, paid.currency], [row.amount, row.currency], `${id} is paid as it was ordered`);
        demand(paid.tenantId === null || paid.tenantId === row.tenant_id, () => `${id} was paid by another tenant`);
      }
    }
    demand(row.refunded_amount <= row.amount, () => `${id}: more went back than was paid`);
    const before = this.payments.get(id);
    if (before === undefined) return;
    const isForward = rankOf(stateRanks, row.state) >= rankOf(stateRanks, before.state);
    const isTurned = before.state !== row.state && row.state !== "paid" && ["failed", "expired"].includes(before.state);
    demand(isForward && !isTurned, () => `${id} went from ${before.state} to ${row.state}`);
    demandEqual(snapshotOf(row), snapshotOf(before), `${id} is the order that it was`);
    for (const name of ["paid_at_ms", "fulfilled_at_ms", "payment_intent_id", "checkout_request_id"] as const) {
      demand(before[name] === null || before[name] === row[name], () => `${id}: ${name} is another one now`);
    }
  }

  private checkClaim(row: ClaimRow, payments: readonly PaymentRow[]): void {
    const payment = payments.find(({ id }) => id === row.payment_id);
    demandEqual(row.tenant_id, payment?.tenant_id, `${row.id} is a claim on a payment of its tenant`);
    demandEqual(payment?.state, "paid", `${row.id} claims back what was paid`);
    const before = this.claims.get(row.id);
    if (before === undefined) return;
    demandEqual([row.payment_id, row.kind, row.amount], [before.payment_id, before.kind, before.amount], row.id);
    for (const name of ["state", "settled_state"] as const) {
      const isForward = rankOf(claimRanks, row[name]) >= rankOf(claimRanks, before[name]);
      demand(isForward, () => `${row.id}: ${name} went from ${before[name]} to ${row[name]}`);
    }
  }

  private checkLedgers(world: MoneyWorld, truth: Map<string, TruePayment>): void {
    for (const tenantId of world.ledgers.touched) {
      const storage = world.ledgers.storages.get(tenantId);
      if (storage === undefined) continue;
      const books = readBooks(storage);
      checkBooks(tenantId, books);
      this.checkGrants(tenantId, books, truth);
      this.checkClaimed(tenantId, books);
      checkSpending(tenantId, this.books.get(tenantId), books);
      this.books.set(tenantId, books);
      this.checkHistory(world, tenantId, books);
    }
    world.ledgers.touched.clear();
  }

  /** A payment credits once or never; only when it is really paid; what its order said, and to whom it said. */
  private checkGrants(tenantId: string, books: Books, truth: Map<string, TruePayment>): void {
    for (const { id, credits, bonus } of books.payments) {
      const row = this.payments.get(id);
      demand(row !== undefined, () => `${tenantId} has credits of ${id}, which nobody has ordered`);
      if (row === undefined) continue;
      demandEqual(row.tenant_id, tenantId, `the credits of ${id} are with the tenant that ordered them`);
      demandEqual([credits, bonus], [row.credits, row.bonus], `${id} gave what was ordered`);
      demandEqual(row.state, "paid", `${id} gave credits`);
      demand(truth.has(id), () => `${id} gave credits, and nobody has paid it`);
    }
    const bought = books.entries.filter(({ type }) => type === "purchase" || type === "topup");
    demandEqual(
      bought.length,
      books.payments.length,
      `${tenantId}: every purchase is a payment's, and every payment's is one`,
    );
  }

  private checkClaimed(tenantId: string, books: Books): void {
    for (const { id, payment_id, amount, reclaim_answer, restore_answer } of books.claims) {
      const row = this.claims.get(id);
      demand(row !== undefined, () => `${tenantId}: the ledger knows a claim ${id} that nobody has written down`);
      if (row === undefined) continue;
      demandEqual([row.tenant_id, row.payment_id], [tenantId, payment_id], `${id} claims the same payment everywhere`);
      if (amount !== null) {
        const payment = this.payments.get(payment_id);
        demandEqual(amount, Math.min(row.amount, payment?.amount ?? 0), `${id} claims the same amount everywhere`);
      }
      const least = restore_answer !== null ? "returned" : reclaim_answer !== null ? "taken" : "noted";
      demand(
        rankOf(claimRanks, row.state) >= rankOf(claimRanks, least),
        () => `${id} is ${row.state}, and the ledger was told that it is ${least}`,
      );
    }
  }

  /** D1 has the first so many transactions of the ledger, at least as many as the ledger thinks, each as the ledger has it. */
  private checkHistory(world: MoneyWorld, tenantId: string, books: Books): void {
    const copied = world.rows<{ id: string; sequence: number; amount: number; balance_after: number }>(
      "SELECT id, sequence, amount, balance_after FROM credit_transactions WHERE tenant_id = ? ORDER BY sequence",
      tenantId,
    );
    const lines = transactionsOf(books);
    demandEqual(
      copied.map((row) => [row.id, row.sequence, row.amount, row.balance_after]),
      lines.slice(0, copied.length),
      `${tenantId}: the copy is the beginning of the ledger`,
    );
    demand(copied.length >= books.copiedThrough, () => `${tenantId}: the ledger thinks that more was copied than was`);
  }

  /** No row of a tenant's names another one's. */
  private checkIsolation(world: MoneyWorld): void {
    const strays = world.rows(`
      SELECT t.id FROM credit_transactions t JOIN payments p ON p.id = t.payment_id WHERE p.tenant_id <> t.tenant_id
      UNION ALL SELECT c.id FROM payment_claims c JOIN payments p ON p.id = c.payment_id WHERE p.tenant_id <> c.tenant_id
      UNION ALL SELECT n.id FROM plan_periods n JOIN payments p ON p.id = n.id WHERE p.tenant_id <> n.tenant_id
      UNION ALL SELECT n.id FROM plan_periods n JOIN subscriptions s ON s.id = n.id WHERE s.tenant_id <> n.tenant_id
      UNION ALL SELECT s.id FROM subscriptions s JOIN stripe_customers c ON c.customer_id = s.customer_id
        WHERE c.tenant_id <> s.tenant_id
      UNION ALL SELECT t.id FROM credit_transactions t JOIN videos v ON v.id = t.video_id WHERE v.tenant_id <> t.tenant_id`);
    demandEqual(strays, [], "rows of one tenant that name another's");
  }
}

/** While a dispute is open, or something is owed, nothing is held: not even nothing. */
function checkSpending(tenantId: string, before: Books | undefined, books: Books): void {
  if (before === undefined || books.holds.length === before.holds.length) return;
  const isFrozen = before.frozenBy.some((id) => books.frozenBy.includes(id));
  demand(!isFrozen, () => `${tenantId} has spent while it was frozen`);
  // Nothing was posted in between that could have paid what is owed.
  const isOwing = [before, books].every((one) => balanceOf(one, "owed") < 0);
  const isSettled = books.entries.slice(before.entries.length).some(({ credit }) => credit === "owed");
  demand(!isOwing || isSettled, () => `${tenantId} has spent while it owed credits`);
}

/** As the columns of the copy have them: id, number, amount, balance after. */
export function transactionsOf(books: Books): unknown[][] {
  return books.entries
    .filter(({ transaction_number }) => transaction_number !== null)
    .map((entry) => [
      entry.id,
      entry.transaction_number,
      entry.credit === "available" ? entry.amount : 0 - entry.amount,
      entry.balance_after,
    ]);
}

function snapshotOf(row: PaymentRow): unknown[] {
  const { tenant_id, provider, purpose, package_id, plan, credits, bonus, amount, currency } = row;
  return [tenant_id, provider, purpose, package_id, plan, credits, bonus, amount, currency];
}
