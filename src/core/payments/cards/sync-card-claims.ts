import type { Context } from "../../context.ts";
import type { ClaimState } from "../payment-state.ts";
import { recordClaim } from "../settle-claim.ts";
import { findClaim } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import type { DisputeFacts, RefundFacts } from "./card-payments.ts";
import { noteAttention } from "./card-store.ts";
import { requireCards } from "./require-cards.ts";

/** Reads all refunds and disputes of a paid payment at Stripe, and records what each has become. */
export async function syncCardClaims(context: Context, payment: PaymentRow, paymentIntentId: string): Promise<void> {
  const cards = requireCards(context.deps);
  const refunds = await cards.listRefunds(paymentIntentId);
  const disputes = await cards.listDisputes(paymentIntentId);
  for (const refund of refunds) await recordRefund(context, payment, refund);
  for (const dispute of disputes) await recordDispute(context, payment, dispute);
}

export async function recordRefund(context: Context, payment: PaymentRow, refund: RefundFacts): Promise<void> {
  const own = refund.claimId === null ? null : await findClaim(context.deps, refund.claimId);
  await recordClaim(context, payment, {
    // Metadata can be written by anybody at the dashboard: it names a claim only where there is one, of this payment.
    id: own?.paymentId === payment.id ? own.id : refund.id,
    kind: "refund",
    amount: refund.amount,
    state: refundState(refund.status),
    providerStatus: refund.status,
    providerId: refund.id,
  });
}

/** A refund takes from its first moment: Stripe has taken the money from us already, and gives it back if it fails. */
export function refundState(status: string): ClaimState {
  return status === "failed" || status === "canceled" ? "returned" : "taken";
}

async function recordDispute(context: Context, payment: PaymentRow, dispute: DisputeFacts): Promise<void> {
  const state = disputeState(dispute);
  const written = await recordClaim(context, payment, {
    id: dispute.id,
    kind: "dispute",
    amount: dispute.amount,
    state,
    providerStatus: dispute.status,
    providerId: dispute.id,
  });
  if (written.state !== "returned" || state === "returned") return;
  const { log } = context.deps;
  log.write("error", "payment_needs_a_person", {
    paymentId: payment.id,
    disputeId: dispute.id,
    status: dispute.status,
  });
  await noteAttention(
    context.deps,
    payment.id,
    `The dispute ${dispute.id} was over and its credits given back, and now it is ${dispute.status} again`,
  );
}

const inquiries = ["warning_needs_response", "warning_under_review"];

/** By where the money is, which the dispute's own balance transactions say; its status only where they are silent. */
export function disputeState({ status, isWithdrawn, isReinstated }: DisputeFacts): ClaimState {
  if (isReinstated) return "returned";
  if (isWithdrawn || status === "lost") return "taken";
  if (["won", "warning_closed", "prevented"].includes(status)) return "returned";
  return inquiries.includes(status) ? "noted" : "frozen";
}
