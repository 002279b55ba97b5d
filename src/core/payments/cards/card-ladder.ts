const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** When Stripe is asked of its own accord what became of an order, since the order: webhooks tell sooner, unless they are lost. */
const ladderMs = [2 * minuteMs, 10 * minuteMs, hourMs, 6 * hourMs, 24 * hourMs];
/** An order that Stripe never answered for is of no use to anybody after this long: nobody has what it takes to pay it. */
const nameless = hourMs;
/** What a bank works on is not in our hands: Stripe's slowest ways to pay take some two weeks. */
const bankDayMs = 24 * hourMs;
const bankPatienceMs = 30 * bankDayMs;
/** While an order is being closed: should whoever does it die, it is tried again. */
const closingMs = 10 * minuteMs;

export type CardStep =
  | { step: "look"; nextCheckAtMs: number }
  /** Nobody paid it in time: it is to be ended at Stripe, too. */
  | { step: "close"; nextCheckAtMs: number };

export function firstCheckAt(orderedAtMs: number): number {
  return orderedAtMs + (ladderMs[0] ?? 0);
}

/** What to do with an order at a check, and when the next one is due. */
export function stepAt(order: { createdAtMs: number; hasName: boolean }, nowMs: number): CardStep {
  const ageMs = nowMs - order.createdAtMs;
  const rung = ladderMs.find((one) => one > ageMs);
  if (rung === undefined || (!order.hasName && ageMs >= nameless))
    return { step: "close", nextCheckAtMs: nowMs + closingMs };
  return { step: "look", nextCheckAtMs: order.createdAtMs + rung };
}

/** When a payment that a bank works on is looked at again; null: it has had all the time there is. */
export function bankCheckAt(order: { createdAtMs: number }, nowMs: number): number | null {
  return nowMs - order.createdAtMs >= bankPatienceMs ? null : nowMs + bankDayMs;
}
