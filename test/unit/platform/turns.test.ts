import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTurns, TooManyWaiting } from "../../../src/platform/turns.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const pause = (ms: number) => new Promise<void>((go) => setTimeout(go, ms));

it.each([
  [60, 60],
  [150, 100],
])(
  "turns of %s ms come one after the other, in the order of asking, with a rest of %s ms between them",
  async (turnMs, restMs) => {
    const inTurn = createTurns({ waitingMax: 64 });
    const spans: { name: number; fromMs: number; untilMs: number }[] = [];
    const all = Promise.all(
      [0, 1, 2, 3].map((name) =>
        inTurn(async () => {
          const fromMs = performance.now();
          await pause(turnMs);
          spans.push({ name, fromMs, untilMs: performance.now() });
        }),
      ),
    );
    await vi.runAllTimersAsync();
    await all;
    expect(spans.map(({ name }) => name)).toEqual([0, 1, 2, 3]);
    for (const [index, { fromMs }] of spans.entries()) {
      if (index === 0) continue;
      const restedMs = fromMs - (spans[index - 1]?.untilMs ?? Number.NaN);
      expect(restedMs).toBeGreaterThanOrEqual(restMs);
      expect(restedMs).toBeLessThan(restMs + 120);
    }
  },
);

it("whom nobody waits behind is not kept by a rest", async () => {
  const inTurn = createTurns({ waitingMax: 64 });
  const startedMs = performance.now();
  const alone = inTurn(() => pause(150));
  await vi.runAllTimersAsync();
  await alone;
  expect(performance.now() - startedMs).toBeLessThan(155);
});

it("work never begins in the moment it is asked for: those who come together get in line first", async () => {
  const inTurn = createTurns({ waitingMax: 64 });
  const begun: number[] = [];
  const all = Promise.all([0, 1].map((name) => inTurn(async () => begun.push(name))));
  await Promise.resolve();
  expect(begun).toEqual([]);
  await vi.runAllTimersAsync();
  await all;
  expect(begun).toEqual([0, 1]);
});

it("turns are refused to who would be one too many, and given again once the line is shorter", async () => {
  const inTurn = createTurns({ waitingMax: 4 });
  const outcomes: string[] = [];
  const ask = (name: string) =>
    inTurn(() => pause(150)).then(
      () => outcomes.push(name),
      (error: unknown) => outcomes.push(error instanceof TooManyWaiting ? `${name} refused` : "a bug"),
    );
  const working = ask("working");
  await vi.advanceTimersByTimeAsync(1);
  const all = Promise.all([working, ...["first", "second", "third", "fourth", "fifth"].map(ask)]);
  await vi.runAllTimersAsync();
  await all;
  expect(outcomes).toEqual(["fifth refused", "working", "first", "second", "third", "fourth"]);
  const again = ask("again");
  await vi.runAllTimersAsync();
  await again;
  expect(outcomes.at(-1)).toBe("again");
});

it("turns are handed on by work that fails, and after a while by work that was cut off", async () => {
  const inTurn = createTurns({ waitingMax: 64 });
  const failing = inTurn(async () => {
    throw new Error("no");
  }).catch(() => "failed");
  void inTurn(() => new Promise(() => undefined));
  const after = inTurn(async () => "served");
  await vi.runAllTimersAsync();
  expect([await failing, await after]).toEqual(["failed", "served"]);
});

it("who was cut off in line is not waited for", async () => {
  const inTurn = createTurns({ waitingMax: 1 });
  const working = inTurn(() => pause(150));
  await vi.advanceTimersByTimeAsync(1);
  // The timer of the one who is cut off is never heard again.
  const realSetTimeout = globalThis.setTimeout;
  globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout;
  void inTurn(async () => "cut off");
  globalThis.setTimeout = realSetTimeout;
  await expect(inTurn(async () => "early")).rejects.toThrow(TooManyWaiting);
  await vi.advanceTimersByTimeAsync(5_100);
  await working;
  const late = inTurn(async () => "served");
  await vi.runAllTimersAsync();
  expect(await late).toBe("served");
});
