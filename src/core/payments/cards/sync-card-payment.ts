import type { Context } from "../../context.ts";
import { markPaid } from "../mark-paid.ts";
import { findCustomerId, findPayment, findPaymentBy } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import type { PaymentIntentFacts } from "./card-payments.ts";
import { adoptName, endCardPayment, noteAttention, noteCardWhile } from "./card-store.ts";
import { judgeIntent } from "./card-verdict.ts";
import { doubtPayment } from "./doubt-payment.ts";
import { requireCards } from "./require-cards.ts";
import { syncCardClaims } from "./sync-card-claims.ts";

/** What became of it, in a word: for the inbox, and for counting. */
export type SyncOutcome = "paid" | "waiting" | "failed" | "expired" | "doubtful" | "not_ours";

/** Reads a PaymentIntent anew and applies it to the order it is of; whatever tells of it, in any order, any number of times. */
export async function syncIntent(context: Context, paymentIntentId: string): Promise<SyncOutcome> {
  const intent = await requireCards(context.deps).readPaymentIntent(paymentIntentId);
  if (intent === null) return "not_ours";
  const payment = await orderOf(context, intent);
  return payment === null ? "not_ours" : applyIntent(context, payment, intent);
}

/** Our order, by Stripe's name of it; by our name in its metadata where a webhook is faster than our own answer. */
async function orderOf({ deps }: Context, intent: PaymentIntentFacts): Promise<PaymentRow | null> {
  const linked = await findPaymentBy(deps, { paymentIntentId: intent.id });
  if (linked !== null || intent.paymentId === null) return linked;
  const named = await findPayment(deps, intent.paymentId);
  return named?.provider === "stripe" ? named : null;
}

export async function applyIntent(
  context: Context,
  payment: PaymentRow,
  intent: PaymentIntentFacts,
): Promise<SyncOutcome> {
  const { deps } = context;
  // Held against its order when it became paid; what may still change of it is what goes back.
  if (payment.state === "paid" && payment.paymentIntentId === intent.id) return settlePaid(context, payment, intent);
  const ours = {
    customerId: await findCustomerId(deps, payment.tenantId),
    isLive: requireCards(deps).isLive,
  };
  const verdict = judgeIntent(payment, intent, ours);
  switch (verdict.state) {
    case "paid":
      return settlePaid(context, payment, intent);
    case "doubtful":
      if (payment.state === "paid") await noteAttention(deps, payment.id, verdict.why);
      else await doubtPayment(context, payment, verdict.why);
      return "doubtful";
    case "failed":
      await adoptName(deps, payment.id, "paymentIntentId", intent.id);
      await endCardPayment(context, payment, "failed", { failureCode: verdict.code });
      await noteCardWhile(deps, payment.id, ["failed"], { failureCode: verdict.code });
      return "failed";
    case "expired":
      await adoptName(deps, payment.id, "paymentIntentId", intent.id);
      await endCardPayment(context, payment, "expired", { nextCheckAtMs: null });
      await noteCardWhile(deps, payment.id, ["failed"], { nextCheckAtMs: null });
      return "expired";
    case "waiting":
      return "waiting";
  }
}

async function settlePaid(context: Context, payment: PaymentRow, intent: PaymentIntentFacts): Promise<SyncOutcome> {
  await markPaid(context, payment, { receipt: intent.chargeId, paymentIntentId: intent.id });
  await syncCardClaims(context, payment, intent.id);
  return "paid";
}
