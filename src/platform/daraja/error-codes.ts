/** What Daraja's `errorCode`s mean (its synchronous refusals), whichever call they answer. */
import type { PushOutcome } from "../../core/payments/phones/phone-payments.ts";

export type ErrorMeaning = {
  /** For a push: why nothing rings; `unknown` where something may have happened before it went wrong. */
  push: Extract<PushOutcome, { outcome: "refused" }>["reason"] | "unknown";
  /** Nothing was done, and the same call may be made again in a moment. */
  isBusy: boolean;
  /** For a person: our settings, our code, or our contract is not right. */
  isAlert: boolean;
};

const invalid: ErrorMeaning = { push: "invalid", isBusy: false, isAlert: true };
const notSetUp: ErrorMeaning = { push: "not_set_up", isBusy: false, isAlert: true };

export const tokenVoid = "404.001.03";

const meanings: Record<string, ErrorMeaning> = {
  "400.002.02": invalid,
  "400.002.05": invalid,
  "400.008.01": notSetUp,
  "400.008.02": notSetUp,
  "404.001.01": notSetUp,
  // After it was renewed once: another holder keeps making it void.
  [tokenVoid]: { push: "system_busy", isBusy: false, isAlert: true },
  "404.001.04": notSetUp,
  "405.001": notSetUp,
  "500.003.02": { push: "system_busy", isBusy: true, isAlert: false },
  "500.003.03": { push: "system_busy", isBusy: false, isAlert: true },
  "500.003.1001": { push: "unknown", isBusy: false, isAlert: false },
};

/** One code for many things: only its words tell them apart. */
const manyThings = "500.001.1001";
const phoneBusyWords = /lock subscriber|in process|being processed/i;

export function meaningOf(code: string, words: string): ErrorMeaning {
  if (code === manyThings) {
    return phoneBusyWords.test(words) ? { push: "phone_busy", isBusy: false, isAlert: false } : notSetUp;
  }
  const known = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  if (known !== undefined) return known;
  // A 4xx code is given before anything is done; of the rest nobody knows.
  return /^4\d\d\./.test(code) ? invalid : { push: "unknown", isBusy: false, isAlert: true };
}
