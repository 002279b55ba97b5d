import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { giveBackOne, takeOne, type WindowRule } from "../../../src/core/sliding-window.ts";

const rule = { limit: 3, windowMs: 1000 };

/** Takes one at each moment; returns what was answered. */
function play(moments: readonly number[], { limit, windowMs }: WindowRule) {
  let times: readonly number[] = [];
  return moments.map((nowMs) => {
    const before = times;
    const { times: after, taken } = takeOne(times, { limit, windowMs }, nowMs);
    times = after;
    return { nowMs, before, after, ...taken };
  });
}

const schedules = fc.record({
  limit: fc.integer({ min: 1, max: 8 }),
  windowMs: fc.integer({ min: 1, max: 40 }),
  gaps: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 80 }),
});
const momentsOf = (gaps: readonly number[]) => {
  let nowMs = 1_000_000;
  return gaps.map((gap) => {
    nowMs += gap;
    return nowMs;
  });
};

describe("the sliding window", () => {
  it.each([
    ["the first has all but itself left", [0], { isAllowed: true, remaining: 2, resetMs: 1000 }],
    ["the last that fits", [0, 0, 400], { isAllowed: true, remaining: 0, resetMs: 600 }],
    ["one too many", [0, 0, 0, 400], { isAllowed: false, remaining: 0, resetMs: 600 }],
    ["a millisecond too early", [0, 0, 0, 999], { isAllowed: false, remaining: 0, resetMs: 1 }],
    ["at the end of the window", [0, 0, 0, 1000], { isAllowed: true, remaining: 2, resetMs: 1000 }],
    ["as the oldest leaves, one more", [0, 500, 500, 1000], { isAllowed: true, remaining: 0, resetMs: 500 }],
    [
      "what was refused is not counted",
      [0, 0, 0, 900, 900, 900, 1000],
      { isAllowed: true, remaining: 2, resetMs: 1000 },
    ],
  ])("%s", (_name, moments, expected) => {
    expect(play(moments, rule).at(-1)).toMatchObject(expected);
  });

  it("lets through at most the limit in any window, and never refuses below it", () => {
    fc.assert(
      fc.property(schedules, ({ limit, windowMs, gaps }) => {
        const answers = play(momentsOf(gaps), { limit, windowMs });
        const passed = answers.filter(({ isAllowed }) => isAllowed).map(({ nowMs }) => nowMs);
        for (const startMs of passed)
          expect(passed.filter((atMs) => atMs >= startMs && atMs < startMs + windowMs).length).toBeLessThanOrEqual(
            limit,
          );
        const soFar: number[] = [];
        for (const { nowMs, isAllowed, remaining } of answers) {
          const counting = soFar.filter((atMs) => atMs > nowMs - windowMs).length;
          expect(isAllowed).toBe(counting < limit);
          expect(remaining).toBe(limit - counting - (isAllowed ? 1 : 0));
          if (isAllowed) soFar.push(nowMs);
        }
      }),
    );
  });

  it("tells truly when more is free: a millisecond before it is not, then it is", () => {
    fc.assert(
      fc.property(schedules, ({ limit, windowMs, gaps }) => {
        for (const { nowMs, after, remaining, resetMs } of play(momentsOf(gaps), { limit, windowMs })) {
          expect(resetMs).toBeGreaterThan(0);
          expect(resetMs).toBeLessThanOrEqual(windowMs);
          const burst = (atMs: number) => {
            const moments = Array.from({ length: limit + 1 }, () => atMs);
            let times: readonly number[] = after;
            return moments.filter(() => {
              const next = takeOne(times, { limit, windowMs }, atMs);
              times = next.times;
              return next.taken.isAllowed;
            }).length;
          };
          expect(burst(nowMs + resetMs - 1)).toBe(remaining);
          expect(burst(nowMs + resetMs)).toBeGreaterThan(remaining);
        }
      }),
    );
  });

  it("never keeps more than it counts", () => {
    fc.assert(
      fc.property(schedules, ({ limit, windowMs, gaps }) => {
        for (const { after } of play(momentsOf(gaps), { limit, windowMs }))
          expect(after.length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it("shuts nobody out for longer than a window when the clock is set back", () => {
    const { times } = takeOne([5_000_000, 5_000_000, 5_000_000], rule, 1000);
    expect(takeOne(times, rule, 1999).taken).toMatchObject({ isAllowed: false, resetMs: 1 });
    expect(takeOne(times, rule, 2000).taken.isAllowed).toBe(true);
  });

  it("waits until there is room under a limit that was lowered", () => {
    const taken = takeOne([100, 200, 300, 400], { limit: 2, windowMs: 1000 }, 500);
    expect(taken.taken).toEqual({ isAllowed: false, remaining: 0, resetMs: 800 });
    expect(takeOne(taken.times, { limit: 2, windowMs: 1000 }, 1299).taken.isAllowed).toBe(false);
    expect(takeOne(taken.times, { limit: 2, windowMs: 1000 }, 1300).taken.isAllowed).toBe(true);
  });

  it("gives back one, of those taken at the same moment too, and nothing twice", () => {
    expect(giveBackOne([1, 5, 5, 9], 5)).toEqual([1, 5, 9]);
    expect(giveBackOne([1, 9], 5)).toEqual([1, 9]);
  });
});
