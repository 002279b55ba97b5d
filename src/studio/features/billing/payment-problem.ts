import type { PaymentFailure } from "../../../contract/payments.ts";
import { ConnectionError, ShujaaError } from "../../../sdk/errors.ts";
import { problemWords } from "../../app/problem-words.ts";
import type { Words } from "../../words/en.ts";

/** Why nothing was begun: the service's own words in English, ours elsewhere. */
export function paymentProblem(error: unknown, words: Words): string {
  if (error instanceof ConnectionError && navigator.onLine) return words.billing.unanswered;
  const own = error instanceof ShujaaError ? words.billing.problems[error.code] : undefined;
  return own ?? problemWords(error, words);
}

/** Why a payment was not made. */
export function failureWords({ code, message }: PaymentFailure, words: Words): string {
  if (words.language === "en") return message;
  return words.billing.failures[code] ?? words.billing.failures.other ?? message;
}

/** Nobody's fault and nothing to be done about here: said quietly. */
export function isUnconfigured(error: unknown): boolean {
  return error instanceof ShujaaError && error.code === "provider_not_configured";
}
