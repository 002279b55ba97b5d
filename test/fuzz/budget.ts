/**
 * How long is fuzzed, and on which cases: `SECONDS_OF_FUZZ=3600 SEED=7 npm run test:fuzz` looks longer and elsewhere.
 * The cases of a seed are always the same; how many of them are tried is what the time decides.
 */
import fc from "fast-check";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The shell's SEED and SECONDS_OF_FUZZ, handed over by vitest.config.ts: workerd has no environment of its own. */
    fuzz?: { seed?: string | undefined; seconds?: string | undefined };
  }
}

const told = inject("fuzz") ?? {};
export const seed = Number(told.seed ?? 20_261_125);

/** Of all of it together, unless the shell says otherwise. */
const usualSeconds = 120;
const seconds = Number(told.seconds ?? usualSeconds);

/** Nearly half of the time is for the requests, a quarter each for the media and the documents, and the rest for the bytes beneath. */
export const shares = { http: 0.45, media: 0.25, documents: 0.25, sockets: 0.025 };

/** However slow the machine is, so many cases of each property are tried. */
const leastRuns = 2;

/**
 * Tries cases of the property for its share of the time. A failure is shown with its seed, and with the smallest case that
 * could be found for it.
 */
export async function fuzz<Case extends unknown[]>(property: fc.IAsyncProperty<Case>, share: number): Promise<void> {
  await fc.assert(property, { seed, numRuns: leastRuns });
  const details = await fc.check(property, options(share));
  // Time that is over before the first case has ended is no failure: there were cases before.
  if (!details.failed || details.counterexample === null) return;
  const { errorInstance } = details;
  const words = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const place = `SEED=${seed}, case ${details.counterexamplePath ?? "unknown"}`;
  throw new Error(`${words}\n${place}`, { cause: errorInstance });
}

function options(share: number) {
  return {
    // Not the cases that were tried already.
    seed: seed + 1,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: seconds * share * 1000,
    markInterruptAsFailure: false,
  };
}
