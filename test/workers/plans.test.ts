import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type MeAnswer, meAnswer } from "../../src/contract/accounts.ts";
import { balanceAnswer } from "../../src/contract/credits.ts";
import { plansAnswer, type SubscriptionAnswer, subscriptionAnswer } from "../../src/contract/plans.ts";
import { videoAccepted } from "../../src/contract/videos.ts";
import { recordClaim } from "../../src/core/payments/settle-claim.ts";
import { endPlanPeriod, resumePlanPeriod } from "../../src/core/plans/end-plan-period.ts";
import { givePlan } from "../../src/core/plans/give-plan.ts";
import { dayMs, type Plan, planPrices } from "../../src/core/plans/plans.ts";
import { refuseCoveredPlan } from "../../src/core/plans/refuse-covered-plan.ts";
import { type Purchase, schedulePurchases } from "../../src/core/plans/schedule.ts";
import { startPlanPeriod } from "../../src/core/plans/start-plan-period.ts";
import { insertPurchaseStatement, listPurchases } from "../../src/core/plans/store.ts";
import { newClient, read, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { at } from "../support/later.ts";
import { newContext, payFor, requirePaymentRow, signUpOperator } from "../support/payment-rows.ts";
import { bodyOf, setPlan, tenantIdOf } from "../support/videos.ts";

afterEach(() => vi.useRealTimers());

const planOf = async (tenant: Tenant): Promise<MeAnswer["tenant"]["plan"]> =>
  read(await tenant.get("/api/auth/me"), 200, meAnswer).tenant.plan;
const subscriptionOf = async (tenant: Tenant): Promise<SubscriptionAnswer> =>
  read(await tenant.get("/api/billing/subscription"), 200, subscriptionAnswer);
const iso = (ms: number) => new Date(ms).toISOString();

let bought = 0;
/** 30 days of a plan by M-Pesa, paid now. */
async function buy(tenant: Tenant, plan: Plan) {
  bought += 1;
  return payFor(tenant, {
    provider: "mpesa",
    purpose: "plan",
    packageId: null,
    plan,
    credits: 0,
    amount: planPrices[plan]?.KES ?? 0,
    currency: "KES",
    phone: `2547${String(bought).padStart(8, "0")}`,
  });
}

type Period = { id: string; plan: Plan; startsAtMs: number; paidUntilMs: number; accessUntilMs: number };
async function periodsOf(tenantId: string): Promise<Period[]> {
  const query = env.DB.prepare(
    "SELECT id, plan, starts_at_ms AS startsAtMs, paid_until_ms AS paidUntilMs, access_until_ms AS accessUntilMs FROM plan_periods WHERE tenant_id = ? ORDER BY id",
  );
  return (await query.bind(tenantId).all<Period>()).results;
}

async function auditOf(target: string, action: string) {
  const query = env.DB.prepare("SELECT actor, details FROM audit_log WHERE target = ? AND action = ?");
  const { results } = await query.bind(target, action).all<{ actor: string; details: string | null }>();
  return results.map(({ actor, details }) => ({ actor, ...JSON.parse(details ?? "{}") }));
}

describe("GET /api/billing/plans", () => {
  it("tells anybody what each plan costs and allows", async () => {
    const { data } = read(await newClient().get("/api/billing/plans"), 200, plansAnswer);
    const row = (id: string) => {
      const { prices, videos_per_day: perDay, quotas, credits, features } = data.find((one) => one.id === id) ?? {};
      const limits = quotas?.map(({ metric, limit }) => `${metric} ${limit}`);
      return [prices?.USD.amount, prices?.KES.amount, perDay, limits?.join(", "), credits, features?.join(", ")];
    };
    const quotas = (factor: number) =>
      `images ${500 * factor}, speech_seconds ${60_000 * factor}, render_minutes ${500 * factor}, storage_gb ${100 * factor}, uploads ${500 * factor}`;
    const endless = "images null, speech_seconds null, render_minutes null, storage_gb null, uploads null";
    const pro = "4k, publishing, priority_queue";
    expect(data.map(({ id }) => id)).toEqual(["free", "pro", "premium", "enterprise"]);
    expect(row("free")).toEqual([0, 0, 3, quotas(1), "as_bought", ""]);
    expect(row("pro")).toEqual([799, 1000_00, 20, quotas(5), "as_bought", pro]);
    expect(row("premium")).toEqual([1999, 2500_00, 50, quotas(10), "videos_free", `${pro}, priority_support`]);
    expect(row("enterprise")).toEqual([undefined, undefined, null, endless, "videos_free", `${pro}, priority_support`]);
    expect(data.every((plan) => !("is_own" in plan))).toBe(true);
  });

  it("marks the caller's own", async () => {
    const amina = await signUp();
    await setPlan(amina, "pro");
    const { data } = read(await amina.get("/api/billing/plans"), 200, plansAnswer);
    expect(data.filter((plan) => plan.is_own).map(({ id }) => id)).toEqual(["pro"]);
  });
});

describe("GET /api/billing/subscription", () => {
  it("of a new user is the free plan, and nothing else", async () => {
    expect(await subscriptionOf(await signUp())).toEqual({
      plan: "free",
      status: "active",
      current_period_end: null,
      customer_id: null,
      cancel_at_period_end: false,
      provider: null,
      next: null,
    });
  });

  it("of a plan by M-Pesa says until when, then that it is past due, and then is free again: with nothing that runs", async () => {
    const queue = holdQueue();
    const startMs = Date.UTC(2033, 0, 10, 12);
    const amina = await at(await signUp({ send: queue.send }), startMs);
    await buy(amina, "pro");
    const endMs = startMs + 30 * dayMs;
    const pro = { plan: "pro", current_period_end: iso(endMs), cancel_at_period_end: true, provider: "mpesa" } as const;
    const none = { customer_id: null, next: null };
    expect(await subscriptionOf(amina)).toEqual({ ...pro, ...none, status: "active" });
    expect(await planOf(amina)).toBe("pro");

    expect(await subscriptionOf(await at(amina, endMs - 1))).toEqual({ ...pro, ...none, status: "active" });
    expect(await subscriptionOf(await at(amina, endMs))).toEqual({ ...pro, ...none, status: "past_due" });
    const lastMs = endMs + 3 * dayMs - 1;
    expect(await subscriptionOf(await at(amina, lastMs))).toMatchObject({ plan: "pro", status: "past_due" });
    expect(await planOf(await at(amina, lastMs))).toBe("pro");
    const lapsed = await at(amina, lastMs + 1);
    expect(await planOf(lapsed)).toBe("free");
    expect(await subscriptionOf(lapsed)).toMatchObject({ plan: "free", status: "active", provider: null });
  });

  it("tells what is paid for already and begins afterwards", async () => {
    const startMs = Date.UTC(2033, 1, 1);
    const amina = await at(await signUp(), startMs);
    await buy(amina, "premium");
    await at(amina, startMs + dayMs);
    await buy(amina, "pro");
    const soon = await at(amina, startMs + 2 * dayMs);
    const endMs = startMs + 30 * dayMs;
    expect(await subscriptionOf(soon)).toMatchObject({
      plan: "premium",
      current_period_end: iso(endMs),
      next: { plan: "pro", starts_at: iso(endMs) },
    });
    expect(await subscriptionOf(await at(amina, endMs))).toMatchObject({ plan: "pro", status: "active", next: null });
  });

  it("of a subscription by card is Stripe's word, also when its grace is over", async () => {
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const nowMs = Date.now();
    const subscribe = (status: string, accessUntilMs: number) =>
      env.DB.batch([
        env.DB.prepare("DELETE FROM subscriptions"),
        env.DB.prepare("DELETE FROM plan_periods WHERE tenant_id = ?").bind(tenantId),
        env.DB.prepare(
          "INSERT INTO subscriptions (id, tenant_id, customer_id, plan, status, item_id, current_period_start_ms, current_period_end_ms, is_cancelled_at_period_end, read_at_ms, created_at_ms) VALUES ('sub_1', ?, 'cus_1', 'pro', ?, 'si_1', 0, ?, 0, 0, 0)",
        ).bind(tenantId, status, nowMs + dayMs),
        env.DB.prepare("INSERT INTO plan_periods VALUES ('sub_1', ?, 'pro', 'stripe', 0, ?, ?, 0)").bind(
          tenantId,
          nowMs + dayMs,
          accessUntilMs,
        ),
        env.DB.prepare("INSERT OR IGNORE INTO stripe_customers VALUES (?, 'cus_1', 0)").bind(tenantId),
      ]);
    const byCard = { customer_id: "cus_1", provider: "stripe", cancel_at_period_end: false, next: null };
    const answer = { ...byCard, current_period_end: iso(nowMs + dayMs) };
    await subscribe("active", nowMs + 4 * dayMs);
    expect(await subscriptionOf(amina)).toEqual({ ...answer, plan: "pro", status: "active" });
    // Days of the same plan by M-Pesa beside it, bought before or since: what goes on charging is what can be ended.
    for (const id of ["pay_0", "zzz_0"])
      await env.DB.prepare("INSERT INTO plan_periods VALUES (?, ?, 'pro', 'mpesa', 0, ?, ?, 0)")
        .bind(id, tenantId, nowMs + 9 * dayMs, nowMs + 9 * dayMs)
        .run();
    expect(await subscriptionOf(amina)).toMatchObject({
      ...answer,
      plan: "pro",
      status: "active",
      next: expect.anything(),
    });
    await subscribe("past_due", nowMs + 4 * dayMs);
    expect(await subscriptionOf(amina)).toEqual({ ...answer, plan: "pro", status: "past_due" });
    await subscribe("past_due", nowMs - 1);
    expect(await subscriptionOf(amina)).toEqual({ ...answer, plan: "free", status: "past_due" });
    await subscribe("canceled", nowMs - 1);
    expect(await subscriptionOf(amina)).toMatchObject({ plan: "free", status: "active", provider: null });
  });
});

describe("the plan of a moment", () => {
  it("is the highest of all that are on, whoever gave it", async () => {
    const startMs = Date.UTC(2033, 2, 1);
    const amina = await at(await signUp(), startMs);
    const tenantId = await tenantIdOf(amina);
    await buy(amina, "pro");
    const operator = await signUpOperator();
    const context = {
      ...newContext(),
      actor: {
        kind: "user" as const,
        userId: operator.session.user.id,
        tenantId: "ten_operator",
        via: { kind: "session" as const, sessionId: "ses_1", authenticatedAtMs: 0 },
        role: "owner" as const,
        plan: "free" as const,
        isAdmin: true,
      },
    };
    const give = (id: string, plan: Plan, untilMs: number | null) =>
      givePlan(context, { id, tenantId, plan, untilMs, reason: "for a friend" });
    await give("per_1", "enterprise", startMs + dayMs);
    expect(await planOf(amina)).toBe("enterprise");
    expect(await planOf(await at(amina, startMs + dayMs))).toBe("pro");
    // What is lower than what is had changes nothing; and a new gift takes the place of the last.
    await give("per_2", "premium", null);
    await give("per_3", "pro", null);
    const later = await at(amina, startMs + 20 * dayMs);
    expect(await planOf(later)).toBe("pro");
    await give("per_4", "free", null);
    // The same again, late: it does not come back, and ends nothing.
    await give("per_2", "premium", null);
    const lapsed = await at(amina, startMs + 33 * dayMs);
    expect(await planOf(lapsed)).toBe("free");
    await give("per_5", "premium", null);
    await give("per_3", "pro", null);
    expect(await planOf(lapsed)).toBe("premium");
    expect(await auditOf(tenantId, "plan.given")).toEqual([
      {
        actor: operator.session.user.id,
        plan: "enterprise",
        reason: "for a friend",
        until: iso(startMs + dayMs),
      },
      ...["premium", "pro", "free", "premium"].map((plan) => ({
        actor: operator.session.user.id,
        plan,
        reason: "for a friend",
      })),
    ]);
  });

  it("decides about 4K, the queue and what videos cost, also when it lapses between quote and submit", async () => {
    const queue = holdQueue();
    const startMs = Date.UTC(2033, 3, 1, 12);
    const amina = await at(await signUp({ send: queue.send }), startMs);
    await buy(amina, "premium");
    const body = { ...bodyOf("plain", 1), resolution: "4k" };
    const lastMs = startMs + 33 * dayMs - 1;
    const soon = await at(amina, lastMs);
    const quoted = JSON.parse((await soon.post("/api/videos/quote", body)).text);
    expect(quoted).toMatchObject({ valid: true, credits: 0 });
    const made = read(await soon.post("/api/videos", body), 202, videoAccepted);
    expect(made).toMatchObject({ credits_used: 0, balance: 10, daily: { used: 1, limit: 50 } });
    expect(queue.waiting.at(-1)?.queue).toBe("shujaa-render-priority");
    expect(read(await soon.get("/api/credits/balance"), 200, balanceAnswer).unlimited).toBe(true);

    vi.useFakeTimers({ toFake: ["Date"], now: lastMs + 1 });
    expect(readProblem(await soon.post("/api/videos", body), "plan_required").plan).toBe("pro");
    const plain = read(await soon.post("/api/videos", bodyOf("plain", 1)), 202, videoAccepted);
    // The day's videos count, whatever plan they were made on.
    expect(plain).toMatchObject({ credits_used: 1, balance: 9, daily: { used: 2, limit: 3 } });
    expect(queue.waiting.at(-1)?.queue).toBe("shujaa-render");
    const usage = JSON.parse((await soon.get("/api/usage")).text);
    expect(usage.daily_videos).toMatchObject({ used: 2, limit: 3 });
    expect(usage.metrics.find((one: { metric: string }) => one.metric === "images").used).toBe(2);
    expect(read(await soon.get("/api/credits/balance"), 200, balanceAnswer).unlimited).toBe(false);
  });
});

describe("plans by M-Pesa", () => {
  const startMs = Date.UTC(2033, 4, 1);
  const paymentOf = (tenantId: string, plan: Plan, day: number, id: string) => ({
    id,
    tenantId,
    plan,
    amount: planPrices[plan]?.KES ?? 0,
    paidAtMs: startMs + day * dayMs,
  });
  let tenants = 0;
  const newTenantId = () => `ten_plans_${++tenants}`;
  const byId = (periods: Period[]) => periods.toSorted((one, other) => (one.id < other.id ? -1 : 1));

  it("are what the rules make of them: renewed, raised, lowered", async () => {
    const tenantId = newTenantId();
    const payments = [
      paymentOf(tenantId, "pro", 0, "pay_a"),
      paymentOf(tenantId, "premium", 10, "pay_b"),
      paymentOf(tenantId, "pro", 12, "pay_c"),
    ];
    for (const payment of payments) await startPlanPeriod(newContext(), payment);
    const day = (days: number) => startMs + days * dayMs;
    expect(await periodsOf(tenantId)).toEqual([
      { id: "pay_a", plan: "pro", startsAtMs: day(0), paidUntilMs: day(10), accessUntilMs: day(10) },
      { id: "pay_b", plan: "premium", startsAtMs: day(10), paidUntilMs: day(48), accessUntilMs: day(48) },
      { id: "pay_c", plan: "pro", startsAtMs: day(48), paidUntilMs: day(78), accessUntilMs: day(81) },
    ]);
  });

  it.each([1, 5, 7, 11, 13, 17])(
    "paid and given back all at once, each three times, end the same in any order (%i)",
    async (step) => {
      const tenantId = newTenantId();
      const payments = Array.from({ length: 6 }, (_, index) =>
        paymentOf(tenantId, index % 2 === 0 ? "pro" : "premium", index * 4, `pay_${tenantId}_${index}`),
      );
      const [, ended, resumed] = payments.map(({ id }) => ({ id, tenantId }));
      if (ended === undefined || resumed === undefined) throw new Error("six payments");
      const context = newContext();
      // 18 starts, in steps that meet every one of them.
      const places = Array.from({ length: 18 }, (_, index) => Math.floor(((index * step) % 18) / 3));
      const shuffled = places.flatMap((place) => payments.slice(place, place + 1));
      expect(shuffled).toHaveLength(18);
      await Promise.all(shuffled.map((one) => startPlanPeriod(context, one)));
      const atMs = startMs + 25 * dayMs;
      vi.useFakeTimers({ toFake: ["Date"], now: atMs });
      await Promise.all([ended, resumed, ended, resumed, ended].map((one) => endPlanPeriod(context, one)));
      await Promise.all([resumed, resumed].map((one) => resumePlanPeriod(context, one)));
      const breaksOf = (id: string) => {
        if (id === ended.id) return [{ endedAtMs: atMs, resumedAtMs: null }];
        return id === resumed.id ? [{ endedAtMs: atMs, resumedAtMs: atMs }] : [];
      };
      const purchases = payments.map(
        ({ id, plan, amount, paidAtMs }): Purchase => ({
          id,
          plan,
          price: amount,
          boughtAtMs: paidAtMs,
          breaks: breaksOf(id),
        }),
      );
      expect(await periodsOf(tenantId)).toEqual(byId(schedulePurchases(purchases)));
    },
  );

  it("write one audit row each, however often they are told", async () => {
    const tenantId = newTenantId();
    const context = newContext();
    const id = `pay_audit_${tenantId}`;
    const payment = paymentOf(tenantId, "pro", 0, id);
    await Promise.all(Array.from({ length: 10 }, () => startPlanPeriod(context, payment)));
    await Promise.all(Array.from({ length: 10 }, () => endPlanPeriod(context, { id, tenantId })));
    await Promise.all(Array.from({ length: 10 }, () => resumePlanPeriod(context, { id, tenantId })));
    for (const action of ["plan.bought", "plan.ended", "plan.resumed"])
      expect(await auditOf(id, action)).toEqual([{ actor: "system", plan: "pro" }]);
  });

  /** Runs `meanwhile` right before the periods are written that were made from what was read before. */
  function interrupted(meanwhile: () => Promise<void>, { diesAfter = false } = {}) {
    const whole = newContext();
    let batches = 0;
    const db = new Proxy(whole.deps.db, {
      get(target, name) {
        if (name !== "batch") return Reflect.get(target, name);
        return async (...statements: Parameters<typeof target.batch>) => {
          batches += 1;
          if (batches === 2) await meanwhile();
          const results = await target.batch(...statements);
          if (diesAfter && batches === 2) throw new Error("the process died");
          return results;
        };
      },
    });
    return { ...whole, deps: { ...whole.deps, db } };
  }

  it("bought while another one is being placed are not overwritten by it", async () => {
    const tenantId = newTenantId();
    const [early, late] = [
      paymentOf(tenantId, "pro", 0, "pay_race_a"),
      paymentOf(tenantId, "premium", 10, "pay_race_b"),
    ];
    const behind = interrupted(() => startPlanPeriod(newContext(), late), { diesAfter: true });
    await expect(startPlanPeriod(behind, early)).rejects.toThrow("died");
    const { deps } = newContext();
    expect(await periodsOf(tenantId)).toEqual(byId(schedulePurchases(await listPurchases(deps, tenantId))));
    expect((await periodsOf(tenantId)).map(({ paidUntilMs }) => (paidUntilMs - startMs) / dayMs)).toEqual([10, 48]);
  });

  it("are on when they were given, though another one is cut off meanwhile", async () => {
    const tenantId = newTenantId();
    const context = newContext();
    const cutOff = async () => {
      const row = {
        id: "pay_cut_b",
        tenantId,
        plan: "pro" as const,
        price: 1,
        boughtAtMs: startMs,
        breaks: [],
        revision: 1,
      };
      await insertPurchaseStatement(context.deps, row);
    };
    await startPlanPeriod(interrupted(cutOff), paymentOf(tenantId, "pro", 0, "pay_cut_a"));
    expect((await periodsOf(tenantId)).map(({ id }) => id)).toEqual(["pay_cut_a", "pay_cut_b"]);
  });

  it("end the same when the process dies anywhere in between, and is tried again", async () => {
    const tenantId = newTenantId();
    const whole = newContext();
    await startPlanPeriod(whole, paymentOf(tenantId, "pro", 0, "pay_crash_a"));
    const payment = paymentOf(tenantId, "premium", 10, "pay_crash_b");
    for (const dies of [1, 2]) {
      let batches = 0;
      const db = new Proxy(whole.deps.db, {
        get(target, name) {
          if (name !== "batch") return Reflect.get(target, name);
          return (...statements: Parameters<typeof target.batch>) => {
            batches += 1;
            if (batches === dies) throw new Error("the process died");
            return target.batch(...statements);
          };
        },
      });
      await expect(startPlanPeriod({ ...whole, deps: { ...whole.deps, db } }, payment)).rejects.toThrow("died");
    }
    expect((await periodsOf(tenantId)).map(({ id }) => id)).toEqual(["pay_crash_a"]);
    await startPlanPeriod(whole, payment);
    expect(await periodsOf(tenantId)).toEqual(byId(schedulePurchases(await listPurchases(whole.deps, tenantId))));
    expect(await periodsOf(tenantId)).toHaveLength(2);
  });

  it("end when their money goes back, and go on when it comes back after all, what waits moving with them", async () => {
    const nowMs = startMs + 60 * dayMs;
    const amina = await at(await signUp(), nowMs);
    const context = newContext();
    const first = await buy(amina, "pro");
    // Two of the very same millisecond come in the order of their ids.
    vi.useFakeTimers({ toFake: ["Date"], now: nowMs + 1 });
    const second = await buy(amina, "pro");
    const claim = (state: "taken" | "returned") => ({
      id: `reversal_${first.id}`,
      kind: "refund" as const,
      amount: first.amount,
      state,
      providerStatus: state,
    });
    await at(amina, nowMs + 10 * dayMs);
    await recordClaim(context, await requirePaymentRow(first.id), claim("taken"));
    const tenantId = await tenantIdOf(await at(amina, nowMs + 10 * dayMs));
    const day = (days: number) => nowMs + days * dayMs;
    const period = async (id: string) => (await periodsOf(tenantId)).find((one) => one.id === id);
    expect(await period(first.id)).toMatchObject({ paidUntilMs: day(10), accessUntilMs: day(10) });
    expect(await period(second.id)).toMatchObject({ startsAtMs: day(10), paidUntilMs: day(40) });

    await at(amina, nowMs + 12 * dayMs);
    await recordClaim(context, await requirePaymentRow(first.id), claim("returned"));
    expect(await period(second.id)).toMatchObject({ startsAtMs: day(10), paidUntilMs: day(40) });
    expect(await period(first.id)).toMatchObject({ paidUntilMs: day(60), accessUntilMs: day(63) });
  });

  it("go on when it turns out that the money comes back while they are being ended", async () => {
    const nowMs = startMs + 90 * dayMs;
    const amina = await at(await signUp(), nowMs);
    const payment = await buy(amina, "pro");
    const claim = { id: `re_${payment.id}`, kind: "refund", amount: payment.amount } as const;
    const whole = newContext();
    let isFirst = true;
    const db = new Proxy(whole.deps.db, {
      get(target, name) {
        if (name !== "batch") return Reflect.get(target, name);
        return async (...statements: Parameters<typeof target.batch>) => {
          if (isFirst) {
            isFirst = false;
            const returned = { ...claim, state: "returned", providerStatus: "failed" } as const;
            await recordClaim(whole, await requirePaymentRow(payment.id), returned);
          }
          return target.batch(...statements);
        };
      },
    });
    const taken = { ...claim, state: "taken", providerStatus: "pending" } as const;
    await recordClaim({ ...whole, deps: { ...whole.deps, db } }, await requirePaymentRow(payment.id), taken);
    expect(await planOf(amina)).toBe("pro");
    expect(await requirePaymentRow(payment.id)).toMatchObject({ refundedAmount: 0 });
  });

  it("whose money went back before they were given never begin", async () => {
    const nowMs = startMs + 120 * dayMs;
    const amina = await at(await signUp(), nowMs);
    const context = newContext();
    const payment = await buy(amina, "pro");
    // Cut off between the payment and its plan.
    await env.DB.batch([
      env.DB.prepare("DELETE FROM plan_purchases WHERE id = ?").bind(payment.id),
      env.DB.prepare("DELETE FROM plan_periods WHERE id = ?").bind(payment.id),
      env.DB.prepare("UPDATE payments SET fulfilled_at_ms = NULL WHERE id = ?").bind(payment.id),
    ]);
    const refund = { id: `re_${payment.id}`, kind: "refund", amount: payment.amount, state: "taken" } as const;
    await recordClaim(context, await requirePaymentRow(payment.id), { ...refund, providerStatus: "0" });
    await startPlanPeriod(context, { ...payment, plan: "pro" });
    expect(await planOf(amina)).toBe("free");
  });

  it("of which a part of the money went back stay", async () => {
    const nowMs = startMs + 180 * dayMs;
    const amina = await at(await signUp(), nowMs);
    const payment = await buy(amina, "pro");
    const part = { id: `re_${payment.id}`, kind: "refund", amount: payment.amount - 1, state: "taken" } as const;
    await recordClaim(newContext(), await requirePaymentRow(payment.id), { ...part, providerStatus: "0" });
    expect(await planOf(amina)).toBe("pro");
  });
});

describe("who has a plan already", () => {
  async function contextOf(tenant: Tenant) {
    const { user, tenant: own } = read(await tenant.get("/api/auth/me"), 200, meAnswer);
    const via = { kind: "session" as const, sessionId: "ses_1", authenticatedAtMs: 0 };
    const base = { kind: "user" as const, userId: user.id, tenantId: own.id, via, isAdmin: false };
    return { ...newContext(), actor: { ...base, role: "owner" as const, plan: "free" as const } };
  }

  it("by M-Pesa may renew it or change it there, and not pay for it by card as well", async () => {
    const amina = await signUp();
    await buy(amina, "pro");
    const context = await contextOf(amina);
    for (const plan of ["pro", "premium"] as const) await refuseCoveredPlan(context, plan, "phone");
    await refuseCoveredPlan(context, "premium", "card");
    await expect(refuseCoveredPlan(context, "pro", "card")).rejects.toThrow(/subscription_active.*by M-Pesa until/);
    // In its grace it is not paid for any more.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30 * dayMs });
    await refuseCoveredPlan(context, "pro", "card");
  });

  it("from an operator does not pay for as much, nor for less", async () => {
    const amina = await signUp();
    await setPlan(amina, "premium");
    const context = await contextOf(amina);
    for (const by of ["card", "phone"] as const) {
      for (const plan of ["pro", "premium"] as const)
        await expect(refuseCoveredPlan(context, plan, by)).rejects.toThrow(/subscription_active.*was given to you/);
      await refuseCoveredPlan(context, "enterprise", by);
    }
  });

  it("by a subscription changes that one", async () => {
    const amina = await signUp();
    const tenantId = await tenantIdOf(amina);
    const subscribe = (status: string) =>
      env.DB.prepare(
        "INSERT OR REPLACE INTO subscriptions (id, tenant_id, customer_id, plan, status, item_id, current_period_start_ms, current_period_end_ms, is_cancelled_at_period_end, read_at_ms, created_at_ms) VALUES ('sub_2', ?, 'cus_2', 'pro', ?, 'si_1', 0, 0, 0, 0, 0)",
      )
        .bind(tenantId, status)
        .run();
    const context = await contextOf(amina);
    for (const status of ["active", "trialing", "past_due"]) {
      await subscribe(status);
      for (const by of ["card", "phone"] as const)
        await expect(refuseCoveredPlan(context, "premium", by)).rejects.toThrow(/subscription_active.*by card/);
    }
    await subscribe("canceled");
    await refuseCoveredPlan(context, "premium", "phone");
  });
});
