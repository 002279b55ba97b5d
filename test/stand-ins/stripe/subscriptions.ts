import { periodLine, saleLine } from "./invoice-lines.ts";
import { collect, createInvoice, draftSeconds, finalize, markUncollectible, voidInvoice } from "./invoices.ts";
import { sketchInvoice } from "./new-invoice.ts";
import { itemOf, newSubscription, type SubscriptionFacts } from "./new-subscription.ts";
import { periodEnd } from "./periods.ts";
import { changeSubscription, endedStatuses, endSubscription } from "./standing.ts";
import { refuse } from "./stripe-fault.ts";
import type { Invoice, LineItem, Subscription } from "./wire.ts";
import type { World } from "./world.ts";

const daySeconds = 86_400;
const upcomingDays = 7;
const trialWarningDays = 3;
/** So long a first invoice may stay unpaid. */
const incompleteSeconds = 23 * 3_600;

/** A subscription and its first, finalized invoice; who charges it, and how, is the caller's. */
export function startSubscription(
  world: World,
  facts: SubscriptionFacts,
  sales: LineItem[],
): { subscription: Subscription; invoice: Invoice } {
  const subscription = newSubscription(world, facts);
  const item = itemOf(subscription);
  const now = world.nowSeconds();
  const isTrial = facts.trialEnd !== null;
  const lines = [
    periodLine(world, subscription, item, isTrial),
    ...sales.map((line) => saleLine(world, line, subscription)),
  ];
  world.emit("customer.subscription.created", subscription);
  const invoice = createInvoice(world, {
    customer: facts.customer,
    subscription,
    reason: "subscription_create",
    lines,
    period: { start: now, end: now },
    isTaxed: facts.isTaxed,
  });
  subscription.latest_invoice = invoice.id;
  finalize(world, invoice);
  planCycle(world, subscription);
  if (isTrial) planTrialWarning(world, subscription);
  else
    world.at(now + incompleteSeconds, () => {
      if (subscription.status === "incomplete") expireIncomplete(world, subscription);
    });
  return { subscription, invoice };
}

export function expireIncomplete(world: World, subscription: Subscription): void {
  const invoice = world.invoice(String(subscription.latest_invoice));
  changeSubscription(world, subscription, (changed) => {
    changed.status = "incomplete_expired";
    changed.ended_at = world.nowSeconds();
  });
  if (invoice.status === "open") voidInvoice(world, { invoice: invoice.id });
}

/** Looks again at the end of the present period, and tells of the invoice some days before. */
export function planCycle(world: World, subscription: Subscription): void {
  const { current_period_end: end } = itemOf(subscription);
  const isStill = () => itemOf(subscription).current_period_end === end;
  const upcomingAt = end - upcomingDays * daySeconds;
  if (upcomingAt > world.nowSeconds())
    world.at(upcomingAt, () => {
      if (isStill() && renews(subscription)) announceUpcoming(world, subscription.id);
    });
  world.at(end, () => {
    if (isStill()) cycle(world, subscription);
  });
}

function renews(subscription: Subscription): boolean {
  const { status, cancel_at_period_end: isEnding } = subscription;
  return ["active", "past_due", "trialing", "unpaid"].includes(status) && !isEnding;
}

function planTrialWarning(world: World, subscription: Subscription): void {
  const end = Number(subscription.trial_end);
  const warn = () => {
    if (subscription.status === "trialing" && subscription.trial_end === end)
      world.emit("customer.subscription.trial_will_end", subscription);
  };
  const at = end - trialWarningDays * daySeconds;
  if (at <= world.nowSeconds()) warn();
  else world.at(at, warn);
}

