/**
 * The ledger as it ought to be, written a second time from product.md and in the plainest way: everything is added up
 * afresh from what happened. It shares no rule with the code under test.
 */
import type { GrantRequest, HoldRequest } from "../../src/core/credits/ledger.ts";

export const metrics = ["images", "speech_seconds", "render_seconds"] as const;
export type Metric = (typeof metrics)[number];
export type Amounts = Record<Metric, number>;

export type Call =
  | { verb: "grant"; request: GrantRequest }
  | { verb: "hold"; request: HoldRequest }
  | { verb: "capture"; request: { holdId: string; credits: number; usage: Amounts } }
  | { verb: "release"; request: { holdId: string; reason: string } };

/** Whatever fields an answer of the ledger has; these are the ones the model reads. */
export type Told = {
  ok: boolean;
  isRepeat?: boolean;
  code?: string;
  metric?: string;
  status?: string;
  [field: string]: unknown;
};
export type Answer = Told | "throws";

type Line = { type: string; amount: number; balanceAfter: number; videoId: string | null };
export type ModelHold = {
  request: HoldRequest;
  day: string;
  month: string;
  status: "held" | "captured" | "released";
  charged: { credits: number; usage: Amounts };
  answer: Told;
};

const dailyLimits = { free: 3, pro: 20, premium: 50, enterprise: null };
const factors = { free: 1, pro: 5, premium: 10, enterprise: null };
const monthlyQuotas: Amounts = { images: 500, speech_seconds: 60_000, render_seconds: 30_000 };

const dayOf = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 10);
const monthOf = (nowMs: number) => new Date(nowMs).toISOString().slice(0, 7);
const dayMs = 86_400_000;
const nextDay = (nowMs: number) => (Math.floor(nowMs / dayMs) + 1) * dayMs;

export function nextMonth(nowMs: number): number {
  let atMs = nextDay(nowMs);
  while (monthOf(atMs) === monthOf(nowMs)) atMs += dayMs;
  return atMs;
}

export class LedgerModel {
  readonly lines: Line[] = [];
  readonly holds = new Map<string, ModelHold>();
  readonly answers = new Map<string, { call: Call; answer: Told }>();

  get balance(): number {
    return this.lines.reduce((sum, line) => sum + line.amount, 0);
  }

  get held(): number {
    return [...this.holds.values()].reduce((sum, hold) => sum + (hold.status === "held" ? hold.request.credits : 0), 0);
  }

  get totalPurchased(): number {
    const bought = this.lines.filter((line) => line.type === "purchase" || line.type === "topup");
    return bought.reduce((sum, line) => sum + line.amount, 0);
  }

  /** What the ledger should answer; and from here on the call has happened. */
  apply(call: Call, nowMs: number): Answer {
    if (call.verb === "grant" || call.verb === "hold") return this.applyOnce(call, nowMs);
    return this.settle(call);
  }

  daily(plan: HoldRequest["plan"], nowMs: number) {
    const used = [...this.holds.values()].filter(
      (hold) => hold.day === dayOf(nowMs) && hold.status !== "released",
    ).length;
    return { used, limit: dailyLimits[plan], resetsAtMs: nextDay(nowMs) };
  }

  monthly(plan: HoldRequest["plan"], nowMs: number) {
    return metrics.map((metric) => {
      const factor = factors[plan];
      let used = 0;
      for (const hold of this.holds.values()) {
        if (hold.month === monthOf(nowMs)) used += usageOf(hold)[metric];
      }
      return {
        metric,
        used,
        limit: factor === null ? null : monthlyQuotas[metric] * factor,
        resetsAtMs: nextMonth(nowMs),
      };
    });
  }

  private applyOnce(call: Extract<Call, { verb: "grant" | "hold" }>, nowMs: number): Answer {
    const earlier = this.answers.get(call.request.id);
    if (earlier !== undefined) {
      if (!isSame(earlier.call, call)) return { ok: false, code: "id_reused" };
      return earlier.answer.ok ? { ...earlier.answer, isRepeat: true } : earlier.answer;
    }
    const answer = call.verb === "grant" ? this.grant(call.request) : this.hold(call.request, nowMs);
    this.answers.set(call.request.id, { call, answer });
    return answer;
  }

  private grant(request: GrantRequest): Told {
    this.write(request.type, request.credits, null);
    return { ok: true, balance: this.balance, isRepeat: false };
  }

  private hold(request: HoldRequest, nowMs: number): Told {
    const daily = { ...this.daily(request.plan, nowMs), metric: "videos_per_day" };
    for (const { metric, used, limit, resetsAtMs } of [daily, ...this.monthly(request.plan, nowMs)]) {
      const more = metric === "videos_per_day" ? 1 : request.usage[metric as Metric];
      if (limit !== null && more > 0 && used + more > limit) {
        return { ok: false, code: "quota_exceeded", metric, used, limit, resetsAtMs };
      }
    }
    if (request.credits > this.balance) {
      return { ok: false, code: "insufficient_credits", needed: request.credits, available: this.balance };
    }
    this.write("usage", -request.credits, request.id);
    const none = { credits: 0, usage: { images: 0, speech_seconds: 0, render_seconds: 0 } };
    const windows = { day: dayOf(nowMs), month: monthOf(nowMs) };
    this.holds.set(request.id, { request, ...windows, status: "held", charged: none, answer: { ok: true } });
    return { ok: true, balance: this.balance, daily: this.daily(request.plan, nowMs), isRepeat: false };
  }

  private settle(call: Extract<Call, { verb: "capture" | "release" }>): Answer {
    const hold = this.holds.get(call.request.holdId);
    if (hold === undefined) return { ok: false, code: "unknown_hold" };
    if (hold.status !== "held") return { ...hold.answer, isRepeat: true };
    if (call.verb === "capture") {
      const { credits, usage } = call.request;
      const isTooMuch =
        credits > hold.request.credits || metrics.some((metric) => usage[metric] > hold.request.usage[metric]);
      if (isTooMuch) return "throws";
      hold.charged = { credits, usage };
    }
    hold.status = call.verb === "capture" ? "captured" : "released";
    this.write("refund", hold.request.credits - hold.charged.credits, hold.request.id);
    hold.answer = { ok: true, status: hold.status, creditsCharged: hold.charged.credits, balance: this.balance };
    return { ...hold.answer, isRepeat: false };
  }

  private write(type: string, amount: number, videoId: string | null): void {
    if (amount !== 0) this.lines.push({ type, amount, balanceAfter: this.balance + amount, videoId });
  }
}

/** What a hold counts for in its month now: all of it while it is open, what it used once captured, nothing when released. */
export function usageOf(hold: Pick<ModelHold, "status" | "request" | "charged">): Amounts {
  return hold.status === "held" ? hold.request.usage : hold.charged.usage;
}

function isSame(one: Call, other: Call): boolean {
  const fields = (call: Call) => JSON.stringify(Object.entries({ verb: call.verb, ...call.request }).sort());
  return fields(one) === fields(other);
}
