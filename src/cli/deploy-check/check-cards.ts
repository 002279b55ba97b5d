/** Whether Stripe takes the key, sells our plans at our prices, and tells us what it must. */
import type { Stripe } from "stripe";
import { handledEvents } from "../../core/payments/cards/handle-stripe-event.ts";
import { type Plan, planPrices } from "../../core/plans/plans.ts";
import { createStripeClient, type StripeClient } from "../../platform/stripe/client.ts";
import { lookupKeyOf } from "../../platform/stripe/plan-prices.ts";
import { type Finding, ok, unknown, wrong } from "./finding.ts";

type Values = Readonly<Record<string, string>>;
const sold = [
  { plan: "pro", setting: "STRIPE_PRICE_PRO" },
  { plan: "premium", setting: "STRIPE_PRICE_PREMIUM" },
] as const satisfies { plan: Plan; setting: string }[];
const hookPath = "/api/payments/webhook";

/** Empty: there is no key to ask with. Reads alone; nothing is made at Stripe. */
export async function checkCards(values: Values): Promise<Finding[]> {
  const secretKey = values.STRIPE_SECRET_KEY;
  if (!secretKey) return [];
  const client = createStripeClient({ secretKey, apiBase: values.STRIPE_API_BASE || undefined });
  try {
    const prices = await Promise.all(sold.map(({ plan, setting }) => checkPrice(client, plan, setting, values)));
    return [...prices, await checkHook(client, values.PUBLIC_URL)];
  } catch (error) {
    return [wrong("Stripe: it could not be asked", error instanceof Error ? error.message : "It did not answer.")];
  }
}

async function checkPrice(client: StripeClient, plan: Plan, setting: string, values: Values): Promise<Finding> {
  const id = values[setting];
  if (!id) {
    const { data } = await client.ask((stripe) =>
      stripe.prices.list({ lookup_keys: [lookupKeyOf(plan)], active: true }),
    );
    if (data[0] === undefined) return ok(`Stripe: the price of ${plan} will be made when it is first bought`);
    return comparePrice(data[0], plan, `Stripe: the price with the lookup key ${lookupKeyOf(plan)}`);
  }
  const price = await client.read((stripe) => stripe.prices.retrieve(id));
  if (price === null)
    return wrong(
      `Stripe: there is no price ${setting}`,
      "It is of another account or of test mode: take this account's, or leave it empty.",
    );
  return comparePrice(price, plan, `Stripe: the price ${setting}`);
}

function comparePrice(price: Stripe.Price, plan: Plan, what: string): Finding {
  const cents = planPrices[plan]?.USD;
  const isMonthly = price.recurring?.interval === "month" && price.recurring.interval_count === 1;
  if (price.active && price.currency === "usd" && price.unit_amount === cents && isMonthly)
    return ok(`${what} is ${plan}'s: USD ${((cents ?? 0) / 100).toFixed(2)} a month`);
  const is = `${price.active ? "" : "put away, "}${price.currency.toUpperCase()} ${((price.unit_amount ?? 0) / 100).toFixed(2)} ${isMonthly ? "a month" : "not monthly"}`;
  return wrong(
    `${what} is not ${plan}'s: ${is}`,
    `Users are shown USD ${((cents ?? 0) / 100).toFixed(2)} a month: make a price that says so, and name it.`,
  );
}

async function checkHook(client: StripeClient, publicUrl: string | undefined): Promise<Finding> {
  const url = `${publicUrl?.replace(/\/+$/, "") ?? ""}${hookPath}`;
  const answer = await client.attempt((stripe) => stripe.webhookEndpoints.list({ limit: 100 }));
  if (!answer.ok)
    return unknown(
      "Stripe: its webhook endpoints",
      "The key may not read them: look at the dashboard, Developers, Webhooks.",
    );
  const hook = answer.made.data.find((one) => one.url === url && one.status === "enabled");
  if (hook === undefined)
    return wrong("Stripe: no enabled webhook endpoint has our address", `Add one: <PUBLIC_URL>${hookPath}`);
  const heard = new Set<string>(hook.enabled_events);
  const unheard = heard.has("*") ? [] : handledEvents.filter((type) => !heard.has(type));
  if (unheard.length === 0) return ok("Stripe: the webhook endpoint sends every event that we handle");
  return wrong(
    `Stripe: the webhook endpoint does not send ${unheard.join(", ")}`,
    "Add them, or payments are only found by the cron.",
  );
}
