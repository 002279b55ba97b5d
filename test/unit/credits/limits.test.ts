import { describe, expect, it } from "vitest";
import { decideHold } from "../../../src/core/credits/decide-hold.ts";
import type { HoldRequest } from "../../../src/core/credits/ledger.ts";
import { findPassedLimit, monthlyStatesAt } from "../../../src/core/credits/limits.ts";
import { type Plan, quotaMetrics, type Usage } from "../../../src/core/plans/plans.ts";

const none: Usage = { images: 0, speech_seconds: 0, render_seconds: 0 };
const lastSecondOf2026 = Date.UTC(2026, 11, 31, 23, 59, 59);
const newYear = Date.UTC(2027, 0, 1);

function passed(plan: Plan, given: { videosToday?: number; monthly?: Partial<Usage>; usage?: Partial<Usage> }) {
  const counts = { videosToday: given.videosToday ?? 0, monthly: { ...none, ...given.monthly } };
  return findPassedLimit({ plan, usage: { ...none, ...given.usage } }, counts, lastSecondOf2026);
}

describe("daily videos", () => {
  it.each([
    ["free", 3],
    ["pro", 20],
    ["premium", 50],
  ] as const)("%s makes %d a day and not one more", (plan, limit) => {
    expect(passed(plan, { videosToday: limit - 1 })).toBeNull();
    expect(passed(plan, { videosToday: limit })).toEqual({
      ok: false,
      code: "quota_exceeded",
      metric: "videos_per_day",
      used: limit,
      limit,
      resetsAtMs: newYear,
    });
  });

  it("enterprise makes as many as it likes", () => {
    expect(passed("enterprise", { videosToday: 1_000_000, usage: { images: 1_000_000 } })).toBeNull();
  });
});

describe("monthly quotas", () => {
  it.each([
    ["free", "images", 500],
    ["free", "speech_seconds", 60_000],
    ["free", "render_seconds", 30_000],
    ["pro", "images", 2500],
    ["pro", "speech_seconds", 300_000],
    ["pro", "render_seconds", 150_000],
    ["premium", "images", 5000],
    ["premium", "speech_seconds", 600_000],
    ["premium", "render_seconds", 300_000],
  ] as const)("%s may use %s up to %d", (plan, metric, limit) => {
    expect(passed(plan, { monthly: { [metric]: limit - 10 }, usage: { [metric]: 10 } })).toBeNull();
    expect(passed(plan, { monthly: { [metric]: limit - 10 }, usage: { [metric]: 11 } })).toEqual({
      ok: false,
      code: "quota_exceeded",
      metric,
      used: limit - 10,
      limit,
      resetsAtMs: newYear,
    });
  });

  it("is not passed by a video that needs none of it, even after a plan lapsed over the limit", () => {
    expect(passed("free", { monthly: { images: 2000 }, usage: { speech_seconds: 10 } })).toBeNull();
    expect(passed("free", { monthly: { images: 2000 }, usage: { images: 1 } })?.metric).toBe("images");
  });

  it("lists every metric with what is used, its limit and its reset", () => {
    const states = monthlyStatesAt("pro", { ...none, images: 7 }, Date.UTC(2028, 1, 29, 12));
    expect(states.map((state) => state.metric)).toEqual([...quotaMetrics]);
    expect(states[0]).toEqual({ metric: "images", used: 7, limit: 2500, resetsAtMs: Date.UTC(2028, 2, 1) });
  });
});

describe("which refusal comes first", () => {
  const full: Usage = { images: 500, speech_seconds: 60_000, render_seconds: 30_000 };
  const request: HoldRequest = {
    id: "vid",
    credits: 5,
    plan: "free",
    description: "Video",
    usage: { images: 1, speech_seconds: 1, render_seconds: 1 },
  };
  const open = { owed: 0, isFrozen: false };
  const decide = (videosToday: number, monthly: Usage, available: number) => {
    const answer = decideHold(request, { available, ...open, counts: { videosToday, monthly } }, lastSecondOf2026);
    return answer.ok ? "ok" : answer.code === "quota_exceeded" ? answer.metric : answer.code;
  };

  it("the day, then the month in the order of its metrics, then credits", () => {
    expect(decide(3, full, 0)).toBe("videos_per_day");
    expect(decide(2, full, 0)).toBe("images");
    expect(decide(2, { ...full, images: 0 }, 0)).toBe("speech_seconds");
    expect(decide(2, { ...none, render_seconds: 30_000 }, 0)).toBe("render_seconds");
    expect(decide(2, none, 4)).toBe("insufficient_credits");
    expect(decide(2, none, 5)).toBe("ok");
  });

  it("an account on hold spends nothing, before all limits and though it cost nothing; an open dispute is told first", () => {
    const decideOn = (owed: number, isFrozen: boolean, credits: number) =>
      decideHold(
        { ...request, credits },
        { available: 0, owed, isFrozen, counts: { videosToday: 3, monthly: full } },
        0,
      );
    for (const credits of [0, 5]) {
      const onHold = { ok: false, code: "account_on_hold" };
      expect(decideOn(1, false, credits)).toEqual({ ...onHold, owed: 1, reason: "owed" });
      expect(decideOn(0, true, credits)).toEqual({ ...onHold, owed: 0, reason: "dispute" });
      expect(decideOn(1, true, credits)).toEqual({ ...onHold, owed: 1, reason: "dispute" });
      expect(decideOn(0, false, credits)).toMatchObject({ metric: "videos_per_day" });
    }
  });

  it("names what is needed and what there is", () => {
    expect(decideHold(request, { available: 4, ...open, counts: { videosToday: 0, monthly: none } }, newYear)).toEqual({
      ok: false,
      code: "insufficient_credits",
      needed: 5,
      available: 4,
    });
  });

  it("answers an accepted hold with the balance and the day after it", () => {
    expect(
      decideHold(request, { available: 5, ...open, counts: { videosToday: 2, monthly: none } }, lastSecondOf2026),
    ).toEqual({
      ok: true,
      balance: 0,
      daily: { used: 3, limit: 3, resetsAtMs: newYear },
      isRepeat: false,
    });
  });
});
