/**
 * The one table of refusals and failures: code → HTTP status, title, and whether the same request may succeed later.
 * The wire form is RFC 9457 problem+json; OpenAPI, the HTTP layer and the docs read this table.
 */
import { z } from "zod";
import { fieldCodes, fieldParams, tellIssue } from "./field-codes.ts";

type ProblemRow = { status: number; title: string; isRetryable: boolean };

export const problems = {
  malformed_request: { status: 400, title: "The request could not be read", isRetryable: false },
  bad_signature: { status: 400, title: "The signature is not right", isRetryable: false },
  unauthenticated: { status: 401, title: "Sign in first", isRetryable: false },
  invalid_credentials: { status: 401, title: "Email or password is wrong", isRetryable: false },
  invalid_link: { status: 401, title: "This link cannot be used", isRetryable: false },
  insufficient_credits: { status: 402, title: "Not enough credits", isRetryable: false },
  quota_exceeded: { status: 402, title: "A limit of your plan is reached", isRetryable: true },
  plan_required: { status: 402, title: "Your plan does not include this", isRetryable: false },
  account_on_hold: { status: 402, title: "Spending is on hold", isRetryable: false },
  forbidden: { status: 403, title: "This is not yours to do", isRetryable: false },
  origin_not_allowed: { status: 403, title: "This page may not call here", isRetryable: false },
  sign_in_again: { status: 403, title: "Sign in again first", isRetryable: false },

  not_found: { status: 404, title: "There is nothing here", isRetryable: false },

  picture_timeout: { status: 408, title: "A picture took too long", isRetryable: true },
  email_taken: { status: 409, title: "This email already has an account", isRetryable: false },
  phone_taken: { status: 409, title: "This phone number already has an account", isRetryable: false },
  idempotency_in_progress: {
    status: 409,
    title: "The first request with this key is still running",
    isRetryable: true,
  },
  video_not_ready: { status: 409, title: "The video is not ready yet", isRetryable: true },
  video_finished: { status: 409, title: "The video has already ended", isRetryable: false },
  video_gone: { status: 410, title: "This video has no file", isRetryable: false },
  not_retryable: { status: 409, title: "Only a failed video can be tried again", isRetryable: false },
  confirmation_needed: { status: 409, title: "Confirm that it was you", isRetryable: false },
  last_owner: { status: 409, title: "A tenant needs an owner", isRetryable: false },
  already_member: { status: 409, title: "They are a member already", isRetryable: false },
  export_not_ready: { status: 409, title: "The export is not ready yet", isRetryable: true },
  export_gone: { status: 410, title: "The export is gone", isRetryable: false },
  asset_in_use: { status: 409, title: "A video still needs this file", isRetryable: true },
  project_changed: { status: 409, title: "This project was saved by somebody else meanwhile", isRetryable: false },
  not_a_draft: { status: 409, title: "Only a finished draft can be promoted", isRetryable: false },
  draft_being_promoted: { status: 409, title: "This draft is being promoted already", isRetryable: true },
  prompt_open: { status: 409, title: "This phone has a payment open", isRetryable: true },
  subscription_active: { status: 409, title: "You have this by subscription", isRetryable: false },
  no_subscription: { status: 409, title: "There is no subscription", isRetryable: false },
  payment_not_paid: { status: 409, title: "This payment is not paid", isRetryable: true },
  not_refundable: { status: 409, title: "This payment cannot be refunded", isRetryable: false },
  receipt_refused: { status: 409, title: "This receipt cannot be dealt with so", isRetryable: false },
  payload_too_large: { status: 413, title: "The request is too large", isRetryable: false },
  unsupported_media_type: { status: 415, title: "Send JSON", isRetryable: false },
  media_refused: { status: 422, title: "This file cannot be used", isRetryable: false },
  range_not_satisfiable: { status: 416, title: "The file has no such range", isRetryable: false },
  validation_failed: { status: 422, title: "The request is not valid", isRetryable: false },
  idempotency_key_reused: { status: 422, title: "This key belongs to another request", isRetryable: false },
  rate_limited: { status: 429, title: "Too many requests", isRetryable: true },
  backlog_full: { status: 429, title: "The render queue is full", isRetryable: true },
  internal: { status: 500, title: "Something went wrong on our side", isRetryable: true },
  script_failed: { status: 502, title: "The script could not be written", isRetryable: true },
  voice_failed: { status: 502, title: "The voice could not be made", isRetryable: true },
  picture_failed: { status: 502, title: "A picture could not be made", isRetryable: true },
  media_failed: { status: 502, title: "A file could not be fetched", isRetryable: true },
  encode_failed: { status: 502, title: "The video could not be encoded", isRetryable: true },
  storage_failed: { status: 502, title: "The video could not be stored", isRetryable: true },
  payment_refused: { status: 502, title: "The payment could not be started", isRetryable: true },
  render_interrupted: { status: 502, title: "The render was interrupted", isRetryable: true },
  service_unavailable: { status: 503, title: "The service is not available right now", isRetryable: true },
  provider_not_configured: { status: 503, title: "This is not set up here", isRetryable: false },
  render_timeout: { status: 504, title: "The render took too long", isRetryable: true },
  disk_full: { status: 507, title: "The renderer ran out of space", isRetryable: true },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof problems;
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** What a refusal says beside its code; `retry_after` is in seconds, `size` in bytes. */
export type ProblemData = {
  insufficient_credits: { needed: number; available: number };
  /** `resets_at` is null for what does not reset by itself: the bytes that are kept. */
  quota_exceeded: { metric: string; used: number; limit: number; resets_at: string | null };
  plan_required: { plan: string };
  /** `owed`: credits of payments that were refunded or disputed after they were spent. */
  account_on_hold: { owed: number };
  /** `version`: the one it is at now. */
  project_changed: { version: number };
  prompt_open: { retry_after: number };
  export_not_ready: { retry_after: number };
  provider_not_configured: { retry_after: number };
  validation_failed: { errors: FieldError[] };
  range_not_satisfiable: { size: number };
  rate_limited: { retry_after: number };
  idempotency_in_progress: { retry_after: number };
  backlog_full: { retry_after: number };
  service_unavailable: { retry_after: number };
};

export const fieldError = z.object({
  /** RFC 6901, into the request body; a query or header field is named by `/name`. */
  pointer: z.string(),
  /** For people, in English. */
  detail: z.string(),
  code: z.enum(fieldCodes).meta({ description: "The same for programs; it stays, whatever the words are." }),
  params: fieldParams
    .optional()
    .meta({ description: "The figures and names in it: limit, allowed, format, expected." }),
});
export type FieldError = z.infer<typeof fieldError>;

/** What is wrong with a value, as it leaves: one entry a field. */
export function toFieldErrors(error: z.core.$ZodError): FieldError[] {
  return error.issues.flatMap(insideUnion).map(toFieldError);
}

/** Of a union only the branch that the value was meant for is told: the one that took the value itself and refused a part. */
function insideUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.find((branch) => branch.length > 0 && branch.every(isOfPart));
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) => insideUnion({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isOfPart({ path, code }: z.core.$ZodIssue): boolean {
  return path.length > 0 || code === "unrecognized_keys";
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
  const isUnknown = issue.code === "unrecognized_keys";
  const keys = isUnknown ? [...issue.path, issue.keys[0] ?? ""] : issue.path;
  const pointer = keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return { pointer, detail: kindWords(issue), ...tellIssue(issue) };
}

const units: Record<string, string> = { array: "item", string: "character" };

function counted(count: number | bigint, origin: string): string {
  const unit = units[origin];
  if (unit === undefined) return String(count);
  return Number(count) === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

/** zod's own words where a schema has chosen none, in ours. */
function kindWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return "is not a field of this request";
    case "invalid_type":
      if (issue.message.endsWith("received undefined")) return "is required";
      return issue.message.startsWith("Invalid input") ? `must be of type ${issue.expected}` : issue.message;
    case "too_small":
      return issue.message.startsWith("Too small") ? `at least ${counted(issue.minimum, issue.origin)}` : issue.message;
    case "too_big":
      return issue.message.startsWith("Too big") ? `at most ${counted(issue.maximum, issue.origin)}` : issue.message;
    case "invalid_value":
      if (!issue.message.startsWith("Invalid")) return issue.message;
      return `${issue.values.length > 1 ? "one of " : "must be "}${issue.values.map(String).join(", ")}`;
    default:
      return issue.message;
  }
}

export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(problemCodes),
    request_id: z.string(),
    errors: z.array(fieldError).optional(),
    needed: z.int().optional(),
    available: z.int().optional(),
    metric: z.string().optional(),
    used: z.int().optional(),
    limit: z.int().optional(),
    resets_at: z.string().nullable().optional(),
    plan: z.string().optional(),
    owed: z.int().optional(),
    version: z.int().optional(),
  })
  .meta({ description: "RFC 9457 problem details" });
export type ProblemDocument = z.infer<typeof problemDocument>;
