import type { FieldError } from "../../contract/errors.ts";
import { ConnectionError, ShujaaError } from "../../sdk/errors.ts";
import type { Words } from "../words/en.ts";

/** What to say of an error: the service's own words where they are in the reader's language, else ours for its code. */
export function problemWords(error: unknown, words: Words): string {
  if (error instanceof ShujaaError) {
    if (words.language === "en") return error.message;
    // What is about no field stands nowhere else.
    const whole = toFlaws(error.errors, words).find(({ pointer }) => pointer === "");
    return whole?.detail ?? words.problems.byCode[error.code] ?? words.problems.unknown(error.requestId);
  }
  if (error instanceof ConnectionError) return navigator.onLine ? words.problems.unreachable : words.problems.offline;
  return words.problems.ours;
}

/** What is wrong with one field, in the reader's language. */
export type Flaw = { pointer: string; detail: string };

/** What the service refused field by field; none of another error. */
export function flawsOf(error: unknown, words: Words): Flaw[] {
  return error instanceof ShujaaError ? toFlaws(error.errors, words) : [];
}

/** The service's own words in English, ours for each code elsewhere. */
export function toFlaws(errors: readonly FieldError[], words: Words): Flaw[] {
  if (words.language === "en") return [...errors];
  const say = words.problems.fields;
  return errors.map(({ pointer, code, params }) => ({ pointer, detail: (say[code] ?? say.invalid)(params ?? {}) }));
}

/** What is wrong with the field `pointer`, or with something within it. */
export function fieldProblem(errors: readonly Flaw[], pointer: string): string | undefined {
  return errors.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))?.detail;
}
