import type { FieldError } from "../../contract/errors.ts";
import { ConnectionError, ShujaaError } from "../../sdk/errors.ts";
import type { Words } from "../words/en.ts";

/** What to say of an error: the service's own words where they are in the reader's language, else ours for its code. */
export function problemWords(error: unknown, words: Words): string {
  if (error instanceof ShujaaError) {
    if (words.language === "en") return error.message;
    const own = words.problems.byCode[error.code];
    return own ?? words.problems.unknown(error.requestId);
  }
  if (error instanceof ConnectionError) return navigator.onLine ? words.problems.unreachable : words.problems.offline;
  return words.problems.ours;
}

/** What is wrong with the field `pointer`, or with something within it. */
export function fieldProblem(errors: readonly FieldError[], pointer: string): string | undefined {
  return errors.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))?.detail;
}
