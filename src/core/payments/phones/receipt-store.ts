/** What is stored of M-Pesa's list of receipts. */
import { and, between, eq, exists, gte, isNull, like, lte, ne, notExists, or, type SQL, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { type PaymentRow, payments, receiptPulls, type StrayReceiptRow, strayReceipts } from "../tables.ts";
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

/** Older or younger payments than that cannot be confused with one of this moment: a prompt lives a minute. */
const confusableMs = 60 * 60_000;

/**
 * Another payment that this receipt is of, or could be: it has it, a callback has claimed it for it, or the same phone has
 * paid the same amount by it at about that time and M-Pesa has told no receipt. null: there is none.
 */
export async function findClaimant(
  deps: Deps,
  { id, phone, amount, createdAtMs }: PaymentRow,
  receipt: string,
): Promise<string | null> {
  const isUntold = and(
    eq(payments.state, "paid"),
    isNull(payments.receipt),
    eq(payments.phone, phone ?? ""),
    eq(payments.amount, amount),
  );
  const columns = { id: payments.id };
  const isOther = and(ne(payments.id, id), eq(payments.provider, "mpesa"));
  const nearby = between(payments.createdAtMs, createdAtMs - confusableMs, createdAtMs + confusableMs);
  const [owners, near] = await deps.db.batch([
    deps.db
      .select(columns)
      .from(payments)
      .where(and(isOther, eq(payments.receipt, receipt)))
      .limit(1),
    deps.db
      .select(columns)
      .from(payments)
      .where(and(isOther, nearby, or(eq(payments.claimedReceipt, receipt), isUntold)))
      .limit(1),
  ]);
  return owners[0]?.id ?? near[0]?.id ?? null;
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
  await resolveStatement(deps, receipt, resolution);
}

export async function findStray(deps: Deps, receipt: string): Promise<StrayReceiptRow | null> {
  const [row] = await deps.db.select().from(strayReceipts).where(eq(strayReceipts.receipt, receipt)).limit(1);
  return row ?? null;
}

/** What a stray's resolution says once it is known whose it is. */
export function belongsTo(paymentId: string): string {
  return `belongs to ${paymentId}`;
}

const byHand = "by hand: ";
/** And once a person has dealt with it elsewhere: then it is nobody's payment any more. */
export function settledByHand(reason: string): string {
  return `${byHand}${reason}`;
}

/** What was done with a receipt elsewhere; null: nothing was. */
export async function findSettledByHand(deps: Deps, receipt: string): Promise<string | null> {
  const resolution = (await findStray(deps, receipt))?.resolution ?? null;
  return resolution?.startsWith(byHand) === true ? resolution.slice(byHand.length) : null;
}

const ofReceipt = (receipt: string) => and(eq(payments.provider, "mpesa"), eq(payments.receipt, receipt));

/** Holds while the receipt waits for a person and is no payment's. */
export function isStillStray({ db }: Deps, receipt: string) {
  const open = db
    .select({ receipt: strayReceipts.receipt })
    .from(strayReceipts)
    .where(and(eq(strayReceipts.receipt, receipt), isNull(strayReceipts.resolution)));
  return sql`${exists(open)} and ${hasNoOwner({ db }, receipt)}`;
}

export function hasNoOwner({ db }: Pick<Deps, "db">, receipt: string) {
  return notExists(db.select({ id: payments.id }).from(payments).where(ofReceipt(receipt)));
}

/** Holds once the payment has this receipt. */
export function hasOwner({ db }: Deps, receipt: string, paymentId: string) {
  const owned = db
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.id, paymentId), ofReceipt(receipt)));
  return exists(owned);
}

/** Ends a stray that is still open, as a statement for a batch; only where `onlyIf` holds. */
export function resolveStatement(deps: Deps, receipt: string, resolution: string, onlyIf?: SQL) {
  return deps.db
    .update(strayReceipts)
    .set({ resolution })
    .where(and(eq(strayReceipts.receipt, receipt), isNull(strayReceipts.resolution), onlyIf))
    .returning({ receipt: strayReceipts.receipt });
}
