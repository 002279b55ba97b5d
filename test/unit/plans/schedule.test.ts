import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs, type Plan, planPrices, planRank } from "../../../src/core/plans/plans.ts";
import {
  graceMs,
  type Purchase,
  purchasedMs,
  replayPurchases,
  schedulePurchases,
} from "../../../src/core/plans/schedule.ts";

/** Days are counted from here. */
const startMs = Date.UTC(2026, 9, 1);
const price = (plan: Plan) => planPrices[plan]?.KES ?? 0;
type Break = [endedDay: number, resumedDay?: number];

function bought(id: string, plan: Plan, day: number, ...breaks: Break[]): Purchase {
  const at = (days: number) => startMs + days * dayMs;
  return {
    id,
    plan,
    price: price(plan),
    boughtAtMs: at(day),
    breaks: breaks.map(([ended, resumed]) => ({
      endedAtMs: at(ended),
      resumedAtMs: resumed === undefined ? null : at(resumed),
    })),
  };
}

const days = (ms: number) => (ms - startMs) / dayMs;
/** `id plan: from–paid until (access until)`, in days. */
function table(purchases: Purchase[]): string[] {
  return schedulePurchases(purchases).map(
    ({ id, plan, startsAtMs, paidUntilMs, accessUntilMs }) =>
      `${id} ${plan}: ${days(startsAtMs)}–${days(paidUntilMs)} (${days(accessUntilMs)})`,
  );
}
function planOn(purchases: Purchase[], day: number): Plan {
  const atMs = startMs + day * dayMs;
  return schedulePurchases(purchases)
    .filter((one) => one.startsAtMs <= atMs && atMs < one.accessUntilMs)
    .reduce<Plan>((best, { plan }) => (planRank(plan) > planRank(best) ? plan : best), "free");
}

describe("when plans that were bought for 30 days are on", () => {
  const cases: [string, Purchase[], string[]][] = [
    ["one purchase: 30 days, and 3 of grace", [bought("a", "pro", 0)], ["a pro: 0–30 (33)"]],
    [
      "renewed before its end: from there on",
      [bought("a", "pro", 0), bought("b", "pro", 10)],
      ["a pro: 0–30 (30)", "b pro: 30–60 (63)"],
    ],
    [
      "renewed in the last moment of grace: from the old end on, so that grace is no gift",
      [bought("a", "pro", 0), bought("b", "pro", 32.999)],
      ["a pro: 0–30 (30)", "b pro: 30–60 (63)"],
    ],
    [
      "bought again when grace is over: anew",
      [bought("a", "pro", 0), bought("b", "pro", 33)],
      ["a pro: 0–30 (33)", "b pro: 33–63 (66)"],
    ],
    [
      "a higher plan in the middle: at once, and 20 pro days are 8 premium days",
      [bought("a", "pro", 0), bought("b", "premium", 10)],
      ["a pro: 0–10 (10)", "b premium: 10–48 (51)"],
    ],
    [
      "a higher plan with a renewal waiting: 50 pro days are 20 premium days",
      [bought("a", "pro", 0), bought("b", "pro", 5), bought("c", "premium", 10)],
      ["a pro: 0–10 (10)", "b pro: 5–5 (5)", "c premium: 10–60 (63)"],
    ],
    [
      "a lower plan in the middle: when the higher one ends",
      [bought("a", "premium", 0), bought("b", "pro", 10)],
      ["a premium: 0–30 (30)", "b pro: 30–60 (63)"],
    ],
    [
      "the higher plan renewed while a lower one waits: that one waits on",
      [bought("a", "premium", 0), bought("b", "pro", 10), bought("c", "premium", 20)],
      ["a premium: 0–30 (30)", "b pro: 60–90 (93)", "c premium: 30–60 (60)"],
    ],
    [
      "a lower plan in the grace of a higher one: from the old end on",
      [bought("a", "premium", 0), bought("b", "pro", 32)],
      ["a premium: 0–30 (30)", "b pro: 30–60 (63)"],
    ],
    [
      "a higher plan in the grace of a lower one: at once, less the 2 pro days that were given: 0.8 premium days",
      [bought("a", "pro", 0), bought("b", "premium", 32)],
      ["a pro: 0–32 (32)", "b premium: 32–61.2 (64.2)"],
    ],
    ["money back while it is on: ends there, without grace", [bought("a", "pro", 0, [12])], ["a pro: 0–12 (12)"]],
    [
      "money back while it is on: what waits moves up, whole",
      [bought("a", "pro", 0, [12]), bought("b", "pro", 5)],
      ["a pro: 0–12 (12)", "b pro: 12–42 (45)"],
    ],
    [
      "money back while it waits: it never begins, and the one before has its grace again",
      [bought("a", "pro", 0), bought("b", "pro", 5, [12])],
      ["a pro: 0–30 (33)", "b pro: 12–12 (12)"],
    ],
    [
      "money back of one between two: the third moves up",
      [bought("a", "pro", 0), bought("b", "pro", 5, [12]), bought("c", "pro", 6)],
      ["a pro: 0–30 (30)", "b pro: 12–12 (12)", "c pro: 30–60 (63)"],
    ],
    ["money back in grace: access ends there", [bought("a", "pro", 0, [31])], ["a pro: 0–30 (30)"]],
    [
      "money of the higher plan back: the lower one's days, turned into it, are its own again",
      [bought("a", "pro", 0), bought("b", "premium", 10, [15])],
      ["a pro: 0–35 (38)", "b premium: 10–15 (15)"],
    ],
    [
      "money of the higher plan back when its own days are used up and 3 of the other's 8: 12.5 pro days are left",
      [bought("a", "pro", 0), bought("b", "premium", 10, [43])],
      ["a pro: 0–55.5 (58.5)", "b premium: 10–43 (43)"],
    ],
    [
      "money of the lower plan back after it was turned: the higher one is shorter by it",
      [bought("a", "pro", 0, [15]), bought("b", "premium", 10)],
      ["a pro: 0–10 (10)", "b premium: 10–40 (43)"],
    ],
    [
      "money that comes to us after all: what was left is on again from then",
      [bought("a", "pro", 0, [12, 20])],
      ["a pro: 0–38 (41)"],
    ],
    ["money back twice, and once returned", [bought("a", "pro", 0, [12, 20], [25])], ["a pro: 0–25 (25)"]],
    [
      "money back, returned and back again, all in one moment: it is gone, and what waits moves up",
      [bought("a", "pro", 0, [12, 12], [12]), bought("b", "pro", 5)],
      ["a pro: 0–12 (12)", "b pro: 12–42 (45)"],
    ],
    [
      "money that comes to us after all while a higher plan is on: what was left waits for its end",
      [bought("a", "pro", 0, [12, 20]), bought("b", "premium", 15)],
      ["a pro: 0–63 (66)", "b premium: 15–45 (45)"],
    ],
  ];

  it.each(cases)("%s", (_name, purchases, expected) => {
    expect(table(purchases)).toEqual(expected);
    // Whatever order they are known in.
    expect(table([...purchases].reverse())).toEqual([...expected].reverse());
  });

  it("at each moment it is the highest that is on", () => {
    const purchases = [bought("a", "pro", 0), bought("b", "premium", 10), bought("c", "pro", 20)];
    const seen = [-1, 0, 9.99, 10, 47.99, 48, 77.99, 80.99, 81].map((day) => planOn(purchases, day));
    expect(seen).toEqual(["free", "pro", "pro", "premium", "premium", "pro", "pro", "pro", "free"]);
  });

  it("a price of back then counts, not today's", () => {
    const cheap = { ...bought("a", "pro", 0), price: 500_00 };
    expect(table([cheap, bought("b", "premium", 10)])).toEqual(["a pro: 0–10 (10)", "b premium: 10–44 (47)"]);
  });
});

