import { planOf } from "./catalogue.ts";
import { periodEnd } from "./periods.ts";
import type { LineItem, Metadata, Subscription, SubscriptionItem } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

export type SubscriptionFacts = {
  customer: string;
  /** The recurring one. */
  line: LineItem;
  metadata: Metadata;
  description: string | null;
  trialEnd: number | null;
  onMissingCard: "cancel" | "create_invoice" | "pause";
  hasCard: boolean;
  isTaxed: boolean;
};

/** Incomplete until its first invoice is paid. */
export function newSubscription(world: World, facts: SubscriptionFacts): Subscription {
  const { line, trialEnd } = facts;
  const now = world.nowSeconds();
  const id = world.newId("sub");
  const subscription = world.add<Subscription>({
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: {
      disabled_reason: null,
      enabled: facts.isTaxed,
      liability: facts.isTaxed ? { type: "self" } : null,
    },
    billing_cycle_anchor: trialEnd ?? now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: now,
    currency: line.price.currency,
    customer: facts.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: facts.hasCard ? world.newId("pm") : null,
    default_source: null,
    default_tax_rates: [],
    description: facts.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: { object: "list", data: [], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...facts.metadata },
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd === null ? "incomplete" : "trialing",
    test_clock: null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: facts.onMissingCard },
    },
    trial_start: trialEnd === null ? null : now,
  });
  const end = trialEnd ?? periodEnd(line.price, now, now);
  subscription.items.data.push(newItem(world, subscription, line, { start: now, end }));
  world.billings.set(id, {
    waitingLines: [],
    failsFinalization: false,
    hasCard: facts.hasCard,
    pendingUpdateInvoice: null,
  });
  return subscription;
}

function newItem(
  world: World,
  subscription: Subscription,
  line: LineItem,
  period: { start: number; end: number },
): SubscriptionItem {
  return world.add<SubscriptionItem>({
    id: world.newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: world.nowSeconds(),
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(line.price),
    price: copyOf(line.price),
    quantity: line.quantity,
    subscription: subscription.id,
    tax_rates: [],
  });
}

/** The item of the plan we sold; every subscription of the stand-in has exactly one. */
export function itemOf(subscription: Subscription): SubscriptionItem {
  const [item] = subscription.items.data;
  if (item === undefined) throw new Error("a subscription without an item");
  return item;
}
