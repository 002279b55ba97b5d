import { ConnectionError, ShujaaError } from "./errors.ts";

const firstWaitMs = 500;
const longestWaitMs = 20_000;

/** Refusals that pass by themselves, and say that nothing was done. */
const passing = new Set(["rate_limited", "backlog_full", "idempotency_in_progress"]);

/**
 * How long to wait before the call is made again; null: it is not. `isRepeatable`: a repeat cannot do a thing twice, since
 * the call only reads, deletes, or carries an Idempotency-Key. `tries`: made so far; `chance`: from 0 to 1.
 */
export function retryDelayMs(
  error: unknown,
  call: { isRepeatable: boolean; tries: number; triesMax: number },
  chance: number,
): number | null {
  if (call.tries >= call.triesMax || !mayPass(error, call.isRepeatable)) return null;
  const saidMs = error instanceof ShujaaError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  // What is to be waited longer is for the caller to decide.
  if (saidMs > longestWaitMs) return null;
  const growing = Math.min(longestWaitMs, firstWaitMs * 2 ** (call.tries - 1));
  return Math.max(saidMs, growing * (0.5 + chance / 2));
}

function mayPass(error: unknown, isRepeatable: boolean): boolean {
  if (error instanceof ConnectionError) return isRepeatable;
  if (!(error instanceof ShujaaError)) return false;
  return passing.has(error.code) || (error.status >= 500 && error.status !== 501 && isRepeatable && isWeather(error));
}

/** What a provider has not set up, or could not make, asking again does not mend. */
function isWeather({ status, code }: ShujaaError): boolean {
  return (status === 500 || status === 503 || status === 504) && code !== "provider_not_configured";
}
