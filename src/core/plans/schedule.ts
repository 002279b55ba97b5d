/**
 * When the plans that were bought by M-Pesa are on: pure, and a function of the set of a tenant's purchases alone, replayed
 * in the order of their times. The rules:
 *
 * - A purchase is 30 days of a plan. Purchases follow one another, the higher plan first; two are never used up at once.
 * - The same plan again, or a lower one, begins when what is on ends. A lower one waits behind all of a higher plan.
 * - A higher plan begins at once. What is left of the lower ones is turned into its time by value: days × what they cost
 *   ÷ what the higher one costs. It is used up after the higher plan's own days.
 * - After the last paid day there are three days of grace: access, and no paid time. The same or a lower plan bought within
 *   them begins at the old end; a higher one begins at once, and what the grace was worth is taken off it.
 * - When a purchase's money goes back, what is left of it is gone, and what comes after it moves up. Days of other purchases
 *   that were turned into its time are turned back. When the money returns to us after all, what was left is on again.
 *
 * So paid time is never lost and never given twice: what was bought is worth what the periods, and what was taken back, are.
 */
import { dayMs, type Plan, planRank } from "./plans.ts";
import type { PlanBreak, PlanPurchaseRow } from "./tables.ts";

/** What 30 days' money buys. */
export const purchasedMs = 30 * dayMs;
export const graceMs = 3 * dayMs;

export type Purchase = Pick<PlanPurchaseRow, "id" | "plan" | "price" | "boughtAtMs" | "breaks">;

/** A stretch of time that a purchase's plan is on for; `price` is that of 30 days. */
export type Piece = { id: string; plan: Plan; price: number; startMs: number; endMs: number; hasGrace: boolean };
export type ScheduledPeriod = {
  id: string;
  plan: Plan;
  startsAtMs: number;
  paidUntilMs: number;
  accessUntilMs: number;
};

/** Paid time by its value: milliseconds × the price that was paid for 30 days, whole numbers both. */
type Lot = { from: Purchase; value: number };
/** Lots that are used up as one purchase's plan, in this order. */
type Segment = { purchase: Purchase; lots: Lot[] };

type Timeline = {
  pieces: Piece[];
  queue: Segment[];
  /** Until when the queue has been used up; of an empty one, when it ended. */
  cursorMs: number;
  /** What was left of a purchase when its money went back. */
  taken: Map<string, number>;
};

/** `step`: its place among those of its purchase. */
type Event = { atMs: number; purchase: Purchase; step: number; kind: "bought" | "ended" | "resumed" };

/** All pieces of time in their order: what has been, what is on, and what is to come. */
export function replayPurchases(purchases: readonly Purchase[]): { pieces: Piece[]; taken: Map<string, number> } {
  const timeline: Timeline = { pieces: [], queue: [], cursorMs: Number.NEGATIVE_INFINITY, taken: new Map() };
  for (const { kind, purchase, atMs } of eventsOf(purchases)) {
    useUp(timeline, atMs);
    if (kind === "bought") add(timeline, purchase, purchasedMs * purchase.price, atMs);
    else if (kind === "ended") takeBack(timeline, purchase);
    else giveAgain(timeline, purchase, atMs);
  }
  useUp(timeline, Number.POSITIVE_INFINITY);
  return { pieces: timeline.pieces, taken: timeline.taken };
}

/** One period a purchase. One that was turned into another plan and back spans that other plan's time, which is higher. */
export function schedulePurchases(purchases: readonly Purchase[]): ScheduledPeriod[] {
  const { pieces } = replayPurchases(purchases);
  return purchases.map((purchase) => {
    const own = pieces.filter(({ id }) => id === purchase.id);
    const [first, last] = [own[0], own.at(-1)];
    const { id, plan } = purchase;
    if (first === undefined || last === undefined) {
      // It never began: its money went back before.
      const neverMs = purchase.breaks.at(-1)?.endedAtMs ?? purchase.boughtAtMs;
      return { id, plan, startsAtMs: neverMs, paidUntilMs: neverMs, accessUntilMs: neverMs };
    }
    const next = pieces[pieces.indexOf(last) + 1];
    const graceEndMs = last.hasGrace ? last.endMs + graceMs : last.endMs;
    return {
      id,
      plan,
      startsAtMs: first.startMs,
      paidUntilMs: last.endMs,
      accessUntilMs: Math.min(graceEndMs, next?.startMs ?? graceEndMs),
    };
  });
}

function eventsOf(purchases: readonly Purchase[]): Event[] {
  const events = purchases.flatMap((purchase): Event[] => {
    // Clocks of two machines differ a little: nothing ends before it was bought, or resumes before it ended.
    let atMs = purchase.boughtAtMs;
    const after = (ms: number) => {
      atMs = Math.max(atMs, ms);
      return atMs;
    };
    const { breaks } = purchase;
    return [
      { atMs, purchase, step: 0, kind: "bought" },
      ...breaks.flatMap(({ endedAtMs, resumedAtMs }, index): Event[] => {
        const ended: Event = { atMs: after(endedAtMs), purchase, step: 2 * index + 1, kind: "ended" };
        if (resumedAtMs === null) return [ended];
        return [ended, { atMs: after(resumedAtMs), purchase, step: 2 * index + 2, kind: "resumed" }];
      }),
    ];
  });
  return events.sort(
    (one, other) =>
      one.atMs - other.atMs ||
      // At the very same moment: each purchase's own in their order, and the lower plan before the higher.
      one.step - other.step ||
      planRank(one.purchase.plan) - planRank(other.purchase.plan) ||
      (one.purchase.id < other.purchase.id ? -1 : 1),
  );
}

