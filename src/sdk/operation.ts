import type { z } from "zod";

type Route = `${"GET" | "POST" | "PATCH" | "DELETE"} /${string}`;

/** One call of the API: what it takes and answers are types alone, so that a bundle holds no more of it than its line. */
export type Operation<Input, Answer> = {
  /** `GET /api/videos/:id`: what stands behind a colon is taken out of the input. */
  readonly route: Route;
  /** Takes an Idempotency-Key: a repeat is answered from memory, so it may always be made. */
  readonly isIdempotent: boolean;
  /** Answers with bytes or a stream, and so with the Response itself. */
  readonly isFile: boolean;
  /** Never there: what carries the types. */
  readonly types?: { input: Input; answer: Answer };
};

export type InputOf<One> = One extends { readonly types?: { input: infer Input } } ? Input : never;
export type AnswerOf<One> = One extends { readonly types?: { answer: infer Answer } } ? Answer : never;

/** What takes nothing. */
export type Nothing = Record<never, never>;

/** The fields of a query, each of which may be left out. */
export type Query<Schema extends z.ZodType> = {
  [Field in keyof z.output<Schema>]?: z.output<Schema>[Field] | undefined;
};

/** `declare<Input, Answer>()("GET /…")`: the first call gives the types, which the second could not infer. */
export function declare<Input, Answer>() {
  return (route: Route, { isIdempotent = false } = {}): Operation<Input, Answer> => ({
    route,
    isIdempotent,
    isFile: false,
  });
}

/** The same for what answers with bytes: the response as it comes, once it is a good one. */
export function declareFile<Input>() {
  return (route: Route): Operation<Input, Response> => ({ route, isIdempotent: false, isFile: true });
}
