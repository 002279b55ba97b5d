import type { CreateIntentBody, IntentAnswer } from "../../../contract/payments.ts";
import type { UserContext } from "../../context.ts";
import { fail, invariant } from "../../fail.ts";
import { orderOfCents } from "../orders.ts";
import { paymentIdOf } from "../payment-id.ts";
import { findPayment, movePayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import type { PaymentIntentFacts } from "./card-payments.ts";
import { endCardPayment } from "./card-store.ts";
import { placeCardOrder } from "./place-card-order.ts";
import { refuseCardOrder } from "./refuse-card-order.ts";
import { requireCards } from "./require-cards.ts";
import { requireCustomer } from "./require-customer.ts";

/**
 * Orders credits, to be paid by card on the caller's own page. With the same idempotency key the same order and the same
 * PaymentIntent come back, whatever died in between.
 * Refuses: `provider_not_configured`, `validation_failed`, `payment_refused`, `idempotency_key_reused`.
 */
export async function createIntent(
  context: UserContext,
  input: { body: CreateIntentBody; idempotencyKey: string | null },
): Promise<IntentAnswer> {
  requireCards(context.deps);
  const order = orderOfCents(input.body);
  const id = await paymentIdOf(context, input.idempotencyKey);
  const row = await placeCardOrder(context, id, order);
  if (row.checkoutSessionId !== null) {
    fail("idempotency_key_reused", "This Idempotency-Key was used for a checkout. Nothing was charged; use a new key.");
  }
  const intent = row.paymentIntentId === null ? await begin(context, row, order.name) : await find(context, row);
  invariant(intent.clientSecret !== null, "our own key sees the secret");
  return {
    payment_id: row.id,
    payment_intent_id: intent.id,
    client_secret: intent.clientSecret,
    amount: row.amount,
    currency: row.currency,
    credits: row.credits + row.bonus,
  };
}

async function begin(context: UserContext, row: PaymentRow, description: string): Promise<PaymentIntentFacts> {
  const { deps } = context;
  const cards = requireCards(deps);
  const customerId = await requireCustomer(context, cards);
  const { id: paymentId, tenantId, amount, currency } = row;
  const answer = await cards.createPaymentIntent({ paymentId, tenantId, customerId, amount, currency, description });
  if (!answer.ok) {
    await endCardPayment(context, row, "failed", { failureCode: answer.code, nextCheckAtMs: null });
    return refuseCardOrder(context, answer.code);
  }
  const intent = answer.made;
  if (await movePayment(deps, row.id, "pending", { paymentIntentId: intent.id })) return intent;
  // It has moved meanwhile: a repeat beside this one, a webhook that was faster than our answer, or it is over.
  const now = await findPayment(deps, row.id);
  if (now?.paymentIntentId === intent.id) return intent;
  await cards.cancelPaymentIntent(intent.id);
  return fail("idempotency_key_reused", "The order of this Idempotency-Key is over. Start a new one, with a new key.");
}

/** Of an order that Stripe has answered for before: asked by its id, since Stripe forgets keys after a day. */
async function find(context: UserContext, row: PaymentRow): Promise<PaymentIntentFacts> {
  const intent = await requireCards(context.deps).readPaymentIntent(row.paymentIntentId ?? "");
  invariant(intent !== null, "Stripe keeps its payment intents");
  return intent;
}