describe("paid time", () => {
  const purchase = fc.record({
    plan: fc.constantFrom<Plan>("pro", "premium"),
    // Often at the very same moment as others, or a grid's: edges are where rules meet.
    at: fc.oneof(
      fc.integer({ min: 0, max: 120 * dayMs }),
      fc.integer({ min: 0, max: 40 }).map((threeDays) => threeDays * 3 * dayMs),
    ),
    gaps: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 * dayMs })), { maxLength: 4 }),
  });
  const purchasesOf = fc.array(purchase, { minLength: 1, maxLength: 8 }).map((drawn) =>
    drawn.map(({ plan, at, gaps }, index): Purchase => {
      let time = startMs + at;
      const times = gaps.map((gap) => {
        time += gap;
        return time;
      });
      const breaks = Array.from({ length: Math.ceil(times.length / 2) }, (_, pair) => ({
        endedAtMs: times[2 * pair] ?? 0,
        resumedAtMs: times[2 * pair + 1] ?? null,
      }));
      return { id: `pay_${index}`, plan, price: price(plan), boughtAtMs: startMs + at, breaks };
    }),
  );

  it("is neither lost nor given twice: what was bought is worth what the periods and what was taken back are", () => {
    fc.assert(
      fc.property(purchasesOf, (purchases) => {
        const { pieces, taken } = replayPurchases(purchases);
        const given = pieces.reduce((sum, piece) => sum + (piece.endMs - piece.startMs) * piece.price, 0);
        const back = [...taken.values()].reduce((sum, value) => sum + value, 0);
        const paid = purchases.reduce((sum, one) => sum + purchasedMs * one.price, 0);
        // Turned time is cut to whole milliseconds, one each time.
        const changes = purchases.reduce((sum, { breaks }) => sum + 2 + 2 * breaks.length, 0);
        const cutMax = changes * price("premium");
        expect(paid - given - back).toBeGreaterThanOrEqual(0);
        expect(paid - given - back).toBeLessThanOrEqual(cutMax);
      }),
      { numRuns: 2000 },
    );
  });

  it("is never on twice, and is the same in whatever order purchases are known", () => {
    fc.assert(
      fc.property(purchasesOf, fc.infiniteStream(fc.nat()), (purchases, chance) => {
        const { pieces } = replayPurchases(purchases);
        for (const [index, piece] of pieces.entries()) {
          expect(piece.endMs).toBeGreaterThan(piece.startMs);
          expect(piece.startMs).toBeGreaterThanOrEqual(pieces[index - 1]?.endMs ?? startMs);
        }
        const keys = new Map(purchases.map((one) => [one.id, chance.next().value ?? 0]));
        const shuffled = purchases.toSorted((one, other) => (keys.get(one.id) ?? 0) - (keys.get(other.id) ?? 0));
        const byId = (list: Purchase[]) => schedulePurchases(list).toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect(byId(shuffled)).toEqual(byId(purchases));
      }),
      { numRuns: 1000 },
    );
  });

  it("has at most three days of grace after it, and none while something follows", () => {
    fc.assert(
      fc.property(purchasesOf, (purchases) => {
        const { pieces } = replayPurchases(purchases);
        for (const period of schedulePurchases(purchases)) {
          const grace = period.accessUntilMs - period.paidUntilMs;
          expect(grace).toBeGreaterThanOrEqual(0);
          expect(grace).toBeLessThanOrEqual(graceMs);
          const following = pieces.filter(({ startMs: begin }) => begin >= period.paidUntilMs);
          for (const { startMs: begin } of following) expect(period.accessUntilMs).toBeLessThanOrEqual(begin);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
