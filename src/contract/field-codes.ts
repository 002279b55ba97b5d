/** What is wrong with one field, for programs: a code that stays, and its figures. People read `detail`. */
import { z } from "zod";

export const fieldCodes = [
  "required",
  /** The request has no such field. */
  "unknown_field",
  /** `expected`: string, number, boolean, array, object. */
  "wrong_type",
  /** Of a text, in characters: `limit`. */
  "too_short",
  "too_long",
  /** Of a list: `limit`. */
  "too_few",
  "too_many",
  /** Of a figure: `limit`; `unit` where it is not the field's own. */
  "too_low",
  "too_high",
  /** `allowed`: what it may be, with commas between. */
  "not_allowed",
  /** `format`: email, url, phone, origin, date, datetime, id … where one word says it. */
  "wrong_format",
  /** It cannot be given beside another field of this request. */
  "conflict",
  /** The same stands before it. */
  "repeated",
  /** Control characters. */
  "unreadable",
  /** Not a letter or digit to read aloud. */
  "wordless",
  /** It names what is not there, or is not yours. */
  "not_found",
  /** A file of another kind than `wanted`. */
  "wrong_kind",
  /** Nothing that is set up here can do that. */
  "not_available",
  /** As many as an account may have: `limit`. */
  "limit_reached",
  /** Not what it has to be the same as. */
  "mismatch",
  /** A password that many have. */
  "too_common",
  /** An amount that is not a multiple of `step`. */
  "not_a_multiple",
  /** A moment that is over. */
  "past",
  "invalid",
  /** Warnings: Sheng is read with the Swahili voice; a GIF has no sound. */
  "other_voice",
  "no_sound",
] as const;
export type FieldCode = (typeof fieldCodes)[number];

export const fieldParams = z.record(z.string(), z.union([z.string(), z.number()]));
export type FieldParams = z.infer<typeof fieldParams>;

/** `.refine(check, told("unreadable", "has control characters"))`: what zod cannot know by itself. */
export function told(code: FieldCode, error: string, params: FieldParams = {}) {
  return { error, params: { ...params, code } };
}

type Told = { code: FieldCode; params?: FieldParams };
type Sizes = Record<"string" | "array" | "number", FieldCode>;

const tooSmall: Sizes = { string: "too_short", array: "too_few", number: "too_low" };
const tooBig: Sizes = { string: "too_long", array: "too_many", number: "too_high" };

export function tellIssue(issue: z.core.$ZodIssue): Told {
  switch (issue.code) {
    case "unrecognized_keys":
      return { code: "unknown_field" };
    case "invalid_type":
      return issue.input === undefined && issue.message.endsWith("received undefined")
        ? { code: "required" }
        : { code: "wrong_type", params: { expected: issue.expected } };
    case "too_small":
      return { code: tooSmall[sizeOf(issue.origin)], params: { limit: Number(issue.minimum) } };
    case "too_big":
      return {
        code: tooBig[sizeOf(issue.origin)],
        params: { limit: saidLimit(issue.message) ?? Number(issue.maximum) },
      };
    case "invalid_value":
      return { code: "not_allowed", params: { allowed: issue.values.map(String).join(", ") } };
    case "invalid_format":
      return issue.format === "regex"
        ? { code: "wrong_format" }
        : { code: "wrong_format", params: { format: issue.format } };
    case "not_multiple_of":
      return { code: "not_a_multiple", params: { step: issue.divisor } };
    case "invalid_union":
      return { code: "wrong_format" };
    case "custom":
      return tellCustom(issue.params ?? {});
    default:
      return { code: "invalid" };
  }
}

/** As `told` has it. */
function tellCustom({ code: named, ...others }: Record<string, unknown>): Told {
  const code = fieldCodes.find((one) => one === named) ?? "invalid";
  const params = fieldParams.safeParse(others).data ?? {};
  return Object.keys(params).length === 0 ? { code } : { code, params };
}

/** Where a schema has words of its own, they count code points, and what it checks are the units of a string: up to twice as many. */
function saidLimit(message: string): number | undefined {
  const said = /^at most (\d+) characters$/.exec(message)?.[1];
  return said === undefined ? undefined : Number(said);
}

function sizeOf(origin: string): keyof Sizes {
  return origin === "string" || origin === "array" ? origin : "number";
}
