import { periodLine, prorationLine } from "./invoice-lines.ts";
import { collect, createInvoice, finalize, intentOf, voidInvoice } from "./invoices.ts";
import { itemOf } from "./new-subscription.ts";
import type { Parsed } from "./parameters.ts";
import { isSameRhythm, periodEnd } from "./periods.ts";
import { changeSubscription, putOnPrice } from "./standing.ts";
import { refuse, StripeFault } from "./stripe-fault.ts";
import type { Invoice, InvoiceLine, Price, Subscription, SubscriptionItem } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

/** So long a pending update waits for its invoice to be paid. */
const pendingSeconds = 23 * 3_600;

type Target = { price: Price; quantity: number; period: { start: number; end: number } | null };
type Applicable = Target & { onNewPeriod: () => void };
type Change = Parsed<"subscriptionUpdate">;

/**
 * Another price or quantity of the subscription's one item, with what follows for its money. `onNewPeriod`: the period is
 * another one now, perhaps later than this call, and its end has to be waited for.
 */
export function changePlan(world: World, subscription: Subscription, given: Change, onNewPeriod: () => void): void {
  const item = itemOf(subscription);
  const target = { ...targetOf(world, subscription, item, given), onNewPeriod };
  if (target.price.id === item.price.id && target.quantity === item.quantity) return;
  const isTrial = subscription.status === "trialing";
  const lines = isTrial ? [] : linesOf(world, subscription, item, target, given);
  const isImmediate = !isTrial && (given.proration_behavior === "always_invoice" || target.period !== null);
  if (!isImmediate || lines.length === 0) {
    world.billing(subscription.id).waitingLines.push(...lines);
    apply(world, subscription, target);
    return;
  }
  refuseIfUnpayable(world, subscription, lines, given);
  if (given.payment_behavior === "pending_if_incomplete") {
    tryFirst(world, subscription, target, lines);
    return;
  }
  apply(world, subscription, target);
  const invoice = invoiceNow(world, subscription, lines);
  if (given.payment_behavior === "default_incomplete") waitForPayment(world, subscription, invoice);
  else collect(world, invoice);
}

function targetOf(world: World, subscription: Subscription, item: SubscriptionItem, given: Change): Target {
  const [wanted = {}] = given.items ?? [];
  if (wanted.id === undefined)
    refuse("The stand-in's subscriptions have one item: name it by items[0][id], or a second one would be added.", {
      param: "items[0][id]",
    });
  if (wanted.id !== item.id) refuse(`No such subscription item: '${wanted.id}'`, { code: "resource_missing" });
  const price = wanted.price === undefined ? item.price : world.price(wanted.price, "items[0][price]");
  if (price.recurring === null)
    refuse(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      {
        param: "items[0][price]",
      },
    );
  if (price.id !== item.price.id && !price.active)
    refuse(`The price specified is inactive. This field only accepts active prices.`, { param: "items[0][price]" });
  if (price.currency !== subscription.currency)
    refuse(
      `The price specified only supports \`${price.currency}\`. This subscription bills in ${subscription.currency}.`,
      {
        param: "items[0][price]",
      },
    );
  const now = world.nowSeconds();
  const isRestart = !isSameRhythm(price, item.price) && subscription.status !== "trialing";
  return {
    price,
    quantity: wanted.quantity ?? item.quantity,
    period: isRestart ? { start: now, end: periodEnd(price, now, now) } : null,
  };
}

function linesOf(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  target: Target,
  given: Change,
): InvoiceLine[] {
  const from = given.proration_date ?? world.nowSeconds();
  if (from < item.current_period_start || from > item.current_period_end)
    refuse("The proration date must lie in the current period.", { param: "proration_date" });
  const share = { subscription, item, from };
  const credit = prorationLine(world, { ...share, price: item.price, quantity: item.quantity, sign: -1 });
  if (target.period !== null) {
    const next = copyOf(item);
    next.price = target.price;
    next.quantity = target.quantity;
    next.current_period_start = target.period.start;
    next.current_period_end = target.period.end;
    const full = periodLine(world, subscription, next, false);
    return given.proration_behavior === "none" ? [full] : [credit, full];
  }
  if (given.proration_behavior === "none") return [];
  return [credit, prorationLine(world, { ...share, price: target.price, quantity: target.quantity, sign: 1 })];
}

