import type { Stripe } from "stripe";
import type { CardAnswer } from "../../core/payments/cards/card-payments.ts";
import { type Plan, planPrices, plans } from "../../core/plans/plans.ts";
import type { StripeClient } from "./client.ts";

/** What the prices of our plans are called at Stripe. */
export const lookupKeyOf = (plan: Plan) => `shujaa_${plan}_monthly_usd`;

export type PlanPrices = {
  /** null: no price of ours. One that was replaced since still says in its metadata what it is of. */
  planOf(price: Stripe.Price): Plan | null;
  planOfId(priceId: string): Promise<Plan | null>;
  /** The price that a plan is sold at: the one that was set up, or the one of its lookup key, made if there is none. */
  priceFor(plan: Plan): Promise<CardAnswer<string>>;
};

export function createPlanPrices(client: StripeClient, configured: Partial<Record<Plan, string>>): PlanPrices {
  const known = new Map<string, Plan | null>();
  const planOf = (price: Stripe.Price) =>
    plans.find((plan) => configured[plan] === price.id) ??
    plans.find((plan) => price.lookup_key === lookupKeyOf(plan)) ??
    plans.find((plan) => price.metadata.shujaa_plan === plan) ??
    null;
  return {
    planOf,
    async planOfId(priceId) {
      const remembered = known.get(priceId);
      if (remembered !== undefined) return remembered;
      const price = await client.read((stripe) => stripe.prices.retrieve(priceId));
      const plan = price === null ? null : planOf(price);
      known.set(priceId, plan);
      return plan;
    },
    async priceFor(plan) {
      const priceId = configured[plan];
      if (priceId !== undefined) return { ok: true, made: priceId };
      const lookupKey = lookupKeyOf(plan);
      const found = await client.ask((stripe) => stripe.prices.list({ lookup_keys: [lookupKey], active: true }));
      const [first] = found.data;
      if (first !== undefined) return { ok: true, made: first.id };
      const made = await client.attempt((stripe) => makePrice(stripe, plan));
      return made.ok ? { ok: true, made: made.made.id } : made;
    },
  };
}

/** One call for product and price, and one key for all who find none at the same time. */
function makePrice(stripe: Stripe, plan: Plan): Promise<Stripe.Price> {
  const amount = planPrices[plan]?.USD ?? 0;
  const name = `Shujaa ${plan.charAt(0).toUpperCase()}${plan.slice(1)}`;
  return stripe.prices.create(
    {
      currency: "usd",
      unit_amount: amount,
      recurring: { interval: "month" },
      lookup_key: lookupKeyOf(plan),
      // One that was put away at the dashboard would keep the key to itself.
      transfer_lookup_key: true,
      product_data: { name },
      metadata: { shujaa_plan: plan },
    },
    { idempotencyKey: `shujaa-price-${plan}-usd-${amount}` },
  );
}
