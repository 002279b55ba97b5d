/** How objects are shown: lists a page at a time, and ids grown into objects where the caller asks with `expand`. */
import { refuse } from "./stripe-fault.ts";
import type { InvoicePayment, List, Refund, Subscription } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

export type Shown = Record<string, unknown>;

const expandDepth = 4;

type Paging = {
  limit: number;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?:
    | { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined }
    | undefined;
};

export function pageOf<Item extends { id: string; created?: number }>(
  items: Item[],
  url: string,
  paging: Paging,
): List<Item> {
  const { limit, starting_after: after, ending_before: before, created = {} } = paging;
  if (after !== undefined && before !== undefined)
    refuse("You may only specify one of these parameters: starting_after, ending_before.");
  const fitting = items.filter(({ created: at = 0 }) => {
    const { gt = -1, gte = 0, lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = created;
    return at > gt && at >= gte && at < lt && at <= lte;
  });
  const placeOf = (id: string, param: string) => {
    const place = fitting.findIndex((item) => item.id === id);
    if (place === -1) refuse(`No such object: '${id}'`, { code: "resource_missing", param });
    return place;
  };
  const list = { object: "list" as const, url };
  if (before !== undefined) {
    const end = placeOf(before, "ending_before");
    return { ...list, data: fitting.slice(Math.max(0, end - limit), end), has_more: end - limit > 0 };
  }
  const start = after === undefined ? 0 : placeOf(after, "starting_after") + 1;
  return { ...list, data: fitting.slice(start, start + limit), has_more: fitting.length > start + limit };
}

/** A copy, with every path of `expand` grown. */
export function show(world: World, thing: object, expand: string[] | undefined): Shown {
  const shown = copyOf(thing) as Shown;
  for (const path of expand ?? []) {
    const steps = path.split(".");
    if (steps.length > expandDepth + 1)
      refuse(
        `You cannot expand more than ${expandDepth} levels of a property (requested property to expand: ${path}).`,
        {
          param: "expand",
        },
      );
    grow(world, shown, steps, path);
  }
  return shown;
}

function grow(world: World, thing: Shown, [step = "", ...rest]: string[], path: string): void {
  const value = thing[step] ?? includable(world, thing, step);
  if (value === undefined) cannotExpand(path);
  if (value === null) {
    thing[step] = null;
    return;
  }
  if (Array.isArray(value)) {
    if (rest.length === 0) cannotExpand(path);
    for (const item of value) grow(world, item as Shown, rest, path);
    return;
  }
  const grown = typeof value === "string" ? grownFrom(world, value, path) : (value as Shown);
  thing[step] = grown;
  if (rest.length > 0) grow(world, grown, rest, path);
}

function grownFrom(world: World, id: string, path: string): Shown {
  if (!world.has(id)) cannotExpand(path);
  return copyOf(world.find(id)) as Shown;
}

function cannotExpand(path: string): never {
  refuse(
    `This property cannot be expanded (${path}). You may want to try expanding 'data.${path}' or removing the expand parameter.`,
    { param: "expand" },
  );
}

/** Lists that are left out unless they are asked for. */
function includable(world: World, thing: Shown, step: string): Shown | undefined {
  const id = String(thing.id);
  const listOf = (data: { id: string }[], url: string) =>
    copyOf({ object: "list", data: data.slice(0, 10), has_more: data.length > 10, url }) as Shown;
  if (thing.object === "charge" && step === "refunds") return listOf(refundsOf(world, id), `/v1/charges/${id}/refunds`);
  if (thing.object === "checkout.session" && step === "line_items")
    return listOf(world.basket(id).lines, `/v1/checkout/sessions/${id}/line_items`);
  if (thing.object === "invoice" && step === "payments") {
    const payments = world.all<InvoicePayment>("invoice_payment").filter(({ invoice }) => invoice === id);
    return listOf(payments, `/v1/invoices/${id}/payments`);
  }
  if (thing.object === "customer" && step === "subscriptions") {
    const subscriptions = world.all<Subscription>("subscription").filter(({ customer }) => customer === id);
    return listOf(subscriptions, `/v1/customers/${id}/subscriptions`);
  }
  return undefined;
}

function refundsOf(world: World, charge: string): Refund[] {
  return world.all<Refund>("refund").filter((refund) => refund.charge === charge);
}

/** Refunds, disputes or warnings of a payment, named by its charge or its intent. */
export function ofPayment<Item extends { charge: unknown; payment_intent?: unknown }>(
  world: World,
  object: string,
  given: { charge?: string | undefined; payment_intent?: string | undefined },
): Item[] {
  if (given.charge !== undefined) world.charge(given.charge, "charge");
  if (given.payment_intent !== undefined) world.intent(given.payment_intent, "payment_intent");
  return world
    .all<Item>(object)
    .filter(
      ({ charge, payment_intent: intent }) =>
        (given.charge === undefined || charge === given.charge) &&
        (given.payment_intent === undefined || intent === given.payment_intent),
    );
}
