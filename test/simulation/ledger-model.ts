/**
 * The ledger as it ought to be, written a second time from product.md and in the plainest way: everything is added up
 * afresh from what happened. It shares no rule with the code under test.
 */
import type {
  AdjustRequest,
  FreezeRequest,
  GrantRequest,
  HoldRequest,
  ReclaimRequest,
  RestoreRequest,
  WaiveRequest,
} from "../../src/core/credits/ledger.ts";

export const metrics = ["images", "speech_seconds", "render_seconds"] as const;
export type Metric = (typeof metrics)[number];
export type Amounts = Record<Metric, number>;

export type OnceCall =
  | { verb: "grant"; request: GrantRequest }
  | { verb: "hold"; request: HoldRequest }
  | { verb: "adjust"; request: AdjustRequest }
  | { verb: "waive"; request: WaiveRequest };
export type ClaimCall = { verb: "reclaim"; request: ReclaimRequest } | { verb: "restore"; request: RestoreRequest };
export type Call =
  | OnceCall
  | ClaimCall
  | { verb: "freeze"; request: FreezeRequest }
  | { verb: "unfreeze"; request: { id: string } }
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
export type Answer = Told | "throws" | "done";

type Line = {
  type: string;
  amount: number;
  balanceAfter: number;
  videoId: string | null;
  paymentId: string | null;
};
type ModelPayment = { credits: number; bonus: number; paid: number | null; moved: number[] };
/** `amount` is null while only its restoring is known. */
type ModelClaim = { paymentId: string; amount: number | null; reclaimed: Told | null; restored: Told | null };
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
  readonly answers = new Map<string, { call: OnceCall; answer: Told }>();
  readonly payments = new Map<string, ModelPayment>();
  readonly claims = new Map<string, ModelClaim>();
  /** Every claim that was answered for the first time, and its restoring. */
  readonly claimCalls: ClaimCall[] = [];
  readonly freezes = new Map<string, boolean>();
  /** What made the debt grow, and what made it less. */
  readonly debts: number[] = [];

  get balance(): number {
    return this.lines.reduce((sum, line) => sum + line.amount, 0);
  }

  get owed(): number {
    return this.debts.reduce((sum, debt) => sum + debt, 0);
  }

  get isFrozen(): boolean {
    return [...this.freezes.values()].includes(true);
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
    switch (call.verb) {
      case "reclaim":
        return this.reclaim(call);
      case "restore":
        return this.restore(call);
      case "freeze":
        if (!this.freezes.has(call.request.id)) this.freezes.set(call.request.id, true);
        return "done";
      case "unfreeze":
        this.freezes.set(call.request.id, false);
        return "done";
      case "capture":
      case "release":
        return this.settle(call);
      default:
        return this.applyOnce(call, nowMs);
    }
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

  history() {
    const days = new Map<string, Amounts & { day: string; videos: number; credits: number }>();
    for (const hold of this.holds.values()) {
      if (hold.status === "released") continue;
      const none = { day: hold.day, videos: 0, images: 0, speech_seconds: 0, render_seconds: 0, credits: 0 };
      const total = days.get(hold.day) ?? none;
      total.videos += 1;
      total.credits += hold.status === "held" ? hold.request.credits : hold.charged.credits;
      for (const metric of metrics) total[metric] += usageOf(hold)[metric];
      days.set(hold.day, total);
    }
    return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  /** Whole credits of a payment that the claims which stand now are worth, counted one by one. */
  claimed(paymentId: string): number {
    const payment = this.payments.get(paymentId);
    if (payment === undefined || payment.paid === null) return 0;
    const granted = payment.credits + payment.bonus;
    let money = 0;
    for (const claim of this.claims.values()) {
      if (claim.paymentId === paymentId && claim.restored === null) money += claim.amount ?? 0;
    }
    let credits = 0;
    while (credits < granted && (credits + 1) * payment.paid <= granted * money) credits += 1;
    return credits;
  }

  taken(paymentId: string): number {
    return (this.payments.get(paymentId)?.moved ?? []).reduce((sum, moved) => sum + moved, 0);
  }

  private applyOnce(call: OnceCall, nowMs: number): Answer {
    const { id } = call.request;
    const earlier = this.answers.get(id);
    if (this.claims.has(id)) return { ok: false, code: "id_reused" };
    if (earlier !== undefined) {
      if (!isSame(earlier.call, call)) return { ok: false, code: "id_reused" };
      return earlier.answer.ok ? { ...earlier.answer, isRepeat: true } : earlier.answer;
    }
    const answer = this.decide(call, nowMs);
    if (answer.code !== "id_reused") this.answers.set(id, { call, answer });
    return answer;
  }

  private decide(call: OnceCall, nowMs: number): Told {
    switch (call.verb) {
      case "grant":
        return this.grant(call.request);
      case "hold":
        return this.hold(call.request, nowMs);
      case "adjust":
        return this.adjust(call.request);
      case "waive": {
        const waived = this.owed;
        this.debts.push(-waived);
        return { ok: true, waived, isRepeat: false };
      }
    }
  }

  private grant(request: GrantRequest): Told {
    const { type, credits, bonus = 0, paymentId = null } = request;
    if (paymentId !== null && this.payments.has(paymentId)) return { ok: false, code: "id_reused" };
    if (paymentId !== null) this.payments.set(paymentId, { credits, bonus, paid: null, moved: [] });
    this.write(type, credits, { paymentId });
    this.write("bonus", bonus, { paymentId });
    this.collect();
    return { ok: true, balance: this.balance, isRepeat: false };
  }

  private adjust({ credits }: AdjustRequest): Told {
    if (this.balance + credits < 0) {
      return { ok: false, code: "insufficient_credits", needed: -credits, available: this.balance };
    }
    this.write("adjustment", credits, {});
    this.collect();
    return { ok: true, balance: this.balance, isRepeat: false };
  }

  private reclaim(call: Extract<ClaimCall, { verb: "reclaim" }>): Told {
    const { id, paymentId, amount, paid } = call.request;
    const claim = this.claims.get(id);
    if (this.answers.has(id) || (claim !== undefined && claim.paymentId !== paymentId)) {
      return { ok: false, code: "id_reused" };
    }
    const payment = this.payments.get(paymentId);
    if (payment === undefined) return { ok: false, code: "unknown_payment" };
    if ((claim?.amount ?? amount) !== amount || (payment.paid ?? paid) !== paid)
      return { ok: false, code: "id_reused" };
    if (claim !== undefined && claim.reclaimed !== null) return { ...claim.reclaimed, isRepeat: true };
    payment.paid = paid;
    const made = claim ?? { paymentId, amount, reclaimed: null, restored: null };
    made.amount = amount;
    this.claims.set(id, made);
    this.claimCalls.push(call);

    const before = this.taken(paymentId);
    const taken = this.claimed(paymentId) - before;
    payment.moved.push(taken);
    // The bonus goes first, and credit by credit: what is there from the balance, and what is not becomes a debt.
    const parts = { bonus: 0, paid: 0, debt: 0 };
    for (let nth = 1; nth <= taken; nth += 1) {
      if (nth > this.balance) parts.debt += 1;
      else parts[before + nth <= payment.bonus ? "bonus" : "paid"] += 1;
    }
    this.write("adjustment", -parts.bonus, { paymentId });
    this.write("adjustment", -parts.paid, { paymentId });
    this.debts.push(parts.debt);
    made.reclaimed = { ok: true, taken, owed: this.owed, balance: this.balance };
    return { ...made.reclaimed, isRepeat: false };
  }

  private restore(call: Extract<ClaimCall, { verb: "restore" }>): Told {
    const { id, paymentId } = call.request;
    const claim = this.claims.get(id);
    const payment = this.payments.get(paymentId);
    const isAnothers = this.answers.has(id) || (claim !== undefined && claim.paymentId !== paymentId);
    if (isAnothers || payment === undefined) return { ok: false, code: "unknown_payment" };
    if (claim !== undefined && claim.restored !== null) return { ...claim.restored, isRepeat: true };
    const made = claim ?? { paymentId, amount: null, reclaimed: null, restored: null };
    made.restored = { ok: true };
    this.claims.set(id, made);
    this.claimCalls.push(call);

    const returned = this.taken(paymentId) - this.claimed(paymentId);
    payment.moved.push(-returned);
    this.write("adjustment", returned, { paymentId });
    this.collect();
    made.restored = { ok: true, returned, owed: this.owed, balance: this.balance };
    return { ...made.restored, isRepeat: false };
  }

  private hold(request: HoldRequest, nowMs: number): Told {
    if (this.isFrozen || this.owed > 0) {
      return { ok: false, code: "account_on_hold", owed: this.owed, reason: this.isFrozen ? "dispute" : "owed" };
    }
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
    this.write("usage", -request.credits, { videoId: request.id });
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
    this.write("refund", hold.request.credits - hold.charged.credits, { videoId: hold.request.id });
    this.collect();
    hold.answer = { ok: true, status: hold.status, creditsCharged: hold.charged.credits, balance: this.balance };
    return { ...hold.answer, isRepeat: false };
  }

  /** Nothing is owed by whoever has credits. */
  private collect(): void {
    const collected = Math.min(this.balance, this.owed);
    this.write("adjustment", -collected, {});
    this.debts.push(-collected);
  }

  private write(type: string, amount: number, of: { videoId?: string; paymentId?: string | null }): void {
    if (amount === 0 && type !== "usage") return;
    const { videoId = null, paymentId = null } = of;
    this.lines.push({ type, amount: amount + 0, balanceAfter: this.balance + amount, videoId, paymentId });
  }
}

/** What a hold counts for in its month now: all of it while it is open, what it used once captured, nothing when released. */
export function usageOf(hold: Pick<ModelHold, "status" | "request" | "charged">): Amounts {
  return hold.status === "held" ? hold.request.usage : hold.charged.usage;
}

/** The plan is not part of what was asked. */
function isSame(one: OnceCall, other: OnceCall): boolean {
  const fields = (call: OnceCall) =>
    JSON.stringify(Object.entries({ verb: call.verb, ...call.request, plan: 0 }).sort());
  return fields(one) === fields(other);
}
