/**
 * At most `limit` in any span of `windowMs`, whenever it begins. A bucket lets through up to twice its size around a pause, and
 * a counter that begins anew each minute does at the turn of it; a list of when each was let through does neither, and is short.
 */
export type WindowRule = { limit: number; windowMs: number };

export type Taken = {
  isAllowed: boolean;
  /** How many more at this moment. */
  remaining: number;
  /** From now until one more than `remaining` is free; never 0. */
  resetMs: number;
};

/** `times` are of those let through, oldest first; what is refused is not counted, so that trying too early costs nothing. */
export function takeOne(
  times: readonly number[],
  { limit, windowMs }: WindowRule,
  nowMs: number,
): { times: number[]; taken: Taken } {
  const live = timesWithin(times, windowMs, nowMs);
  const isAllowed = live.length < limit;
  if (isAllowed) live.push(nowMs);
  // A limit may have been lowered since: then more than one has to leave before another fits.
  const nextToLeaveMs = live[Math.max(0, live.length - limit)] ?? nowMs;
  const remaining = Math.max(0, limit - live.length);
  return { times: live, taken: { isAllowed, remaining, resetMs: nextToLeaveMs + windowMs - nowMs } };
}

/**
 * The ones that still count, of times in order. One from the future, where the clock was set back, counts from now: for one
 * window, not for ever.
 */
export function timesWithin(times: readonly number[], windowMs: number, nowMs: number): number[] {
  const first = times.findIndex((atMs) => atMs > nowMs - windowMs);
  if (first === -1) return [];
  const live = times.slice(first);
  const future = live.findLastIndex((atMs) => atMs <= nowMs) + 1;
  return live.fill(nowMs, future);
}

/** Without the one let through at `takenAtMs`, if it still counts. */
export function giveBackOne(times: readonly number[], takenAtMs: number): number[] {
  const place = times.lastIndexOf(takenAtMs);
  return place === -1 ? [...times] : times.toSpliced(place, 1);
}
