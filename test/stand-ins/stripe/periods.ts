import type { Price } from "./wire.ts";

/** The end of a period that begins at `start`; a month keeps the day of the anchor, or takes its own last day. */
export function periodEnd(price: Price, start: number, anchor: number): number {
  const { interval = "month", interval_count: count = 1 } = price.recurring ?? {};
  const daySeconds = 86_400;
  if (interval === "day") return start + count * daySeconds;
  if (interval === "week") return start + count * 7 * daySeconds;
  const months = (interval === "year" ? 12 : 1) * count;
  const from = new Date(start * 1000);
  const anchored = new Date(anchor * 1000);
  const month = from.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(anchored.getUTCDate(), lastDay);
  const [hours, minutes, seconds] = [from.getUTCHours(), from.getUTCMinutes(), from.getUTCSeconds()];
  return Math.floor(Date.UTC(from.getUTCFullYear(), month, day, hours, minutes, seconds) / 1000);
}

export function isSameRhythm(one: Price, other: Price): boolean {
  return (
    one.recurring?.interval === other.recurring?.interval &&
    one.recurring?.interval_count === other.recurring?.interval_count
  );
}
