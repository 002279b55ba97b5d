/** What becomes of a subscription by what becomes of its invoices, and how it ends. */
import { planOf } from "./catalogue.ts";
import type { Invoice, Price, Subscription } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

export const endedStatuses: string[] = ["canceled", "incomplete_expired"];

export function changeSubscription(
  world: World,
  subscription: Subscription,
  change: (subscription: Subscription) => void,
): void {
  const before = copyOf(subscription);
  change(subscription);
  if (JSON.stringify(before) !== JSON.stringify(subscription))
    world.emit("customer.subscription.updated", subscription, before);
}

export function subscriptionOf(world: World, invoice: Invoice): Subscription | null {
  const id = invoice.parent?.subscription_details?.subscription;
  return typeof id === "string" ? world.subscription(id) : null;
}

/** Paid, voided or written off: nothing is owed on it any more. */
export function invoiceCleared(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice);
  if (subscription === null || subscription.latest_invoice !== invoice.id) return;
  if (invoice.status !== "paid" && subscription.status === "incomplete") return;
  if (!["incomplete", "past_due", "unpaid"].includes(subscription.status)) return;
  changeSubscription(world, subscription, (changed) => {
    changed.status = "active";
  });
}

export function invoiceFailed(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice);
  if (subscription === null || subscription.status !== "active") return;
  if (world.billing(subscription.id).pendingUpdateInvoice === invoice.id) return;
  changeSubscription(world, subscription, (changed) => {
    changed.status = "past_due";
  });
}

/** Its retries are used up. */
export function invoiceGivenUp(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice);
  if (subscription === null || endedStatuses.includes(subscription.status)) return;
  const { afterRetries } = world.settings;
  if (afterRetries === "canceled") endSubscription(world, subscription, "payment_failed");
  if (afterRetries !== "unpaid") return;
  changeSubscription(world, subscription, (changed) => {
    changed.status = "unpaid";
  });
}

export function endSubscription(world: World, subscription: Subscription, reason: string): void {
  const now = world.nowSeconds();
  subscription.status = "canceled";
  subscription.canceled_at ??= now;
  subscription.ended_at = now;
  subscription.cancel_at = null;
  subscription.pending_update = null;
  subscription.cancellation_details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    ...subscription.cancellation_details,
    reason,
  };
  // No more tries: what is open stays open, what is a draft stays one.
  for (const invoice of world.all<Invoice>("invoice")) {
    if (subscriptionOf(world, invoice) === subscription && ["draft", "open"].includes(invoice.status)) {
      invoice.auto_advance = false;
      invoice.next_payment_attempt = null;
    }
  }
  world.emit("customer.subscription.deleted", subscription);
}

/** Puts the subscription's one item on another price. */
export function putOnPrice(
  subscription: Subscription,
  target: { price: Price; quantity: number; period: { start: number; end: number } | null },
): void {
  const [item] = subscription.items.data;
  if (item === undefined) return;
  item.price = copyOf(target.price);
  item.plan = planOf(target.price);
  item.quantity = target.quantity;
  if (target.period === null) return;
  item.current_period_start = target.period.start;
  item.current_period_end = target.period.end;
  subscription.billing_cycle_anchor = target.period.start;
}
