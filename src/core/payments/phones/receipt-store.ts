/** What is stored of M-Pesa's list of receipts. */
import { and, between, eq, gte, isNull, like, lte } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { type PaymentRow, payments, receiptPulls, strayReceipts } from "../tables.ts";
import type { ReceivedPayment } from "./phone-payments.ts";

const onlyRow = 1;
/** More than could fit one receipt anyway. */
const candidatesMax = 3;

/** Takes the turn to read the list, if it is time. */
export async function claimPull(deps: Deps, nowMs: number, nextAtMs: number): Promise<boolean> {
  const claimed = await deps.db
    .insert(receiptPulls)
    .values({ id: onlyRow, nextAtMs })
    .onConflictDoUpdate({ target: receiptPulls.id, set: { nextAtMs }, setWhere: lte(receiptPulls.nextAtMs, nowMs) })
    .returning({ id: receiptPulls.id });
  return claimed.length > 0;
}

export async function postponePull(deps: Deps, nextAtMs: number): Promise<void> {
  await deps.db.update(receiptPulls).set({ nextAtMs }).where(eq(receiptPulls.id, onlyRow));
}

/** Payments by phone that have no receipt: of this reference, or of this amount and time. */
export async function findUnreceipted(
  deps: Deps,
  wanted: { idEnd: string; fromMs: number } | { amount: number; fromMs: number; toMs: number },
): Promise<PaymentRow[]> {
  const fits =
    "idEnd" in wanted
      ? and(like(payments.id, `%${wanted.idEnd}`), gte(payments.createdAtMs, wanted.fromMs))
      : and(eq(payments.amount, wanted.amount), between(payments.createdAtMs, wanted.fromMs, wanted.toMs));
  return deps.db
    .select()
    .from(payments)
    .where(and(eq(payments.provider, "mpesa"), isNull(payments.receipt), fits))
    .limit(candidatesMax);
}

/** false: it is known already. */
export async function insertStray(deps: Deps, received: ReceivedPayment, foundAtMs: number): Promise<boolean> {
  const { receipt, reference, paidAtMs } = received;
  const inserted = await deps.db
    .insert(strayReceipts)
    .values({ receipt, amount: Math.round(received.amount * 100), reference, paidAtMs, foundAtMs })
    .onConflictDoNothing()
    .returning({ receipt: strayReceipts.receipt });
  return inserted.length > 0;
}

export async function resolveStray(deps: Deps, receipt: string, resolution: string): Promise<void> {
  await deps.db
    .update(strayReceipts)
    .set({ resolution })
    .where(and(eq(strayReceipts.receipt, receipt), isNull(strayReceipts.resolution)));
}
