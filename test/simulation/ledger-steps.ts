/** What can happen to a ledger, as fast-check draws it. Steps name things by number, and get their meaning when they run. */
import fc from "fast-check";
import type { HoldRequest } from "../../src/core/credits/ledger.ts";
import { type Amounts, type Call, type LedgerModel, nextMonth } from "./ledger-model.ts";
import type { CrashMoment, HistoryWeather } from "./ledger-world.ts";

type CallSpec =
  | { kind: "grant"; id: number; type: "purchase" | "topup" | "bonus"; credits: number }
  | { kind: "hold"; id: number; credits: number; plan: HoldRequest["plan"]; usage: Amounts }
  | { kind: "capture"; pick: number; quarters: number; usageQuarters: number; excess: "none" | "credits" | "images" }
  | { kind: "release"; pick: number }
  /** An earlier grant or hold, once more. */
  | { kind: "again"; pick: number }
  /** The id of an earlier grant or hold, with another request. */
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
    images: fc.constantFrom(0, 1, 240, 270),
    speech_seconds: fc.constantFrom(0, 1, 60, 25_000, 45_000),
    render_seconds: fc.constantFrom(0, 1, 60, 9000, 20_000),
  },
  // What crosses into an object has an ordinary prototype.
  { noNullPrototype: true },
);
const pick = fc.nat(1000);
const quarters = fc.nat(4);

const call: fc.Arbitrary<CallSpec> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("grant"),
      id: fc.nat(60),
      type: fc.constantFrom("purchase", "topup", "bonus"),
      credits: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 8,
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
  if (spec.kind === "grant") {
    const { id, type, credits } = spec;
    return {
      verb: "grant",
      request: { id: `op_${id}`, type, credits, description: "Credits", paymentId: `pay_${id}` },
    };
  }
  if (spec.kind === "hold") {
    const { id, credits, plan, usage } = spec;
    return { verb: "hold", request: { id: `op_${id}`, credits, plan, usage, description: "Video" } };
  }
  if (spec.kind === "release") {
    return { verb: "release", request: { holdId: pickHold(spec.pick, model), reason: "The video failed" } };
  }
  if (spec.kind === "capture") return resolveCapture(spec, model);
  const earlier = [...model.answers.values()];
  const picked = earlier[spec.pick % Math.max(1, earlier.length)]?.call;
  if (picked?.verb !== "grant" && picked?.verb !== "hold") return resolveCall(firstGrant, model);
  if (spec.kind === "again") return picked;
  return otherRequest(picked, spec.change);
}

/** The same id, and a request that differs in one field. */
function otherRequest(
  first: Extract<Call, { verb: "grant" | "hold" }>,
  change: "credits" | "description" | "usage",
): Call {
  const credits = first.request.credits + (change === "credits" ? 1 : 0);
  const description = change === "description" ? "Other words" : first.request.description;
  if (first.verb === "grant") {
    const paymentId = change === "usage" ? { paymentId: "pay_other" } : {};
    return { verb: "grant", request: { ...first.request, credits, description, ...paymentId } };
  }
  const { usage } = first.request;
  const images = usage.images + (change === "usage" ? 1 : 0);
  return { verb: "hold", request: { ...first.request, credits, description, usage: { ...usage, images } } };
}

const firstGrant: CallSpec = { kind: "grant", id: 0, type: "bonus", credits: 10 };

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
