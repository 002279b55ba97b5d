/** What can happen to a ledger, as fast-check draws it. Steps name things by number, and get their meaning when they run. */
import fc from "fast-check";
import type { HoldRequest } from "../../src/core/credits/ledger.ts";
import { type Amounts, type Call, type ClaimCall, type LedgerModel, nextMonth, type OnceCall } from "./ledger-model.ts";
import type { CrashMoment, HistoryWeather } from "./ledger-world.ts";

type CallSpec =
  /** `pays`: the payment, when it is not the one of its own number. */
  | {
      kind: "grant";
      id: number;
      type: "purchase" | "topup" | "bonus";
      credits: number;
      bonus: number | null;
      pays: number | null;
    }
  | { kind: "adjust"; id: number; credits: number }
  | { kind: "waive"; id: number }
  /** Of a payment that was granted, or of one that nobody knows; `id` is a claim's number, or that of another operation. */
  | { kind: "reclaim"; id: number; of: "claim" | "operation"; pick: number; amount: number; isPaidOtherwise: boolean }
  | { kind: "restore"; id: number; of: "claim" | "operation"; pick: number }
  /** The claim that was made, on the payment that it was made on. */
  | { kind: "restore_made"; pick: number }
  | { kind: "freeze" | "unfreeze"; id: number }
  | { kind: "hold"; id: number; credits: number; plan: HoldRequest["plan"]; usage: Amounts }
  | { kind: "capture"; pick: number; quarters: number; usageQuarters: number; excess: "none" | "credits" | "images" }
  | { kind: "release"; pick: number }
  /** An earlier request, once more. */
  | { kind: "again"; pick: number }
  /** The id of an earlier one, with another request. */
  | { kind: "reuse"; pick: number; change: "credits" | "description" | "usage" };

export type Step =
  | { do: "call"; call: CallSpec }
  | { do: "burst"; calls: CallSpec[]; drains: number }
  | { do: "crash"; call: CallSpec; moment: CrashMoment }
  | { do: "evict" }
  | { do: "weather"; weather: HistoryWeather }
  | { do: "alarm"; times: number }
  | { do: "drain"; times: number }
  | { do: "clock"; to: "second" | "hour" | "before_midnight" | "midnight" | "before_month" | "month" };

const usage = fc.record(
  {
    images: fc.constantFrom(0, 1, 240, 270, 270),
    speech_seconds: fc.constantFrom(0, 1, 60, 25_000, 45_000, 45_000),
    render_seconds: fc.constantFrom(0, 1, 60, 9000, 20_000, 20_000, 20_000),
  },
  // What crosses into an object has an ordinary prototype.
  { noNullPrototype: true },
);
const pick = fc.nat(1000);
const quarters = fc.nat(4);
const claimIds = fc.constantFrom("claim", "claim", "claim", "claim", "claim", "claim", "operation");

const call: fc.Arbitrary<CallSpec> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("grant"),
      id: fc.nat(60),
      type: fc.constantFrom("purchase", "topup", "bonus"),
      credits: fc.integer({ min: 1, max: 30 }),
      bonus: fc.option(fc.nat(8)),
      pays: fc.option(fc.nat(60), { freq: 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("adjust"),
      id: fc.nat(60),
      credits: fc.integer({ min: -12, max: 12 }).filter((credits) => credits !== 0),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("waive"), id: fc.nat(200) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant("reclaim"),
      id: fc.nat(20),
      of: claimIds,
      pick,
      amount: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(50, 999, 999)),
      isPaidOtherwise: fc.constantFrom(false, false, false, false, false, false, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("restore"), id: fc.nat(20), of: claimIds, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("restore_made"), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("freeze"), id: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("unfreeze"), id: fc.nat(3) }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("hold"),
      id: fc.nat(60),
      credits: fc.nat(12),
      plan: fc.constantFrom("free", "free", "pro", "premium", "enterprise"),
      usage,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("capture"),
      pick,
      quarters,
      usageQuarters: quarters,
      excess: fc.constantFrom("none", "none", "none", "none", "credits", "images"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("release"), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("again"), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("reuse"),
      pick,
      change: fc.constantFrom("credits", "description", "usage"),
    }),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant("call"), call }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("burst"),
      calls: fc.array(call, { minLength: 2, maxLength: 10 }),
      drains: fc.nat(2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("crash"),
      call,
      moment: fc.constantFrom("before_commit", "after_commit", "killed"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("evict") }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("weather"), weather: fc.constantFrom("up", "down", "answer_lost") }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("alarm"), times: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("drain"), times: fc.integer({ min: 1, max: 2 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("clock"),
      to: fc.constantFrom("second", "hour", "before_midnight", "midnight", "before_month", "month"),
    }),
  },
);

