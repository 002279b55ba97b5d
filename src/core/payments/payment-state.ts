/**
 * The one state machine of a payment, whoever the provider is; forward only, and held by guarded UPDATEs.
 *
 *   created ─→ pending ─→ confirming ─→ paid
 *      └──────────┴───────────┴─→ failed | expired ─→ paid
 *
 * `created`: our order is written, the provider has not said yes. `pending`: the payer is asked. `confirming`: somebody says
 * it is paid and the provider has not confirmed it. A later success overturns a failure, since the money is there; nothing
 * overturns a success. What goes back to the payer is not a state of the payment but a claim on it.
 */
import type { PaymentStatus } from "../../contract/payments.ts";

export const openStates = ["created", "pending", "confirming"] as const;
export const paymentStates = [...openStates, "paid", "failed", "expired"] as const;
export type PaymentState = (typeof paymentStates)[number];

/** The states that may become each state. */
export const mayBecome: Record<Exclude<PaymentState, "created">, readonly PaymentState[]> = {
  pending: ["created"],
  confirming: ["created", "pending"],
  paid: ["created", "pending", "confirming", "failed", "expired"],
  failed: ["created", "pending", "confirming"],
  expired: ["created", "pending", "confirming"],
};

/** `lost` is a dispute whose money is gone; a won one is `none` again. */
export const disputeStates = ["none", "open", "lost"] as const;
export type DisputeState = (typeof disputeStates)[number];

/**
 * A refund or a dispute, forward only: later ones in this list never give way to earlier ones, so that an old reading of the
 * provider's object cannot undo a newer one. `noted`: nothing is taken (an inquiry, a refund not begun). `frozen`: a
 * dispute is open and the money still here, so nothing may be spent. `taken`: the money is gone. `returned`: it is back.
 */
export const claimStates = ["noted", "frozen", "taken", "returned"] as const;
export type ClaimState = (typeof claimStates)[number];

/** What the payer and the API are told. */
export function statusOf(payment: {
  state: PaymentState;
  amount: number;
  refundedAmount: number;
  disputeState: DisputeState;
}): PaymentStatus {
  const { state, amount, refundedAmount, disputeState } = payment;
  if (state === "failed" || state === "expired") return state;
  if (state !== "paid") return "pending";
  if (disputeState !== "none") return "disputed";
  return amount > 0 && refundedAmount >= amount ? "refunded" : "paid";
}
