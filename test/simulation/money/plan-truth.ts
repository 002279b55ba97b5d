/** At rest: whoever pays for a plan has it, nobody else does, and each invoice and each purchase stands once. */
import type * as Wire from "../../stand-ins/stripe/wire.ts";
import { demand, demandEqual, sum } from "./demand.ts";
import { time } from "./money-world.ts";
import type { PaymentRow } from "./payment-watch.ts";
import type { Play } from "./play.ts";

const dayMs = 86_400_000;
const purchasedMs = 30 * dayMs;
const graceMs = 3 * dayMs;
/** A page to subscribe on is open for a day. */
const pageSeconds = 24 * 3600;
const ranks = ["free", "pro", "premium", "enterprise"];

type Period = {
  id: string;
  tenant_id: string;
  plan: string;
  source: string;
  starts_at_ms: number;
  paid_until_ms: number;
  access_until_ms: number;
};
type Purchase = { id: string; tenant_id: string; plan: string; breaks: string };

export async function checkPlans(play: Play): Promise<void> {
  const periods = play.world.rows<Period>("SELECT * FROM plan_periods");
  const payments = play.world.rows<PaymentRow>("SELECT * FROM payments WHERE state = 'paid'");
  checkSubscriptions(play, periods);
  checkPairs(play);
  checkInvoices(play, payments);
  checkPurchases(play, periods, payments);
  for (const tenant of play.world.tenants) {
    const { name, tenantId } = tenant;
    const on = periods.filter(
      (one) => one.tenant_id === tenantId && one.starts_at_ms <= time.nowMs && one.access_until_ms > time.nowMs,
    );
    const best = Math.max(0, ...on.map(({ plan }) => ranks.indexOf(plan)));
    const actor = await play.world.actorOf(tenant);
    demandEqual(actor.plan, ranks[best], `${name} is on the highest plan that is on`);
  }
}

function checkSubscriptions({ world }: Play, periods: readonly Period[]): void {
  const customers = world.rows<{ customer_id: string; tenant_id: string }>("SELECT * FROM stripe_customers");
  for (const subscription of world.providers.stripe.world.all<Wire.Subscription>("subscription")) {
    const { id, status, ended_at: endedAt } = subscription;
    const [item] = subscription.items.data;
    const owner = customers.find(({ customer_id }) => customer_id === subscription.customer);
    const period = periods.find((one) => one.id === id);
    if (item === undefined || owner === undefined) throw new Error(`${id} is of nobody`);
    if (period !== undefined) demandEqual(period.tenant_id, owner.tenant_id, `${id} is its buyer's`);
    const untilMs = period?.access_until_ms ?? 0;
    if (status === "active" || status === "trialing") {
      const isEnding = subscription.cancel_at_period_end || subscription.cancel_at !== null;
      const expected = item.current_period_end * 1000 + (isEnding ? 0 : graceMs);
      demandEqual([untilMs, period?.plan], [expected, planOf(item)], `${id} gives its plan while it is ${status}`);
    } else if (status === "past_due") {
      demandEqual(untilMs, item.current_period_start * 1000 + graceMs, `${id} gives some days of grace`);
    } else {
      const endMs = endedAt === null ? time.nowMs : endedAt * 1000;
      demand(untilMs <= endMs, () => `${id} is ${status}, and gives its plan until ${untilMs}`);
    }
  }
}

/** Nobody pays two subscriptions that began together, unless a person was told. */
function checkPairs({ world }: Play): void {
  const on = world.providers.stripe.world
    .all<Wire.Subscription>("subscription")
    .filter(({ status }) => status === "active" || status === "trialing");
  for (const one of on) {
    const twin = on.find(
      ({ id, customer, created }) =>
        id !== one.id && customer === one.customer && Math.abs(created - one.created) < pageSeconds,
    );
    if (twin === undefined) continue;
    const told = world.rows(
      "SELECT p.id FROM payments p JOIN subscriptions s ON s.tenant_id = p.tenant_id WHERE s.id = ? AND p.attention LIKE '%two subscriptions%'",
      one.id,
    );
    demand(told.length > 0, () => `${one.id} and ${twin.id} are both paid for, and nobody was told`);
  }
}

function planOf({ price }: Wire.SubscriptionItem): string | undefined {
  return ranks.find((plan) => price.lookup_key === `shujaa_${plan}_monthly_usd` || price.metadata.shujaa_plan === plan);
}

function checkInvoices({ world }: Play, payments: readonly PaymentRow[]): void {
  const paid = world.providers.stripe.world
    .all<Wire.Invoice>("invoice")
    .filter(({ status, parent }) => status === "paid" && parent?.subscription_details != null);
  const recorded = payments.filter(({ invoice_id }) => invoice_id !== null);
  demandEqual(
    recorded.map(({ invoice_id, amount }) => `${invoice_id} ${amount}`).sort(),
    paid.map(({ id, amount_paid }) => `${id} ${amount_paid}`).sort(),
    "each paid invoice stands among the payments, once",
  );
}

function checkPurchases({ world }: Play, periods: readonly Period[], payments: readonly PaymentRow[]): void {
  const purchases = world.rows<Purchase>("SELECT * FROM plan_purchases");
  const bought = payments.filter(({ plan, provider }) => plan !== null && provider === "mpesa");
  const names = (rows: readonly { id: string; tenant_id: string; plan: string | null }[]) =>
    rows.map(({ id, tenant_id, plan }) => `${id} ${tenant_id} ${plan}`).sort();
  demandEqual(names(purchases), names(bought), "each plan that was paid by phone is given once");
  const ofPhones = periods.filter(({ source }) => source === "mpesa");
  demandEqual(names(ofPhones), names(bought), "each has one period");
  for (const { id, amount } of bought) {
    const away = sum(
      world
        .rows<{ amount: number }>("SELECT amount FROM payment_claims WHERE payment_id = ? AND state = 'taken'", id)
        .map((claim) => claim.amount),
    );
    const breaks = JSON.parse(purchases.find((one) => one.id === id)?.breaks ?? "[]") as {
      resumedAtMs: number | null;
    }[];
    demandEqual(breaks.at(-1)?.resumedAtMs === null, away >= amount, `${id} is on for as long as its money is here`);
  }
  for (const { tenantId } of world.tenants) checkPaidTime(tenantId, purchases, ofPhones);
}

/** Of one plan, whose money never went back, each 30 days are 30 days, one after the other. */
function checkPaidTime(tenantId: string, purchases: readonly Purchase[], periods: readonly Period[]): void {
  const own = purchases.filter((one) => one.tenant_id === tenantId);
  if (own.some(({ breaks, plan }) => breaks !== "[]" || plan !== own[0]?.plan)) return;
  const inOrder = periods
    .filter((one) => one.tenant_id === tenantId)
    .sort((one, other) => one.starts_at_ms - other.starts_at_ms);
  for (const [index, period] of inOrder.entries()) {
    demandEqual(period.paid_until_ms - period.starts_at_ms, purchasedMs, `${period.id} is 30 days`);
    const before = inOrder[index - 1];
    demand(
      before === undefined || before.paid_until_ms <= period.starts_at_ms,
      () => `${period.id} begins while ${before?.id} is on`,
    );
  }
}