function apply(world: World, subscription: Subscription, target: Applicable): void {
  changeSubscription(world, subscription, (changed) => putOnPrice(changed, target));
  if (target.period !== null) target.onNewPeriod();
}

function invoiceNow(world: World, subscription: Subscription, lines: InvoiceLine[]): Invoice {
  const now = world.nowSeconds();
  // Prorations that waited go along.
  const waiting = world.billing(subscription.id).waitingLines.splice(0);
  const invoice = createInvoice(world, {
    customer: subscription.customer,
    subscription,
    reason: "subscription_update",
    lines: [...waiting, ...lines],
    period: { start: now, end: now },
    isTaxed: subscription.automatic_tax.enabled,
  });
  changeSubscription(world, subscription, (changed) => {
    changed.latest_invoice = invoice.id;
  });
  return finalize(world, invoice);
}

function waitForPayment(world: World, subscription: Subscription, invoice: Invoice): void {
  if (invoice.status !== "open") return;
  changeSubscription(world, subscription, (changed) => {
    changed.status = "past_due";
  });
}

function refuseIfUnpayable(world: World, subscription: Subscription, lines: InvoiceLine[], given: Change): void {
  const mood = world.cardMoods.get(subscription.customer) ?? "pays";
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  if (given.payment_behavior !== "error_if_incomplete" || mood === "pays" || total <= 0) return;
  throw new StripeFault(402, "card_error", "Your card was declined.", {
    code: mood === "authentication_required" ? "subscription_payment_intent_requires_action" : "card_declined",
    declineCode: mood === "card_declined" ? "generic_decline" : mood,
  });
}

/** The plan changes only when its invoice is paid. */
function tryFirst(world: World, subscription: Subscription, target: Applicable, lines: InvoiceLine[]): void {
  if (subscription.pending_update !== null)
    refuse("This subscription has a pending update already; pay or void its invoice first.");
  const billing = world.billing(subscription.id);
  const now = world.nowSeconds();
  const { latest_invoice: former } = subscription;
  const invoice = invoiceNow(world, subscription, lines);
  billing.pendingUpdateInvoice = invoice.id;
  // It is tried once; then the customer pays it, or it is given up with the update.
  invoice.auto_advance = false;
  collect(world, invoice);
  if (invoice.status === "paid") {
    billing.pendingUpdateInvoice = null;
    apply(world, subscription, target);
    return;
  }
  const item = copyOf(itemOf(subscription));
  item.price = copyOf(target.price);
  item.quantity = target.quantity;
  const expiresAt = now + pendingSeconds;
  changeSubscription(world, subscription, (changed) => {
    changed.pending_update = {
      billing_cycle_anchor: target.period?.start ?? null,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: expiresAt,
      metadata: null,
      subscription_items: [item],
      trial_end: null,
      trial_from_plan: null,
    };
  });
  const isStill = () => billing.pendingUpdateInvoice === invoice.id;
  const settle = (event: string, change: () => void) => {
    billing.pendingUpdateInvoice = null;
    changeSubscription(world, subscription, (changed) => {
      changed.pending_update = null;
      change();
    });
    world.emit(`customer.subscription.pending_update_${event}`, subscription);
  };
  world.invoiceHooks.set(invoice.id, {
    onPaid: () => {
      if (!isStill()) return;
      settle("applied", () => putOnPrice(subscription, target));
      if (target.period !== null) target.onNewPeriod();
    },
  });
  world.at(expiresAt, () => {
    if (!isStill()) return;
    if (["requires_action", "requires_payment_method"].includes(intentOf(world, invoice).status))
      voidInvoice(world, { invoice: invoice.id });
    settle("expired", () => {
      subscription.latest_invoice = former;
    });
  });
}
