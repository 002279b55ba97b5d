import type { CardPayments } from "../../core/payments/cards/card-payments.ts";
import type { Variables } from "../../env.ts";
import { createCheckoutCalls } from "./checkouts.ts";
import { createStripeClient } from "./client.ts";
import { createIntentCalls } from "./intents.ts";
import { createPlanPrices } from "./plan-prices.ts";
import { createSubscriptionCalls } from "./subscriptions.ts";
import { verifyEvent } from "./verify-event.ts";

export type StripeSettings = Pick<
  Variables,
  "STRIPE_SECRET_KEY" | "STRIPE_WEBHOOK_SECRET" | "STRIPE_API_BASE" | "STRIPE_PRICE_PRO" | "STRIPE_PRICE_PREMIUM"
>;

/** null: Stripe is not set up here. */
export function createCards(
  settings: StripeSettings,
  options: { fetch?: typeof fetch; maxNetworkRetries?: number } = {},
): CardPayments | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PRICE_PRO: pro, STRIPE_PRICE_PREMIUM: premium } = settings;
  if (secretKey === undefined) return null;
  const client = createStripeClient({ ...options, secretKey, apiBase: settings.STRIPE_API_BASE });
  const prices = createPlanPrices(client, {
    ...(pro === undefined ? {} : { pro }),
    ...(premium === undefined ? {} : { premium }),
  });
  const secrets = (settings.STRIPE_WEBHOOK_SECRET ?? "")
    .split(",")
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "");
  return {
    // Secret and restricted keys both say which money they move: sk_live_…, rk_test_….
    isLive: secretKey.includes("_live_"),
    verifyEvent: (rawBody, signature, nowMs) => verifyEvent(client, secrets, { rawBody, signature, nowMs }),
    ...createIntentCalls(client),
    ...createCheckoutCalls(client, prices),
    ...createSubscriptionCalls(client, prices),
  };
}
