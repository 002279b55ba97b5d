/** What is stored of payments by card alone, beside store.ts. */
import { and, asc, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import type { PaymentState } from "../payment-state.ts";
import { moveStatement, type PaymentChange } from "../store.ts";
import { type PaymentClaimRow, type PaymentRow, paymentClaims, payments } from "../tables.ts";

/** A row that is there already stays as it is. */
export async function insertCardPayment(
  context: Context,
  row: typeof payments.$inferInsert,
  action: "payment.start" | "payment.paid",
): Promise<void> {
  const { db } = context.deps;
  await db.batch([
    db.insert(payments).values(row).onConflictDoNothing({ target: payments.id }),
    auditRowIfChanged(context, { action, target: row.id, tenantId: row.tenantId }),
  ]);
}

/** Moves a payment that has not ended, with its audit row. false: it had, or is paid. */
export async function endCardPayment(
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

/** The name that Stripe has for it, where we have none: a webhook may know it before we do. */
export async function adoptName(
  deps: Deps,
  id: string,
  field: "paymentIntentId" | "checkoutSessionId",
  name: string,
): Promise<void> {
  await deps.db
    .update(payments)
    .set({ [field]: name })
    .where(and(eq(payments.id, id), isNull(payments[field])));
}

/** Facts, as long as the payment is in one of these states. */
export async function noteCardWhile(
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

/** The first word for a person stays until they have read it. */
export async function noteAttention(deps: Deps, id: string, attention: string): Promise<void> {
  await deps.db
    .update(payments)
    .set({ attention })
    .where(and(eq(payments.id, id), isNull(payments.attention)));
}

/**
 * A refund that an operator asks for, taken before Stripe is asked. Of several at once only those are written that the
 * payment has the money for.
 */
export async function insertOwnRefund(
  context: Context,
  claim: { id: string; payment: PaymentRow; amount: number; reason: string },
): Promise<void> {
  const { db, clock } = context.deps;
  const { id, payment, amount, reason } = claim;
  const nowMs = clock.now();
  const claimed = sql`(select coalesce(sum(amount), 0) from ${paymentClaims} where payment_id = ${payment.id} and state = 'taken')`;
  await db.batch([
    db
      .insert(paymentClaims)
      .select(
        sql`select ${id}, ${payment.id}, ${payment.tenantId}, 'refund', ${amount}, 'taken', 'noted', 'requested', null, ${reason}, ${nowMs}, ${nowMs} where ${claimed} + ${amount} <= ${payment.amount}`,
      )
      .onConflictDoNothing({ target: paymentClaims.id }),
    auditRowIfChanged(context, {
      action: "payment.refund_asked",
      target: payment.id,
      tenantId: payment.tenantId,
      details: { amount, currency: payment.currency, reason },
    }),
  ]);
}

/** Refunds of ours that Stripe has not answered for. */
export async function findUnansweredRefunds(
  deps: Deps,
  beforeMs: number,
  limit: number,
): Promise<{ claim: PaymentClaimRow; payment: PaymentRow }[]> {
  return deps.db
    .select({ claim: paymentClaims, payment: payments })
    .from(paymentClaims)
    .innerJoin(payments, eq(payments.id, paymentClaims.paymentId))
    .where(
      and(
        eq(payments.provider, "stripe"),
        eq(paymentClaims.state, "taken"),
        isNotNull(paymentClaims.reason),
        isNull(paymentClaims.providerId),
        lt(paymentClaims.updatedAtMs, beforeMs),
      ),
    )
    .orderBy(asc(paymentClaims.updatedAtMs))
    .limit(limit);
}

/** It was asked for again: others are first at the next time. */
export async function touchClaim(deps: Deps, id: string): Promise<void> {
  await deps.db.update(paymentClaims).set({ updatedAtMs: deps.clock.now() }).where(eq(paymentClaims.id, id));
}