/** Lets time pass. */
function useUp(timeline: Timeline, untilMs: number): void {
  for (let head = timeline.queue[0]; head !== undefined; head = timeline.queue[0]) {
    const { purchase, lots } = head;
    const startMs = timeline.cursorMs;
    if (startMs >= untilMs) return;
    const wholeMs = Math.floor(lots.reduce((sum, { value }) => sum + value, 0) / purchase.price);
    const endMs = Math.min(startMs + wholeMs, untilMs);
    const isUsedUp = endMs === startMs + wholeMs;
    push(timeline, { ...nameOf(purchase), startMs, endMs, hasGrace: isUsedUp });
    timeline.cursorMs = endMs;
    if (isUsedUp) timeline.queue.shift();
    else spend(lots, (endMs - startMs) * purchase.price);
  }
}

const nameOf = ({ id, plan, price }: Purchase) => ({ id, plan, price });

/** A stretch that goes on where the last one of the same purchase stopped is one with it. */
function push(timeline: Timeline, piece: Piece): void {
  const last = timeline.pieces.at(-1);
  if (last?.id === piece.id && last.endMs === piece.startMs) {
    last.endMs = piece.endMs;
    last.hasGrace = piece.hasGrace;
  } else if (piece.endMs > piece.startMs) timeline.pieces.push(piece);
}

function spend(lots: Lot[], value: number): void {
  let left = value;
  for (const lot of lots) {
    const part = Math.min(lot.value, left);
    lot.value -= part;
    left -= part;
  }
}

function add(timeline: Timeline, purchase: Purchase, value: number, atMs: number): void {
  const { queue } = timeline;
  const [head] = queue;
  if (head === undefined) {
    const given = beginAfterEnd(timeline, { purchase, value, atMs });
    queue.push({ purchase, lots: [{ from: purchase, value: value - given }] });
    return;
  }
  if (planRank(purchase.plan) > planRank(head.purchase.plan)) {
    const turned = queue.splice(0).flatMap(({ lots }) => lots);
    queue.push({ purchase, lots: [{ from: purchase, value }, ...turned] });
    return;
  }
  enqueue(queue, { purchase, lots: [{ from: purchase, value }] });
}

/** Behind all of the same or a higher plan. */
function enqueue(queue: Segment[], segment: Segment): void {
  const rank = planRank(segment.purchase.plan);
  const place = queue.findIndex(({ purchase }) => planRank(purchase.plan) < rank);
  queue.splice(place < 0 ? queue.length : place, 0, segment);
}

/** Where a purchase begins when nothing is on; answers with what of its value grace has given already. */
function beginAfterEnd(timeline: Timeline, begun: { purchase: Purchase; value: number; atMs: number }): number {
  const { purchase, value, atMs } = begun;
  const last = timeline.pieces.at(-1);
  const isInGrace = last?.hasGrace === true && atMs < timeline.cursorMs + graceMs;
  const isHigher = isInGrace && planRank(purchase.plan) > planRank(last.plan);
  if (!isInGrace || isHigher) timeline.cursorMs = atMs;
  if (!isHigher) return 0;
  const givenMs = Math.min(atMs - last.endMs, Math.floor(value / last.price));
  last.endMs += givenMs;
  return givenMs * last.price;
}

function takeBack(timeline: Timeline, purchase: Purchase): void {
  const last = timeline.pieces.at(-1);
  if (last?.id === purchase.id && timeline.queue.length === 0) last.hasGrace = false;
  let left = 0;
  const turnedBack: Lot[] = [];
  for (const segment of timeline.queue) {
    left += segment.lots.filter(({ from }) => from.id === purchase.id).reduce((sum, { value }) => sum + value, 0);
    segment.lots = segment.lots.filter(({ from }) => from.id !== purchase.id);
    if (segment.purchase.id === purchase.id) turnedBack.push(...segment.lots.splice(0));
  }
  timeline.queue = timeline.queue.filter(({ lots }) => lots.some(({ value }) => value > 0));
  for (const lot of turnedBack) {
    if (lot.value > 0) enqueue(timeline.queue, { purchase: lot.from, lots: [lot] });
  }
  timeline.taken.set(purchase.id, left);
}

function giveAgain(timeline: Timeline, purchase: Purchase, atMs: number): void {
  const value = timeline.taken.get(purchase.id) ?? 0;
  timeline.taken.delete(purchase.id);
  if (value > 0) add(timeline, purchase, value, atMs);
}

/** Whether its money is back with its payer now. */
export function isBroken(breaks: readonly PlanBreak[]): boolean {
  return breaks.at(-1)?.resumedAtMs === null;
}