/** The end of a period. */
export function cycle(world: World, subscription: Subscription): void {
  if (endedStatuses.includes(subscription.status) || ["paused", "incomplete"].includes(subscription.status)) return;
  if (subscription.cancel_at_period_end) {
    billWaiting(world, subscription);
    endSubscription(world, subscription, "cancellation_requested");
    return;
  }
  if (subscription.status === "trialing" && endsWithoutCard(world, subscription)) return;
  const item = itemOf(subscription);
  const period = { start: item.current_period_start, end: item.current_period_end };
  const billing = world.billing(subscription.id);
  const isUnpaid = subscription.status === "unpaid";
  let invoice: Invoice | null = null;
  changeSubscription(world, subscription, (renewed) => {
    if (renewed.status === "trialing") renewed.status = "active";
    item.current_period_start = period.end;
    item.current_period_end = periodEnd(item.price, period.end, renewed.billing_cycle_anchor);
    invoice = createInvoice(world, {
      customer: renewed.customer,
      subscription: renewed,
      reason: "subscription_cycle",
      lines: [...billing.waitingLines.splice(0), periodLine(world, renewed, item, false)],
      // An invoice's own period is the one that ended; its lines say what it pays for.
      period,
      isTaxed: renewed.automatic_tax.enabled,
    });
    renewed.latest_invoice = invoice.id;
  });
  if (invoice !== null) planFinalizing(world, subscription, invoice, isUnpaid);
  planCycle(world, subscription);
}

function planFinalizing(world: World, subscription: Subscription, invoice: Invoice, isUnpaid: boolean): void {
  const { behavior = null } = subscription.pause_collection ?? {};
  if (isUnpaid || behavior === "keep_as_draft") {
    invoice.auto_advance = false;
    return;
  }
  const at = world.nowSeconds() + draftSeconds;
  invoice.automatically_finalizes_at = at;
  world.at(at, () => {
    if (invoice.status !== "draft" || invoice.auto_advance !== true) return;
    finalize(world, invoice);
    if (invoice.status !== "open") return;
    if (behavior === "void") voidInvoice(world, { invoice: invoice.id });
    else if (behavior === "mark_uncollectible") markUncollectible(world, { invoice: invoice.id });
    else collect(world, invoice);
  });
}

/** Prorations that wait are asked for when a subscription ends. */
export function billWaiting(world: World, subscription: Subscription): void {
  const lines = world.billing(subscription.id).waitingLines.splice(0);
  if (lines.length === 0) return;
  const item = itemOf(subscription);
  const invoice = createInvoice(world, {
    customer: subscription.customer,
    subscription,
    reason: "subscription_cycle",
    lines,
    period: { start: item.current_period_start, end: item.current_period_end },
    isTaxed: subscription.automatic_tax.enabled,
  });
  subscription.latest_invoice = invoice.id;
  finalize(world, invoice);
  collect(world, invoice);
}

function endsWithoutCard(world: World, subscription: Subscription): boolean {
  const hasCard = world.billing(subscription.id).hasCard || world.cardMoods.has(subscription.customer);
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
  if (hasCard || behavior === "create_invoice") return false;
  if (behavior === "cancel") endSubscription(world, subscription, "cancellation_requested");
  else pause(world, subscription, "trial_end_without_payment_method");
  return true;
}

export function pause(world: World, subscription: Subscription, why: string): void {
  changeSubscription(world, subscription, (paused) => {
    paused.status = "paused";
    paused.status_details = {
      paused: { subscription: { type: why }, transitioned_at: world.nowSeconds(), type: "subscription" },
    };
  });
  world.emit("customer.subscription.paused", subscription);
}

export function living(world: World, id: string): Subscription {
  const subscription = world.subscription(id);
  if (endedStatuses.includes(subscription.status))
    refuse(`This subscription has ended (${subscription.status}) and can no longer be changed.`, {
      code: "resource_missing",
    });
  return subscription;
}

/** The next invoice as it would be now: it has no life of its own, and no id that could be read again. */
export function announceUpcoming(world: World, id: string): Record<string, unknown> {
  const subscription = living(world, id);
  const item = itemOf(subscription);
  const end = item.current_period_end;
  const next = { ...item, current_period_start: end, current_period_end: periodEnd(item.price, end, end) };
  const upcoming = sketchInvoice(
    world,
    {
      customer: subscription.customer,
      subscription,
      reason: "upcoming",
      lines: [...world.billing(id).waitingLines, periodLine(world, subscription, next, false)],
      period: { start: item.current_period_start, end },
      isTaxed: subscription.automatic_tax.enabled,
    },
    world.newId("upcoming_in"),
  );
  world.emit("invoice.upcoming", upcoming);
  return { ...upcoming };
}