export const schedule = fc.array(step, { minLength: 1, maxLength: 40, size: "max" });

/** A second before the last midnight but one of a January: days and months end early in every schedule. */
export const firstMomentMs = Date.UTC(2031, 0, 30, 23, 59, 59);

export function advance(nowMs: number, to: Extract<Step, { do: "clock" }>["to"]): number {
  const dayMs = 86_400_000;
  const midnight = (Math.floor(nowMs / dayMs) + 1) * dayMs;
  switch (to) {
    case "second":
      return nowMs + 1000;
    case "hour":
      return nowMs + 3_600_000;
    case "before_midnight":
      return midnight - 1;
    case "midnight":
      return midnight;
    case "before_month":
      return nextMonth(nowMs) - 1;
    case "month":
      return nextMonth(nowMs);
  }
}

/** The call that a drawn one stands for, given what has happened so far. */
export function resolveCall(spec: CallSpec, model: LedgerModel): Call {
  switch (spec.kind) {
    case "grant":
      return resolveGrant(spec);
    case "adjust":
      return { verb: "adjust", request: { id: `op_${spec.id}`, credits: spec.credits, description: "By hand" } };
    case "waive":
      return { verb: "waive", request: { id: `op_${spec.id}`, description: "Waived" } };
    case "hold": {
      const { id, credits, plan, usage } = spec;
      return { verb: "hold", request: { id: `op_${id}`, credits, plan, usage, description: "Video" } };
    }
    case "release":
      return { verb: "release", request: { holdId: pickHold(spec.pick, model), reason: "The video failed" } };
    case "capture":
      return resolveCapture(spec, model);
    case "reclaim":
    case "restore":
    case "restore_made":
      return resolveClaim(spec, model);
    case "freeze":
      return { verb: "freeze", request: { id: `dispute_${spec.id}`, reason: "A payment is disputed" } };
    case "unfreeze":
      return { verb: "unfreeze", request: { id: `dispute_${spec.id}` } };
    case "again":
    case "reuse": {
      const earlier = [...[...model.answers.values()].map(({ call }) => call), ...model.claimCalls];
      const picked = earlier[spec.pick % Math.max(1, earlier.length)];
      if (picked === undefined) return resolveGrant(firstGrant);
      return spec.kind === "again" ? picked : otherRequest(picked, spec.change);
    }
  }
}

function resolveGrant({ id, type, credits, bonus, pays }: Extract<CallSpec, { kind: "grant" }>): Call {
  const ofPayment = { description: "Credits", paymentId: `pay_${pays ?? id}` };
  return {
    verb: "grant",
    request: { id: `op_${id}`, type, credits, ...(bonus === null ? {} : { bonus }), ...ofPayment },
  };
}

