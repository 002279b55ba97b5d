import { OutsideError } from "../../core/deps.ts";
import type { CardPayments } from "../../core/payments/cards/card-payments.ts";
import type { StripeClient } from "./client.ts";
import { toCheckoutFacts } from "./facts.ts";
import type { PlanPrices } from "./plan-prices.ts";

/** Stripe's own pages: to pay an order, to subscribe, and for a customer's invoices and cards. */
export function createCheckoutCalls(
  client: StripeClient,
  prices: PlanPrices,
): Pick<CardPayments, "createCheckout" | "createPlanCheckout" | "expireCheckout" | "readCheckout" | "createPortal"> {
  const readSession = (id: string) => client.read((stripe) => stripe.checkout.sessions.retrieve(id));
  return {
    async createCheckout(order) {
      // A session's metadata stays with it: what the payment intent is to carry is said apart.
      const metadata = { payment_id: order.paymentId, tenant_id: order.tenantId };
      const answer = await client.attempt((stripe) =>
        stripe.checkout.sessions.create(
          {
            mode: "payment",
            customer: order.customerId,
            client_reference_id: order.paymentId,
            line_items: [
              {
                quantity: 1,
                price_data: {
                  currency: order.currency.toLowerCase(),
                  unit_amount: order.amount,
                  product_data: { name: order.description },
                },
              },
            ],
            metadata,
            payment_intent_data: { metadata, description: order.description },
            success_url: order.successUrl,
            cancel_url: order.cancelUrl,
          },
          { idempotencyKey: order.paymentId },
        ),
      );
      return answer.ok ? { ok: true, made: toCheckoutFacts(answer.made) } : answer;
    },
    async createPlanCheckout({ requestId, tenantId, customerId, plan, successUrl, cancelUrl }) {
      const price = await prices.priceFor(plan);
      if (!price.ok) return price;
      const metadata = { tenant_id: tenantId };
      const answer = await client.attempt((stripe) =>
        stripe.checkout.sessions.create(
          {
            mode: "subscription",
            customer: customerId,
            line_items: [{ quantity: 1, price: price.made }],
            metadata,
            subscription_data: { metadata },
            success_url: successUrl,
            cancel_url: cancelUrl,
          },
          { idempotencyKey: requestId },
        ),
      );
      return answer.ok ? { ok: true, made: toCheckoutFacts(answer.made) } : answer;
    },
    async expireCheckout(id) {
      const answer = await client.attempt((stripe) => stripe.checkout.sessions.expire(id));
      if (answer.ok) return toCheckoutFacts(answer.made);
      // It is not open any more: paid just now, or expired by itself.
      const session = await readSession(id);
      if (session === null) throw new OutsideError("Stripe has lost a checkout session", false);
      return toCheckoutFacts(session);
    },
    async readCheckout(id) {
      const session = await readSession(id);
      return session === null ? null : toCheckoutFacts(session);
    },
    async createPortal(customerId, returnUrl) {
      const answer = await client.attempt((stripe) =>
        stripe.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl }),
      );
      return answer.ok ? { ok: true, made: answer.made.url } : answer;
    },
  };
}
