import type { Taken } from "./bodies.ts";
import { periodLine, prorationLine } from "./invoice-lines.ts";
import { collect, createInvoice, draftSeconds, finalize } from "./invoices.ts";
import { mergeMetadata } from "./metadata.ts";
import { itemOf } from "./new-subscription.ts";
import type { Parsed } from "./parameters.ts";
import { periodEnd } from "./periods.ts";
import { changeSubscription, endSubscription, putOnPrice } from "./standing.ts";
import { refuse } from "./stripe-fault.ts";
import { billWaiting, cycle, living, pause, planCycle } from "./subscriptions.ts";
import { changePlan } from "./switch-plan.ts";
import type { Subscription } from "./wire.ts";
import type { World } from "./world.ts";

export function pauseSubscription(world: World, { subscription: id }: { subscription: string }): Subscription {
  const subscription = living(world, id);
  if (!["active", "trialing", "past_due"].includes(subscription.status))
    refuse(`A subscription that is ${subscription.status} cannot be paused.`);
  pause(world, subscription, "pause_requested");
  return subscription;
}

/** Within its paid period it goes on as it was; after it a new one begins, and has to be paid first. */
export function resumeSubscription(
  world: World,
  { subscription: id, anchor }: { subscription: string; anchor?: string | undefined },
): Subscription {
  const subscription = living(world, id);
  if (subscription.status !== "paused") refuse("Only a paused subscription can be resumed.");
  const item = itemOf(subscription);
  const now = world.nowSeconds();
  const isWithin = item.current_period_end > now;
  if (anchor === "now" || !isWithin) {
    const period = { start: now, end: periodEnd(item.price, now, now) };
    putOnPrice(subscription, { price: item.price, quantity: item.quantity, period });
    const invoice = createInvoice(world, {
      customer: subscription.customer,
      subscription,
      reason: "subscription_update",
      lines: [periodLine(world, subscription, item, false)],
      period: { start: now, end: now },
      isTaxed: subscription.automatic_tax.enabled,
    });
    subscription.latest_invoice = invoice.id;
    finalize(world, invoice);
    collect(world, invoice);
    planCycle(world, subscription);
    if (invoice.status !== "paid") {
      world.invoiceHooks.set(invoice.id, { onPaid: () => goOn(world, subscription) });
      return subscription;
    }
  }
  goOn(world, subscription);
  return subscription;
}

function goOn(world: World, subscription: Subscription): void {
  if (subscription.status !== "paused") return;
  changeSubscription(world, subscription, (resumed) => {
    resumed.status = "active";
    delete resumed.status_details;
  });
  world.emit("customer.subscription.resumed", subscription);
}

export function renewSubscription(world: World, given: Taken<"renewSubscription">): Subscription {
  const subscription = living(world, given.subscription);
  if (given.mood !== undefined) world.cardMoods.set(subscription.customer, given.mood);
  const dueMs = (itemOf(subscription).current_period_end + draftSeconds) * 1000;
  world.advance(Math.max(0, dueMs - world.nowMs()));
  return subscription;
}

export function cancelSubscription(
  world: World,
  given: Taken<"cancelSubscription"> & { prorate?: boolean | undefined; invoiceNow?: boolean | undefined },
): Subscription {
  const subscription = living(world, given.subscription);
  if (given.when === "period_end") return setEnding(world, subscription, true);
  const item = itemOf(subscription);
  if (given.prorate === true) {
    const { price, quantity } = item;
    const credit = prorationLine(world, { subscription, item, price, quantity, from: world.nowSeconds(), sign: -1 });
    world.billing(subscription.id).waitingLines.push(credit);
  }
  if (given.invoiceNow === true) billWaiting(world, subscription);
  endSubscription(world, subscription, "cancellation_requested");
  return subscription;
}

export function keepSubscription(world: World, { subscription: id }: { subscription: string }): Subscription {
  return setEnding(world, living(world, id), false);
}

function setEnding(world: World, subscription: Subscription, isEnding: boolean): Subscription {
  changeSubscription(world, subscription, (changed) => {
    changed.cancel_at_period_end = isEnding;
    changed.cancel_at = isEnding ? itemOf(changed).current_period_end : null;
    changed.canceled_at = isEnding ? world.nowSeconds() : null;
    changed.cancellation_details = {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: isEnding ? "cancellation_requested" : null,
    };
  });
  return subscription;
}

export function switchPlan(world: World, given: Taken<"switchPlan">): Subscription {
  const { subscription: id, price, prorationBehavior, paymentBehavior } = given;
  const item = itemOf(living(world, id));
  return updateSubscription(world, id, {
    items: [{ id: item.id, price }],
    proration_behavior: prorationBehavior,
    payment_behavior: paymentBehavior,
  });
}

/** POST /v1/subscriptions/:id. */
export function updateSubscription(world: World, id: string, given: Parsed<"subscriptionUpdate">): Subscription {
  const subscription = living(world, id);
  const rest = [given.cancel_at_period_end, given.metadata, given.description, given.pause_collection, given.trial_end];
  if (given.payment_behavior === "pending_if_incomplete" && rest.some((value) => value !== undefined))
    refuse("When payment_behavior=pending_if_incomplete, only items and prorations can be updated.", {
      param: "payment_behavior",
    });
  if (given.items !== undefined) changePlan(world, subscription, given, () => planCycle(world, subscription));
  changeSubscription(world, subscription, (changed) => {
    changed.metadata = mergeMetadata(changed.metadata, given.metadata);
    if (given.description !== undefined) changed.description = given.description || null;
    if (given.pause_collection !== undefined)
      changed.pause_collection =
        given.pause_collection === null
          ? null
          : { behavior: given.pause_collection.behavior, resumes_at: given.pause_collection.resumes_at ?? null };
  });
  if (given.cancel_at_period_end !== undefined && given.cancel_at_period_end !== subscription.cancel_at_period_end)
    setEnding(world, subscription, given.cancel_at_period_end);
  if (given.trial_end === "now") endTrial(world, subscription);
  return subscription;
}

function endTrial(world: World, subscription: Subscription): void {
  if (subscription.status !== "trialing") refuse("This subscription is not in a trial.", { param: "trial_end" });
  const now = world.nowSeconds();
  itemOf(subscription).current_period_end = now;
  subscription.trial_end = now;
  subscription.billing_cycle_anchor = now;
  cycle(world, subscription);
}
