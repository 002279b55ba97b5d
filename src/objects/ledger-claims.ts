import type { Payment } from "../core/credits/claims.ts";

export type PaymentRow = Payment & { paid: number | null };
/** `amount` and `reclaimAnswer` are null for one of which only its restoring is known. */
export type ClaimRow = { amount: number | null; reclaimAnswer: string | null; restoreAnswer: string | null };

/** The rows of a ledger that say what was granted for payments, what of it was claimed back, and whether spending is frozen. */
export class LedgerClaims {
  private readonly sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  findPayment(id: string): PaymentRow | null {
    const query = "SELECT credits, bonus, paid, taken FROM payments WHERE id = ?";
    const [row] = this.sql.exec<PaymentRow>(query, id);
    return row ?? null;
  }

  addPayment(payment: { id: string; operationId: string; credits: number; bonus: number }): void {
    const { id, operationId, credits, bonus } = payment;
    const statement = "INSERT INTO payments (id, operation_id, credits, bonus) VALUES (?, ?, ?, ?)";
    this.sql.exec(statement, id, operationId, credits, bonus);
  }

  setTaken(paymentId: string, taken: number, paid: number | null): void {
    this.sql.exec("UPDATE payments SET taken = ?, paid = ? WHERE id = ?", taken, paid, paymentId);
  }

  findClaim(id: string): ClaimRow | null {
    const query =
      "SELECT amount, reclaim_answer AS reclaimAnswer, restore_answer AS restoreAnswer FROM claims WHERE id = ?";
    const [row] = this.sql.exec<ClaimRow>(query, id);
    return row ?? null;
  }

  /** Money that is taken back of a payment now: by the claims that were made and not restored, but for this one. */
  amountOfOthers(paymentId: string, claimId: string): number {
    const query = `SELECT coalesce(sum(amount), 0) AS total FROM claims
       WHERE payment_id = ? AND id <> ? AND restore_answer IS NULL`;
    return this.sql.exec<{ total: number }>(query, paymentId, claimId).one().total;
  }

  writeReclaim(claim: { id: string; paymentId: string; amount: number }, answer: string): void {
    this.sql.exec(
      `INSERT INTO claims (id, payment_id, amount, reclaim_answer) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET amount = excluded.amount, reclaim_answer = excluded.reclaim_answer`,
      claim.id,
      claim.paymentId,
      claim.amount,
      answer,
    );
  }

  writeRestore(claim: { id: string; paymentId: string }, answer: string): void {
    this.sql.exec(
      `INSERT INTO claims (id, payment_id, restore_answer) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET restore_answer = excluded.restore_answer`,
      claim.id,
      claim.paymentId,
      answer,
    );
  }

  freeze({ id, reason }: { id: string; reason: string }, nowMs: number): void {
    this.sql.exec("INSERT INTO freezes VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING", id, reason, nowMs);
  }

  unfreeze(id: string, nowMs: number): void {
    const statement = "INSERT INTO freezes VALUES (?, ?, 0, ?) ON CONFLICT DO UPDATE SET is_on = 0";
    this.sql.exec(statement, id, "Ended before it began", nowMs);
  }
}
