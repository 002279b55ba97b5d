import { auditRow } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { invariant } from "../fail.ts";
import { endPlanPeriod, resumePlanPeriod } from "../plans/end-plan-period.ts";
import { fulfilPayment } from "./fulfil-payment.ts";
import type { ClaimState, DisputeState } from "./payment-state.ts";
import { findPayment, listClaims, markClaimSettled, notePayment, writeClaim } from "./store.ts";
import type { PaymentClaimRow, PaymentRow, paymentClaims } from "./tables.ts";

/**
 * Writes down what a refund or a dispute has become, and tells the ledger. Claims only move forward, the ledger takes each
 * of its steps once, and what it keeps of a payment follows from the set of its claims: so repeats, disorder and crashes in
 * between change nothing. The payment has been paid, or nobody could claim it back: its credits are given first.
 */
export async function recordClaim(
  context: Context,
  payment: PaymentRow,
  claim: Pick<
    typeof paymentClaims.$inferInsert,
    "id" | "kind" | "amount" | "state" | "providerStatus" | "providerId" | "reason"
  >,
): Promise<PaymentClaimRow> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const written = await writeClaim(deps, {
    ...claim,
    paymentId: payment.id,
    tenantId: payment.tenantId,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  });
  if (written.state !== written.settledState) await settleClaim(context, written);
  // A dispute whose money is gone is open or lost: that says its provider's word alone.
  else if (written.kind === "dispute") await summarise(context, payment);
  return written;
}

/** Tells the ledger the state of a claim that it does not know yet. */
export async function settleClaim(context: Context, claim: PaymentClaimRow): Promise<void> {
  const { deps } = context;
  if (claim.state === claim.settledState) return;
  const payment = await findPayment(deps, claim.paymentId);
  invariant(payment?.state === "paid", "only what was paid can be claimed back");
  if (payment.plan === null) await tellLedger(context, payment, claim);
  await summarise(context, payment);
  await deps.db.batch([
    auditRow(context, {
      action: `payment.${claim.kind}_${claim.state}`,
      target: payment.id,
      tenantId: payment.tenantId,
    }),
  ]);
  await markClaimSettled(deps, claim);
}

async function tellLedger(context: Context, payment: PaymentRow, claim: PaymentClaimRow): Promise<void> {
  const ledger = context.deps.ledger(payment.tenantId);
  const { id, kind } = claim;
  if (claim.state === "frozen") return ledger.freeze({ id, reason: "A payment of this account is disputed" });
  if (claim.state === "taken") {
    await fulfilPayment(context, payment);
    const reclaimed = await ledger.reclaim({
      id,
      paymentId: payment.id,
      amount: Math.min(claim.amount, payment.amount),
      paid: payment.amount,
      description: kind === "refund" ? "Taken back: the payment was refunded" : "Taken back: the payment was disputed",
    });
    invariant(reclaimed.ok, "a claim is always the same request, on a payment that was granted");
  } else {
    await fulfilPayment(context, payment);
    const restored = await ledger.restore({ id, paymentId: payment.id, description: restoredWords[kind] });
    invariant(restored.ok, "what is restored was granted");
  }
  if (kind === "dispute") await ledger.unfreeze({ id });
}

const restoredWords = {
  refund: "Given back: the refund did not go through",
  dispute: "Given back: the dispute was decided for you",
} as const;

/**
 * What all its claims make of the payment; a plan whose money is gone ends, and one whose money came back goes on. Read again
 * afterwards: somebody else may have moved a claim meanwhile, and found the payment as it was before this.
 */
async function summarise(context: Context, payment: PaymentRow): Promise<void> {
  const { deps } = context;
  for (let before = ""; ; ) {
    const claims = await listClaims(deps, payment.id);
    const seen = JSON.stringify(claims.map(({ id, state, providerStatus }) => [id, state, providerStatus]));
    if (seen === before) return;
    before = seen;
    const taken = (kind: PaymentClaimRow["kind"]) =>
      claims.filter((one) => one.kind === kind && one.state === "taken").reduce((sum, { amount }) => sum + amount, 0);
    const refundedAmount = Math.min(payment.amount, taken("refund"));
    await notePayment(deps, payment.id, { refundedAmount, disputeState: disputeStateOf(claims) });
    await followWithPlan(context, payment, refundedAmount + taken("dispute") >= payment.amount);
  }
}

/** A subscription's period is Stripe's to say. */
async function followWithPlan(context: Context, payment: PaymentRow, isMoneyGone: boolean): Promise<void> {
  if (payment.plan === null || payment.provider !== "mpesa") return;
  await fulfilPayment(context, payment);
  const { id, tenantId } = payment;
  await (isMoneyGone ? endPlanPeriod : resumePlanPeriod)(context, { id, tenantId });
}

function disputeStateOf(claims: readonly PaymentClaimRow[]): DisputeState {
  const isAny = (...states: ClaimState[]) => claims.some((one) => one.kind === "dispute" && states.includes(one.state));
  if (isAny("taken")) return claims.some(isLost) ? "lost" : "open";
  return claims.some((one) => one.kind === "dispute" && (one.state === "frozen" || isInquiry(one))) ? "open" : "none";
}

const isLost = (claim: PaymentClaimRow) => claim.kind === "dispute" && claim.providerStatus === "lost";
const isInquiry = (claim: PaymentClaimRow) =>
  claim.state === "noted" && ["warning_needs_response", "warning_under_review"].includes(claim.providerStatus);
