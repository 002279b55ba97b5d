import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { type DescribeRouteOptions, describeRoute, resolver, uniqueSymbol } from "hono-openapi";
import type { z } from "zod";
import type { ProblemCode } from "../contract/errors.ts";
import { isSensitive, type Permission } from "../core/access/permissions.ts";
import { requirePermission } from "../core/access/require-permission.ts";
import type { Actor } from "../core/context.ts";
import { fail } from "../core/fail.ts";
import { contextOf } from "./context.ts";
import { describeRefusals } from "./describe-refusals.ts";
import type { HttpEnv } from "./http-env.ts";
import { replayed } from "./idempotency.ts";
import { countTightly, identify } from "./identify.ts";
import { enforce, rateFields, type TightClass, type Verdict } from "./rate-limits.ts";

type Answer = { description: string; schema?: z.ZodType; contentType?: string };

type Tag =
  | "Service"
  | "Auth"
  | "Account"
  | "Credits"
  | "Payments"
  | "Billing"
  | "Usage"
  | "Videos"
  | "Projects"
  | "Images"
  | "Assets"
  | "Admin"
  | "Astella";

export type Operation = {
  id: string;
  summary: string;
  description?: string;
  tag: Tag;
  /** What the caller must be allowed to; null: whoever comes is let in. */
  permission: Permission | null;
  /** The signature in a link stands for a credential: the handler holds it against the path. */
  opensByLink?: true;
  /** Pages of every origin load it, as a script of theirs. */
  isForOtherPages?: true;
  /** false: not counted, for what browsers and monitors call on their own. */
  isRateLimited?: boolean;
  /**
   * How long a caller waits for the answer to begin before they are told that it takes too long; 30 unless said here.
   * `unlimited`: for as long as bytes of a body come in.
   */
  timeLimitSeconds?: number | "unlimited";
  /** Counted by this too, beside what every request is counted by. */
  rate?: TightClass;
  /** Takes an Idempotency-Key. */
  isIdempotent?: boolean;
  /** The body by its Content-Type, where no `validate` declares it; null for bytes. */
  takes?: Record<string, z.ZodType | null>;
  answers: Record<number, Answer>;
  /** Beside those every operation of its kind may give. */
  refuses?: ProblemCode[];
};

/** Longer than whatever an ordinary answer waits for: a provider's 15 s, and the ledger behind it. */
const usualLimitSeconds = 30;
/** What `waitUntil` gives to work whose answer has been given, or whose caller has gone. */
const afterAnswerSeconds = 30;

/** How long a caller waits for an answer of this operation to begin; 30 unless it says another. */
export function answerLimitSeconds(declared: Operation | undefined): number | "unlimited" {
  return declared?.timeLimitSeconds ?? usualLimitSeconds;
}

/** After this long the platform has ended the operation's work, whatever it waited for. */
function workLimitSeconds(declared: Operation): number {
  const limit = answerLimitSeconds(declared);
  return limit === "unlimited" ? Number.POSITIVE_INFINITY : limit + afterAnswerSeconds;
}

/** Marks the middleware, so that the test over the route table can find what a route declared. */
export const operationSymbol = Symbol("operation");

/**
 * What a route is, declared once: it documents itself in /openapi.json, and lets in only whom it names, counted and with
 * repeats answered from memory, before anything of the request is validated.
 */
export function operation(declared: Operation) {
  const guard: MiddlewareHandler<HttpEnv> = async function operationGuard(c, next) {
    const logFields = c.get("logFields");
    logFields.operation = declared.id;
    if (declared.permission !== null) logFields.permission = declared.permission;
    const verdicts = await identify(c, declared.isRateLimited !== false);
    obey(c, verdicts);
    const actor = c.get("actor");
    admit(c, declared, actor);
    if (declared.rate !== undefined) {
      verdicts.push(...(await countTightly(c, declared.rate)));
      obey(c, verdicts);
    }
    if (declared.isIdempotent === true && actor.kind === "user")
      return replayed(c, { ...contextOf(c), actor }, next, workLimitSeconds(declared));
    c.set("idempotencyKey", null);
    await next();
  };
  const documented = describeRoute(document(declared));
  return Object.assign(guard, {
    [operationSymbol]: declared,
    [uniqueSymbol]: (documented as unknown as Record<symbol, object>)[uniqueSymbol],
  });
}

/** Told before it is enforced: a refusal says what it goes by. */
function obey(c: HonoContext<HttpEnv>, verdicts: readonly Verdict[]): void {
  for (const [name, value] of rateFields(verdicts)) c.header(name, value);
  for (const verdict of verdicts) enforce(verdict);
}

function admit(c: HonoContext<HttpEnv>, { permission, opensByLink }: Operation, actor: Actor): void {
  if (c.get("isForeignPage"))
    fail("origin_not_allowed", "This embed key is for other pages: add this page's origin to a key. Nothing was done.");
  if (permission === null) return;
  if (actor.kind === "user") {
    requirePermission(c.env.deps.clock, actor, permission);
    return;
  }
  if (opensByLink === true) return;
  const detail = c.var.hasBadCredential
    ? "The token or key is not valid, is expired, or has been ended. Sign in again, or use another key."
    : "Send your access token: Authorization: Bearer <token>.";
  fail("unauthenticated", detail);
}

function document(declared: Operation): DescribeRouteOptions {
  const codes: ProblemCode[] = [
    ...(declared.refuses ?? []),
    ...(declared.permission === null ? [] : (["unauthenticated", "forbidden"] as const)),
    ...(declared.permission !== null && isSensitive(declared.permission) ? (["sign_in_again"] as const) : []),
    ...(declared.isRateLimited === false ? [] : (["rate_limited"] as const)),
    ...(declared.isIdempotent === true ? idempotencyRefusals : []),
    "origin_not_allowed",
    "internal",
    "service_unavailable",
  ];
  return {
    operationId: declared.id,
    summary: declared.summary,
    ...(declared.description === undefined ? {} : { description: declared.description }),
    tags: [declared.tag],
    security: declared.permission === null ? [] : [{ bearer: [] }],
    ...(declared.isIdempotent === true ? { parameters: [idempotencyParameter] } : {}),
    ...(declared.takes === undefined ? {} : { requestBody: describeBody(declared.takes) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(declared.answers).map(([status, answer]) => [status, describeAnswer(answer)]),
      ),
      ...describeRefusals(codes),
    },
  };
}

/** `validation_failed`: the key itself is not one. */
const idempotencyRefusals = ["validation_failed", "idempotency_key_reused", "idempotency_in_progress"] as const;

const idempotencyParameter = {
  name: "Idempotency-Key",
  in: "header" as const,
  required: false,
  description: "The same key with the same body gives the same answer and charges nothing more. Kept 48 hours.",
  schema: { type: "string" as const, minLength: 1, maxLength: 255 },
};

const binary = { type: "string" as const, format: "binary" };

function describeBody(takes: Record<string, z.ZodType | null>) {
  const contents = Object.entries(takes).map(([type, schema]) => {
    if (schema !== null) return [type, { schema: resolver(schema) }] as const;
    const isForm = type === "multipart/form-data";
    const form = { type: "object" as const, properties: { file: binary }, required: ["file"] };
    return [type, { schema: isForm ? form : binary }] as const;
  });
  return { required: true, content: Object.fromEntries(contents) };
}

function describeAnswer({ description, schema, contentType = "application/json" }: Answer) {
  if (schema === undefined && contentType === "application/json") return { description };
  return { description, content: { [contentType]: schema === undefined ? {} : { schema: resolver(schema) } } };
}
