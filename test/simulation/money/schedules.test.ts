/**
 * Thousands of random schedules of the money side. A failure prints its seed and its steps, and `SEED=… npx vitest run --project
 * simulation` plays exactly that one again. `RUNS=20000` looks longer.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { everyOutcome } from "./every-outcome.ts";
import { time } from "./money-world.ts";
import { describeFailure, drawSteps, playSteps, shrink } from "./schedule.ts";

const ordinaryRuns = 2_400;
const { SEED, RUNS } = process.env;
const runs = SEED === undefined ? Number(RUNS ?? ordinaryRuns) : 1;
/** Other schedules in every run of a day would be other tests: the seeds are always the same, and RUNS adds to them. */
const firstSeed = Number(SEED ?? 1);

/** Errors are a part of the play, and nobody reads where they came from until one is not: then it is played again. */
const { stackTraceLimit } = Error;

beforeAll(() => time.install());
afterAll(() => time.uninstall());

it("keeps every payment, refund, dispute and plan right in every schedule, and leaves nothing pending", {
  timeout: Math.max(120_000, runs * 500),
}, async () => {
  const seen = new Map<string, number>();
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    const steps = drawSteps(seed);
    try {
      Error.stackTraceLimit = 0;
      await playSteps(seed, steps, seen);
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      const failure = await shrink(seed, steps);
      if (failure === null)
        throw new Error(`seed ${seed} failed once and not again: it is not deterministic`, { cause: error });
      throw new Error(describeFailure(failure));
    }
  }
  Error.stackTraceLimit = stackTraceLimit;
  if (process.env.SEEN !== undefined)
    console.log(
      [...seen]
        .sort()
        .map(([what, times]) => `${times} ${what}`)
        .join("\n"),
    );
  if (runs >= ordinaryRuns) expect([...seen.keys()]).toEqual(expect.arrayContaining(everyOutcome));
});
