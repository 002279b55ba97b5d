import type { ProblemCode, ProblemData } from "../contract/errors.ts";

/** A refusal: something the caller did or may not do. `problem.ts` turns it into problem+json; nothing else catches it. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, detail: string, data: Readonly<Record<string, unknown>>) {
    super(`${code}: ${detail}`);
    this.name = "Refusal";
    this.code = code;
    this.detail = detail;
    this.data = data;
  }
}

type DataOf<Code extends ProblemCode> = Code extends keyof ProblemData ? [data: ProblemData[Code]] : [];

/** Refuses: `detail` is for the caller, short, saying what happened and what to do next. */
export function fail<Code extends ProblemCode>(code: Code, detail: string, ...data: DataOf<Code>): never {
  throw new Refusal(code, detail, data[0] ?? {});
}

/** A bug if it does not hold: leaves as a 500 that says nothing. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${what}`);
}
