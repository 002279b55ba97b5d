import type { Context } from "../../context.ts";
import { OutsideError } from "../../deps.ts";
import { forEachAlone } from "../../for-each-alone.ts";
import { openStates } from "../payment-state.ts";
import { claimCheck } from "../phones/phone-store.ts";
import { findDueChecks, findPayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import { bankCheckAt, stepAt } from "./card-ladder.ts";
import { endCardPayment, noteCardWhile } from "./card-store.ts";
import { doubtPayment } from "./doubt-payment.ts";
import { requireCards } from "./require-cards.ts";
import { applyIntent, type SyncOutcome, syncIntent } from "./sync-card-payment.ts";
import { applyCheckout, syncCheckout } from "./sync-checkout.ts";

/** Three calls of Stripe's each, which allows 100 a second, and 25 of test money. */
const batch = 50;
/** Who asks for a payment again and again has Stripe asked no more often than this. */
const pollMs = 15_000;

/** Cron: asks Stripe about orders whose webhooks did not come, and ends those that nobody paid. */
export async function checkCardPayments(context: Context): Promise<void> {
  const { deps } = context;
  if (deps.cards === null) return;
  const due = await findDueChecks(deps, "stripe", deps.clock.now(), batch);
  await forEachAlone(context, due, (payment) => checkOrder(context, payment));
}

/** The payment as it is now, for whoever looks at it. Without an answer of Stripe's it is as it was last known. */
export async function refreshCardPayment(context: Context, payment: PaymentRow): Promise<PaymentRow> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const isOpen = openStates.some((state) => state === payment.state);
  if (deps.cards === null || payment.provider !== "stripe" || !isOpen) return payment;
  if (nowMs - (payment.checkedAtMs ?? payment.createdAtMs) < pollMs) return payment;
  const { nextCheckAtMs } = payment;
  if (!(await claimCheck(deps, payment, { checkedAtMs: nowMs, nextCheckAtMs }))) return payment;
  await syncOrder(context, payment).catch(asUnknown);
  return (await findPayment(deps, payment.id)) ?? payment;
}

function asUnknown(error: unknown): void {
  if (!(error instanceof OutsideError)) throw error;
}

async function checkOrder(context: Context, payment: PaymentRow): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const hasName = payment.paymentIntentId !== null || payment.checkoutSessionId !== null;
  const { step, nextCheckAtMs } = stepAt({ createdAtMs: payment.createdAtMs, hasName }, nowMs);
  if (!(await claimCheck(deps, payment, { checkedAtMs: nowMs, nextCheckAtMs }))) return;
  await syncOrder(context, payment);
  if (step === "look") return;
  const now = await findPayment(deps, payment.id);
  if (now !== null && now.nextCheckAtMs !== null) await closeOrder(context, now);
}

async function syncOrder(context: Context, payment: PaymentRow): Promise<void> {
  if (payment.checkoutSessionId !== null) await syncCheckout(context, payment.checkoutSessionId);
  else if (payment.paymentIntentId !== null) await syncIntent(context, payment.paymentIntentId);
}

/** Ends it at Stripe first, so that nobody can pay what we call expired. */
export async function closeOrder(context: Context, payment: PaymentRow): Promise<void> {
  const { deps } = context;
  switch (await endAtStripe(context, payment)) {
    case "waiting":
      return waitForBank(context, payment);
    case "failed":
      return noteCardWhile(deps, payment.id, ["failed"], { nextCheckAtMs: null });
    case "not_ours":
      return doubtPayment(context, payment, "Stripe does not know this order, or not as our customer's");
    default:
      return;
  }
}

async function endAtStripe(context: Context, payment: PaymentRow): Promise<SyncOutcome> {
  const cards = requireCards(context.deps);
  const { checkoutSessionId, paymentIntentId } = payment;
  if (checkoutSessionId !== null) return applyCheckout(context, await cards.expireCheckout(checkoutSessionId));
  if (paymentIntentId === null) {
    await endCardPayment(context, payment, "expired", { nextCheckAtMs: null });
    return "expired";
  }
  const intent = await cards.readPaymentIntent(paymentIntentId);
  if (intent === null) return "not_ours";
  // The money may be on its way: that is the bank's to end.
  if (intent.status === "processing") return "waiting";
  return applyIntent(context, payment, await cards.cancelPaymentIntent(paymentIntentId));
}

/** What could not be ended is with a bank. It may take weeks; it does not take for ever. */
async function waitForBank(context: Context, payment: PaymentRow): Promise<void> {
  const { deps } = context;
  const nextCheckAtMs = bankCheckAt(payment, deps.clock.now());
  if (nextCheckAtMs !== null) return noteCardWhile(deps, payment.id, [...openStates, "failed"], { nextCheckAtMs });
  await doubtPayment(context, payment, "Stripe has been working on this payment for a month");
}
