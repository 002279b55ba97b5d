/** Checkouts, subscriptions and their renewals, changes and ends, by us and at Stripe. */
import { createCheckout } from "../../../src/core/payments/cards/create-checkout.ts";
import { visitCheckout } from "../../../src/core/payments/cards/visit-checkout.ts";
import { orderOfCents } from "../../../src/core/payments/orders.ts";
import { cancelSubscription } from "../../../src/core/plans/cancel-subscription.ts";
import { changePlan } from "../../../src/core/plans/change-plan.ts";
import { createPlanCheckout } from "../../../src/core/plans/create-plan-checkout.ts";
import type * as Wire from "../../stand-ins/stripe/wire.ts";
import type { Chance } from "./chance.ts";
import { origin, type Tenant } from "./money-world.ts";
import type { Play } from "./play.ts";
import type { FateOf } from "./processes.ts";

export type SoldPackage = "starter" | "pro" | "business" | "enterprise";
export type SoldPlan = "pro" | "premium";

export function drawPackage(chance: Chance): SoldPackage {
  return chance.pick(["starter", "pro", "business", "enterprise"]);
}

export function drawPlan(chance: Chance): SoldPlan {
  return chance.pick(["pro", "premium"]);
}

export function checkOut(
  play: Play,
  tenant: Tenant,
  { key, packageId }: { key: string; packageId: SoldPackage },
  fateOf: FateOf,
): Promise<string> {
  return play.ask(
    {
      what: "checks out",
      tenant,
      key,
      work: async (context) => {
        const { session_id: id } = await createCheckout(context, {
          order: orderOfCents({ package_id: packageId }),
          idempotencyKey: key,
          origin,
        });
        play.payable.add(id);
        return { id };
      },
    },
    fateOf,
  );
}

export function subscribe(
  play: Play,
  tenant: Tenant,
  { key, plan }: { key: string; plan: SoldPlan },
  fateOf: FateOf,
): Promise<string> {
  return play.ask(
    {
      what: "subscribes",
      tenant,
      key,
      // No order of ours is behind it: Stripe alone knows the key, for a day, and the page is closed by then.
      keptMs: 24 * 3_600_000,
      work: async (context) => {
        const { session_id: id } = await createPlanCheckout(context, { plan, idempotencyKey: key, origin });
        play.payable.add(id);
        return { id };
      },
    },
    fateOf,
  );
}

/** The buyer at Stripe's page. */
export function answerSession(play: Play, chance: Chance): string {
  const { stripe } = play.world.providers;
  const sessions = [...play.payable].filter((id) => id.startsWith("cs_")).map((id) => stripe.world.session(id));
  const session = chance.pickOrNull(sessions.filter(({ status }) => status === "open"));
  if (session === null) return "no page is open";
  const act = chance.weighted([
    [8, "pays"],
    [2, "declined"],
    [1, "bank works"],
    [1, "must prove"],
    [1, "leaves"],
    [1, "pays less"],
  ]);
  const id = { session: session.id };
  const isOrder = session.mode === "payment";
  const isWithBank = session.payment_intent !== null && !isPayable(stripe.world.intent(session.payment_intent));
  if (isWithBank) return `${session.id} waits for its bank`;
  if (act === "pays" || (!isOrder && act !== "leaves" && act !== "declined")) stripe.paySession(id);
  else if (act === "declined") stripe.declineSession(id);
  else if (act === "bank works") stripe.paySessionLater(id);
  else if (act === "must prove") stripe.requireActionOnSession(id);
  else if (act === "leaves") stripe.expireSession(id);
  else {
    // Pages of ours take no codes: one day somebody changes that, and an order is paid with less than it costs.
    stripe.world.session(session.id).allow_promotion_codes = true;
    stripe.paySession({ ...id, discountAmount: 100 });
  }
  const { payment_intent: intent } = stripe.world.session(session.id);
  if (intent !== null) play.payable.add(intent);
  play.note(`${session.mode} page: ${act}`);
  return `${session.id} ${act}`;
}

