/** What is stored of payments by phone alone, beside store.ts. */
import { and, eq, exists, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import { openStates, type PaymentState } from "../payment-state.ts";
import { moveStatement, type PaymentChange } from "../store.ts";
import { type PaymentRow, payments, strayReceipts } from "../tables.ts";

/** false: there is a payment of this id already, or one that is open on the same phone. */
export async function insertPhonePayment(context: Context, row: typeof payments.$inferInsert): Promise<boolean> {
  const { db } = context.deps;
  const [inserted] = await db.batch([
    db.insert(payments).values(row).onConflictDoNothing().returning({ id: payments.id }),
    auditRowIfChanged(context, { action: "payment.start", target: row.id, tenantId: row.tenantId }),
  ]);
  return inserted.length > 0;
}

export async function findOpenOnPhone(deps: Deps, phone: string): Promise<PaymentRow | null> {
  const [row] = await deps.db
    .select()
    .from(payments)
    .where(and(eq(payments.phone, phone), inArray(payments.state, [...openStates])))
    .limit(1);
  return row ?? null;
}

/** Ends a payment that has not ended, with its audit row. false: it had, or is paid. */
export async function endPhonePayment(
  context: Context,
  payment: Pick<PaymentRow, "id" | "tenantId">,
  state: "failed" | "expired",
  change: PaymentChange,
): Promise<boolean> {
  const { id, tenantId } = payment;
  const [moved] = await context.deps.db.batch([
    moveStatement(context.deps, id, state, change),
    auditRowIfChanged(context, { action: `payment.${state}`, target: id, tenantId }),
  ]);
  return moved.length > 0;
}

/**
 * Takes the turn to ask M-Pesa: of several who read the payment at once, one gets it. It also says when the next one is due,
 * so that whoever dies while asking leaves it to them.
 */
export async function claimCheck(
  deps: Deps,
  payment: Pick<PaymentRow, "id" | "checks">,
  turn: { checkedAtMs: number; nextCheckAtMs: number | null },
): Promise<boolean> {
  const claimed = await deps.db
    .update(payments)
    .set({ ...turn, checks: sql`${payments.checks} + 1` })
    .where(and(eq(payments.id, payment.id), eq(payments.checks, payment.checks), ne(payments.state, "paid")))
    .returning({ id: payments.id });
  return claimed.length > 0;
}

/** The ids that M-Pesa has for a payment, where we have none: a callback may know them before we do. */
export async function adoptRequestIds(
  deps: Deps,
  id: string,
  ids: { checkoutRequestId: string; merchantRequestId: string | null },
): Promise<void> {
  await deps.db
    .update(payments)
    .set(ids)
    .where(and(eq(payments.id, id), isNull(payments.checkoutRequestId)));
}

export async function findReceiptOwner(deps: Deps, receipt: string): Promise<PaymentRow | null> {
  const [row] = await deps.db
    .select()
    .from(payments)
    .where(and(eq(payments.provider, "mpesa"), eq(payments.receipt, receipt)))
    .limit(1);
  return row ?? null;
}

/** The receipt of a payment that is paid and has none. */
export async function fillReceipt(deps: Deps, id: string, receipt: string): Promise<void> {
  await receiptStatement(deps, id, receipt);
}

/** The same as a statement for a batch; only where `onlyIf` holds. */
export function receiptStatement(deps: Deps, id: string, receipt: string, onlyIf?: SQL) {
  return deps.db
    .update(payments)
    .set({ receipt })
    .where(and(eq(payments.id, id), eq(payments.state, "paid"), isNull(payments.receipt), onlyIf))
    .returning({ id: payments.id });
}

/** Nobody asks any more about a payment that has ended, whose money was dealt with elsewhere, if this receipt was. */
export function closeStatement(deps: Deps, id: string, receipt: string, resolution: string) {
  const isDealtWith = exists(
    deps.db
      .select({ receipt: strayReceipts.receipt })
      .from(strayReceipts)
      .where(and(eq(strayReceipts.receipt, receipt), eq(strayReceipts.resolution, resolution))),
  );
  return deps.db
    .update(payments)
    .set({ claimedReceipt: receipt, nextCheckAtMs: null })
    .where(and(eq(payments.id, id), inArray(payments.state, ["failed", "expired"]), isDealtWith));
}

/** Facts, as long as the payment is in this state. */
export async function noteWhile(
  deps: Deps,
  id: string,
  states: readonly PaymentState[],
  change: PaymentChange,
): Promise<void> {
  await deps.db
    .update(payments)
    .set(change)
    .where(and(eq(payments.id, id), inArray(payments.state, [...states])));
}

/** Beside what a person has to look at already; the same words only once. */
export async function addAttention(deps: Deps, id: string, words: string): Promise<void> {
  const before = payments.attention;
  await deps.db
    .update(payments)
    .set({
      attention: sql`case when ${before} is null then ${words} when instr(${before}, ${words}) > 0 then ${before} else ${before} || ' ' || ${words} end`,
    })
    .where(eq(payments.id, id));
}
