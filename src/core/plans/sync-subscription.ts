import type { Context } from "../context.ts";
import { OutsideError } from "../deps.ts";
import { forEachAlone } from "../for-each-alone.ts";
import { requireCards } from "../payments/cards/require-cards.ts";
import { tenantOfCustomer } from "../payments/cards/require-customer.ts";
import { findSubscription } from "./store.ts";
import { accessOf } from "./subscription-rule.ts";
import { findUnread, writeSubscription } from "./subscription-store.ts";

/** Each loses only to one that has written a newer reading meanwhile. */
const triesMax = 20;

/**
 * Reads a subscription anew, keeps a copy, and lets the plan follow from it. Of several at once the one that read last
 * writes last: whoever finds the row changed since it began reads again. Answers with Stripe's word for its state.
 */
export async function syncSubscription(context: Context, subscriptionId: string): Promise<string> {
  const { deps } = context;
  const cards = requireCards(deps);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await findSubscription(deps, subscriptionId);
    const facts = await cards.readSubscription(subscriptionId);
    const tenantId = await tenantOfCustomer(deps, facts?.customerId ?? null);
    if (facts === null || tenantId === null || facts.isLive !== cards.isLive) return "not_ours";
    if (facts.plan === null) deps.log.write("error", "subscription_without_plan", { subscriptionId });
    const access = accessOf(facts, deps.clock.now());
    if (await writeSubscription(context, { tenantId, before, facts, access })) return facts.status;
  }
  throw new OutsideError("a subscription never stops changing", true);
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const batch = 50;

/** Cron: webhooks may be lost for good. Each subscription is read once a day, and soon after it was to renew. */
export async function checkSubscriptions(context: Context): Promise<void> {
  const { deps } = context;
  if (deps.cards === null) return;
  const due = await findUnread(deps, { nowMs: deps.clock.now(), dayMs, hourMs, limit: batch });
  await forEachAlone(context, due, async (id) => {
    await syncSubscription(context, id);
  });
}