function resolveClaim(
  spec: Extract<CallSpec, { kind: "reclaim" | "restore" | "restore_made" }>,
  model: LedgerModel,
): ClaimCall {
  if (spec.kind === "restore_made") {
    const made = [...model.claims].filter(([, claim]) => claim.restored === null);
    const [id, { paymentId }] = made[spec.pick % Math.max(1, made.length)] ?? ["claim_0", { paymentId: "pay_nobody" }];
    return { verb: "restore", request: { id, paymentId, description: "Given back" } };
  }
  const id = `${spec.of === "claim" ? "claim" : "op"}_${spec.id}`;
  const payments = [...model.payments.keys()];
  const picked = payments[Math.floor(spec.pick / 10) % Math.max(1, payments.length)];
  const paymentId = spec.pick % 10 === 9 ? "pay_nobody" : (picked ?? "pay_nobody");
  // Mostly the payment that the claim was made on, if it was.
  const known = model.claims.get(id)?.paymentId;
  const claim = { id, paymentId: spec.pick % 10 < 6 ? (known ?? paymentId) : paymentId };
  if (spec.kind === "restore") return { verb: "restore", request: { ...claim, description: "Given back" } };
  const number = Number(claim.paymentId.split("_").at(-1));
  const paid = 30 + (((Number.isNaN(number) ? 0 : number) * 17) % 71) + (spec.isPaidOtherwise ? 1 : 0);
  return { verb: "reclaim", request: { ...claim, amount: spec.amount, paid, description: "Taken back" } };
}

/** The same id, and a request that differs in one field. */
function otherRequest(first: OnceCall | ClaimCall, change: "credits" | "description" | "usage"): Call {
  if (first.verb === "waive") return { verb: "waive", request: { ...first.request, description: "Other words" } };
  if (first.verb === "restore") {
    return { verb: "restore", request: { ...first.request, paymentId: "pay_other" } };
  }
  if (first.verb === "reclaim") {
    const { amount, paymentId } = first.request;
    const other = change === "credits" ? { amount: amount + 1 } : change === "usage" ? { paymentId: "pay_other" } : {};
    // Other words for the same claim are no other claim.
    return { verb: "reclaim", request: { ...first.request, ...other, paymentId: other.paymentId ?? paymentId } };
  }
  const description = change === "description" ? "Other words" : first.request.description;
  if (first.verb === "adjust") {
    const credits = first.request.credits + (change === "credits" ? 20 : 0);
    const words = change === "usage" ? "Words of another use" : description;
    return { verb: "adjust", request: { ...first.request, credits, description: words } };
  }
  const credits = first.request.credits + (change === "credits" ? 1 : 0);
  if (first.verb === "grant") {
    const paymentId = change === "usage" ? { paymentId: "pay_other" } : {};
    return { verb: "grant", request: { ...first.request, credits, description, ...paymentId } };
  }
  const { usage } = first.request;
  const images = usage.images + (change === "usage" ? 1 : 0);
  return { verb: "hold", request: { ...first.request, credits, description, usage: { ...usage, images } } };
}

const firstGrant = { kind: "grant", id: 0, type: "bonus", credits: 10, bonus: null, pays: null } as const;

function resolveCapture(spec: Extract<CallSpec, { kind: "capture" }>, model: LedgerModel): Call {
  const holdId = pickHold(spec.pick, model);
  const held = model.holds.get(holdId)?.request;
  const part = (amount: number | undefined, of4: number) => Math.floor(((amount ?? 0) * of4) / 4);
  return {
    verb: "capture",
    request: {
      holdId,
      credits: spec.excess === "credits" ? (held?.credits ?? 0) + 1 : part(held?.credits, spec.quarters),
      usage: {
        images: spec.excess === "images" ? (held?.usage.images ?? 0) + 1 : part(held?.usage.images, spec.usageQuarters),
        speech_seconds: part(held?.usage.speech_seconds, spec.usageQuarters),
        render_seconds: part(held?.usage.render_seconds, spec.usageQuarters),
      },
    },
  };
}

/** Mostly a hold that is open, else any, and now and then one that nobody made. */
function pickHold(pick: number, model: LedgerModel): string {
  const all = [...model.holds];
  const open = all.filter(([, hold]) => hold.status === "held");
  const among = pick % 10 < 6 && open.length > 0 ? open : all;
  if (pick % 10 === 9) return "op_nobody_made";
  return among[Math.floor(pick / 10) % Math.max(1, among.length)]?.[0] ?? "op_nobody_made";
}
