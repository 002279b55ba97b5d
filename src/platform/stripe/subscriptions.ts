import type { Stripe } from "stripe";
import type { CardPayments, InvoiceFacts } from "../../core/payments/cards/card-payments.ts";
import type { Plan } from "../../core/plans/plans.ts";
import type { StripeClient } from "./client.ts";
import { idOf, toSubscriptionFacts } from "./facts.ts";
import type { PlanPrices } from "./plan-prices.ts";

export function createSubscriptionCalls(
  client: StripeClient,
  prices: PlanPrices,
): Pick<
  CardPayments,
  "changePlan" | "cancelAtPeriodEnd" | "cancelNow" | "readSubscription" | "listSubscriptions" | "readInvoice"
> {
  const toFacts = (subscription: Stripe.Subscription) => toSubscriptionFacts(subscription, prices.planOf);
  return {
    async changePlan({ subscriptionId, itemId, plan, requestId }) {
      const price = await prices.priceFor(plan);
      if (!price.ok) return price;
      const answer = await client.attempt((stripe) =>
        stripe.subscriptions.update(
          subscriptionId,
          {
            items: [{ id: itemId, price: price.made }],
            proration_behavior: "always_invoice",
            // Until what is due is paid the subscription stays what it was: nobody has a plan that was declined.
            payment_behavior: "pending_if_incomplete",
          },
          { idempotencyKey: requestId },
        ),
      );
      return answer.ok ? { ok: true, made: toFacts(answer.made) } : answer;
    },
    async cancelAtPeriodEnd(subscriptionId) {
      const answer = await client.attempt((stripe) =>
        stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true }),
      );
      return answer.ok ? { ok: true, made: toFacts(answer.made) } : answer;
    },
    async cancelNow(subscriptionId) {
      const answer = await client.attempt((stripe) => stripe.subscriptions.cancel(subscriptionId));
      return answer.ok ? { ok: true, made: toFacts(answer.made) } : answer;
    },
    async readSubscription(id) {
      const subscription = await client.read((stripe) => stripe.subscriptions.retrieve(id));
      return subscription === null ? null : toFacts(subscription);
    },
    /** Stripe leaves the ended ones out unless they are asked for. */
    async listSubscriptions(customerId) {
      const { data } = await client.ask((stripe) => stripe.subscriptions.list({ customer: customerId, limit: 100 }));
      return data.map(toFacts);
    },
    async readInvoice(id) {
      const invoice = await client.read((stripe) => stripe.invoices.retrieve(id, { expand: ["payments"] }));
      return invoice === null ? null : toInvoiceFacts(client, prices, invoice);
    },
  };
}

async function toInvoiceFacts(
  client: StripeClient,
  prices: PlanPrices,
  invoice: Stripe.Invoice,
): Promise<InvoiceFacts> {
  const paymentIntentId = intentThatPaid(invoice);
  const intent =
    paymentIntentId === null ? null : await client.read((stripe) => stripe.paymentIntents.retrieve(paymentIntentId));
  return {
    id: invoice.id,
    status: invoice.status ?? "draft",
    customerId: idOf(invoice.customer),
    isLive: invoice.livemode,
    // Since 2025-03-31 an invoice names its subscription through its parent, and its payments in a list.
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    isFirst: invoice.billing_reason === "subscription_create",
    amountPaid: invoice.amount_paid,
    currency: invoice.currency.toUpperCase(),
    paymentIntentId,
    chargeId: idOf(intent?.latest_charge),
    plan: await planOfLines(prices, invoice.lines.data),
    createdAtMs: invoice.created * 1000,
  };
}

function intentThatPaid({ payments }: Stripe.Invoice): string | null {
  const paid = payments?.data.find(({ status }) => status === "paid");
  return idOf(paid?.payment.payment_intent);
}

/** What the invoice is for. One of a change of plan also gives back what is left of the old one, as a line below zero. */
async function planOfLines(prices: PlanPrices, lines: readonly Stripe.InvoiceLineItem[]): Promise<Plan | null> {
  const charged = lines.filter(({ amount }) => amount >= 0).toReversed();
  for (const { pricing } of charged) {
    const priceId = idOf(pricing?.price_details?.price);
    const plan = priceId === null ? null : await prices.planOfId(priceId);
    if (plan !== null) return plan;
  }
  return null;
}