function isPayable({ status }: Wire.PaymentIntent): boolean {
  return status === "requires_payment_method" || status === "requires_confirmation";
}

export async function returnFromPage(play: Play, chance: Chance): Promise<string> {
  const id = chance.pickOrNull([...play.payable].filter((one) => one.startsWith("cs_")));
  if (id === null) return "no page to come back from";
  const outcome = await play.world.processes.run("return from page", play.fate(chance), () =>
    visitCheckout(play.world.context({ kind: "anonymous" }), id),
  );
  play.note(`returns from page: ${outcome.kind === "answered" ? outcome.value.outcome : play.wordOf(outcome)}`);
  return play.wordOf(outcome);
}

/** What customers do at our side. A change with the same key is the same change. */
export async function changeOwnPlan(play: Play, chance: Chance): Promise<string> {
  const subscribers = play.world.rows<{ tenant_id: string }>("SELECT DISTINCT tenant_id FROM subscriptions");
  const isSubscriber = ({ tenantId }: Tenant) => subscribers.some(({ tenant_id }) => tenant_id === tenantId);
  const { tenants } = play.world;
  const tenant = chance.pickOrNull(tenants.filter(isSubscriber)) ?? chance.pick(tenants);
  const plan = drawPlan(chance);
  const key = `change_${chance.below(1_000_000)}`;
  const isEnd = chance.is(0.4);
  const outcome = await play.world.request(tenant, "changes plan", play.fate(chance), (context) =>
    isEnd ? cancelSubscription(context) : changePlan(context, { plan, idempotencyKey: key }),
  );
  const word = play.wordOf(outcome);
  play.note(`${isEnd ? "cancels" : "changes plan"} ${word}`);
  return `${tenant.name} ${isEnd ? "cancels" : `changes to ${plan}`}: ${word}`;
}

/** What happens to a subscription at Stripe: cards that stop paying, the portal, the dashboard. */
export function moveSubscription(play: Play, chance: Chance): string {
  const { stripe } = play.world.providers;
  const alive = stripe.world
    .all<Wire.Subscription>("subscription")
    .filter(({ status }) => !["canceled", "incomplete_expired", "incomplete"].includes(status));
  const subscription = chance.pickOrNull(alive);
  if (subscription === null) return "nobody subscribes";
  const { id, status } = subscription;
  const act = chance.weighted([
    [5, "card stops paying"],
    [3, "card pays again"],
    [2, "ends now"],
    [2, "ends with its period"],
    [1, "goes on"],
    [1, "paused"],
    [1, "pays the open invoice"],
  ]);
  const mood = act === "card stops paying" ? "card_declined" : "pays";
  if (act.startsWith("card")) stripe.setCard({ customer: subscription.customer, mood });
  else if (act === "ends now") stripe.cancelSubscription({ subscription: id, when: "now" });
  else if (act === "ends with its period") stripe.cancelSubscription({ subscription: id, when: "period_end" });
  else if (act === "goes on" && status === "active") stripe.keepSubscription({ subscription: id });
  else if (act === "goes on" && status === "paused") stripe.resumeSubscription({ subscription: id });
  else if (act === "paused" && status === "active") stripe.pauseSubscription({ subscription: id });
  else if (act === "pays the open invoice") payOpenInvoice(play, subscription);
  play.note(`subscription ${act}`);
  return `${id} (${status}): ${act}`;
}

function payOpenInvoice({ world }: Play, { id }: Wire.Subscription): void {
  const { stripe } = world.providers;
  const open = stripe.world
    .all<Wire.Invoice>("invoice")
    .find(({ status, parent }) => status === "open" && parent?.subscription_details?.subscription === id);
  if (open !== undefined) stripe.payInvoice({ invoice: open.id });
}
