import type { CheckoutAnswer } from "../../../contract/checkout.ts";
import type { UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import type { Order } from "../orders.ts";
import { paymentIdOf } from "../payment-id.ts";
import { findPayment, movePayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import type { CheckoutFacts } from "./card-payments.ts";
import { endCardPayment } from "./card-store.ts";
import { placeCardOrder } from "./place-card-order.ts";
import { refuseCardOrder } from "./refuse-card-order.ts";
import { requireCards } from "./require-cards.ts";
import { requireCustomer } from "./require-customer.ts";
import { returnPages } from "./return-pages.ts";

/**
 * Orders credits, to be paid on Stripe's page. With the same idempotency key the same order and the same page come back.
 * Refuses: `provider_not_configured`, `validation_failed` for less than cards pay, `payment_refused`, `idempotency_key_reused`.
 */
export async function createCheckout(
  context: UserContext,
  input: { order: Order; idempotencyKey: string | null; origin: string },
): Promise<CheckoutAnswer> {
  const { deps } = context;
  const cards = requireCards(deps);
  const { order } = input;
  const row = await placeCardOrder(context, await paymentIdOf(context, input.idempotencyKey), order);
  if (row.checkoutSessionId === null && row.paymentIntentId !== null) {
    fail(
      "idempotency_key_reused",
      "This Idempotency-Key was used for an order in page. Nothing was charged; use a new key.",
    );
  }
  const session =
    row.checkoutSessionId === null
      ? await begin(context, row, { description: order.name, origin: input.origin })
      : await cards.readCheckout(row.checkoutSessionId);
  if (session === null || session.url === null) return refuseClosed();
  return { checkout_url: session.url, session_id: session.id, payment_id: row.id };
}

async function begin(
  context: UserContext,
  row: PaymentRow,
  page: { description: string; origin: string },
): Promise<CheckoutFacts | null> {
  const { deps } = context;
  const cards = requireCards(deps);
  const customerId = await requireCustomer(context, cards);
  const { id: paymentId, tenantId, amount, currency } = row;
  const answer = await cards.createCheckout({
    paymentId,
    tenantId,
    customerId,
    amount,
    currency,
    description: page.description,
    ...returnPages(deps, page.origin),
  });
  if (!answer.ok) {
    await endCardPayment(context, row, "failed", { failureCode: answer.code, nextCheckAtMs: null });
    return refuseCardOrder(context, answer.code);
  }
  const session = answer.made;
  if (await movePayment(deps, row.id, "pending", { checkoutSessionId: session.id })) return session;
  const now = await findPayment(deps, row.id);
  if (now?.checkoutSessionId === session.id) return session;
  await cards.expireCheckout(session.id);
  return null;
}

function refuseClosed(): never {
  fail("idempotency_key_reused", "The checkout of this Idempotency-Key is closed. Start a new one, with a new key.");
}
