import type { GainCurve } from "./gain-curve.ts";

export type Interval = { startSeconds: number; endSeconds: number };

const downSeconds = 0.25;
const upSeconds = 0.6;
/** A shorter pause is not worth coming back for: the two ramps alone take 0.85 s, and a bed that bobs is noticed. */
const heldPauseSeconds = 1.2;
const stepSeconds = 0.01;

/** Speech with its short pauses filled. */
function joinIntervals(intervals: Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const interval of intervals.toSorted((left, right) => left.startSeconds - right.startSeconds)) {
    const last = joined.at(-1);
    if (last && interval.startSeconds - last.endSeconds < heldPauseSeconds) {
      last.endSeconds = Math.max(last.endSeconds, interval.endSeconds);
    } else joined.push({ ...interval });
  }
  return joined;
}

/** The bed's gain over time: `duckDb` down before each stretch of speech begins, up after it has ended. */
export function duckingCurve(
  speech: Interval[],
  { durationSeconds, duckDb }: { durationSeconds: number; duckDb: number },
  sampleRate: number,
): GainCurve {
  const stepSamples = Math.round(stepSeconds * sampleRate);
  const values = new Float32Array(Math.ceil((durationSeconds * sampleRate) / stepSamples) + 2);
  const depth = new Float32Array(values.length);
  for (const { startSeconds, endSeconds } of joinIntervals(speech)) {
    const first = Math.max(0, Math.floor((startSeconds - downSeconds) / stepSeconds));
    const last = Math.min(depth.length - 1, Math.ceil((endSeconds + upSeconds) / stepSeconds));
    for (let step = first; step <= last; step += 1) {
      const seconds = step * stepSeconds;
      const down = 1 - Math.min(1, Math.max(0, startSeconds - seconds) / downSeconds);
      const up = 1 - Math.min(1, Math.max(0, seconds - endSeconds) / upSeconds);
      depth[step] = Math.max(depth[step] ?? 0, ease(Math.min(down, up)));
    }
  }
  for (let step = 0; step < values.length; step += 1) values[step] = 10 ** ((-duckDb * (depth[step] ?? 0)) / 20);
  return { values, stepSamples };
}

function ease(position: number): number {
  return 0.5 - 0.5 * Math.cos(Math.PI * position);
}
