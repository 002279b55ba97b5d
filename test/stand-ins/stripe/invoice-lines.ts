import type { InvoiceLine, LineItem, Price, Product, Subscription, SubscriptionItem } from "./wire.ts";
import type { World } from "./world.ts";

type LineFacts = {
  price: Price;
  quantity: number;
  amount: number;
  description: string;
  period: { start: number; end: number };
  subscription: Subscription | null;
  item: SubscriptionItem | null;
  isProration: boolean;
};

/** A line of an invoice; `invoice` is filled in by the invoice that takes it. */
function newLine(world: World, facts: LineFacts): InvoiceLine {
  const { price, quantity, amount, description, period, subscription, item, isProration } = facts;
  return {
    id: world.newId("il"),
    object: "line_item",
    amount,
    currency: price.currency,
    description,
    discount_amounts: [],
    discountable: !isProration,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: { ...subscription?.metadata },
    parent: parentOf(world, facts),
    period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: "price_details",
      unit_amount_decimal: isProration ? String(amount) : price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: item === null ? null : (subscription?.id ?? null),
    subtotal: amount,
    taxes: [],
  };
}

function parentOf(world: World, { subscription, item, isProration }: LineFacts): InvoiceLine["parent"] {
  if (subscription === null || item === null) {
    return {
      invoice_item_details: {
        invoice_item: world.newId("ii"),
        proration: false,
        proration_details: null,
        subscription: subscription?.id ?? null,
      },
      subscription_item_details: null,
      type: "invoice_item_details",
    };
  }
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: isProration ? world.newId("ii") : null,
      proration: isProration,
      proration_details: isProration ? { credited_items: null } : null,
      subscription: subscription.id,
      subscription_item: item.id,
    },
    type: "subscription_item_details",
  };
}

/** A period of a plan, in advance; a trial's costs nothing. */
export function periodLine(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  isTrial: boolean,
): InvoiceLine {
  const { price, quantity } = item;
  const name = nameOf(world, price);
  return newLine(world, {
    price,
    quantity,
    amount: isTrial ? 0 : price.unit_amount * quantity,
    description: isTrial
      ? `Trial period for ${name}`
      : `${quantity} × ${name} (at $${(price.unit_amount / 100).toFixed(2)} / ${price.recurring?.interval ?? "month"})`,
    period: { start: item.current_period_start, end: item.current_period_end },
    subscription,
    item,
    isProration: false,
  });
}

/** A thing sold once, on the first invoice of a subscription or on one of its own. */
export function saleLine(world: World, line: LineItem, subscription: Subscription | null): InvoiceLine {
  const now = world.nowSeconds();
  return newLine(world, {
    price: line.price,
    quantity: line.quantity,
    amount: line.price.unit_amount * line.quantity,
    description: line.description ?? "",
    period: { start: now, end: now },
    subscription,
    item: null,
    isProration: false,
  });
}

/** What is left of a period from `from` on: given back for the plan that ends, asked for the one that begins. */
export function prorationLine(
  world: World,
  given: {
    subscription: Subscription;
    item: SubscriptionItem;
    price: Price;
    quantity: number;
    from: number;
    sign: 1 | -1;
  },
): InvoiceLine {
  const { subscription, item, price, quantity, from, sign } = given;
  const { current_period_start: start, current_period_end: end } = item;
  const amount = Math.round((price.unit_amount * quantity * (end - from)) / (end - start));
  const day = new Date(from * 1000).toISOString().slice(0, 10);
  return newLine(world, {
    price,
    quantity,
    amount: sign * amount,
    description: `${sign === -1 ? "Unused" : "Remaining"} time on ${nameOf(world, price)} after ${day}`,
    period: { start: from, end },
    subscription,
    item,
    isProration: true,
  });
}

export function nameOf(world: World, price: Price): string {
  return (world.find(price.product) as unknown as Product).name;
}
