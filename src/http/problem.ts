/** The only catch of the HTTP side: every error leaves as RFC 9457 problem+json, and a bug leaves without a word about itself. */
import type { Context as HonoContext } from "hono";
import { HTTPException } from "hono/http-exception";
import { type ProblemCode, type ProblemDocument, problems } from "../contract/errors.ts";
import { OutsideError } from "../core/deps.ts";
import { errorWords, isFailedQuery } from "../core/error-words.ts";
import { Refusal } from "../core/fail.ts";
import { isOutage } from "../core/outage.ts";
import { loggedPath } from "./hooks/hook-path.ts";
import type { HttpEnv } from "./http-env.ts";
import { logRefusal } from "./security-log.ts";

const unavailableRetrySeconds = 5;

const awayWords = "A part of the service is not answering. Nothing was charged; try again shortly.";
const outageWords =
  "A part of the service is not answering. Try again shortly, with the same Idempotency-Key if you sent one: nothing is charged twice.";

export function onError(error: Error, c: HonoContext<HttpEnv>): Response {
  if (error instanceof Refusal) {
    logRefusal(c, error.code);
    return problem(c, error.code, error.detail, error.data);
  }
  if (error instanceof HTTPException) {
    return problem(
      c,
      error.status === 413 ? "payload_too_large" : "malformed_request",
      "The body cannot be read: it is not the JSON, or the form, that it says it is. Nothing was done.",
    );
  }
  const isOutside = error instanceof OutsideError || isOutage(error);
  c.env.deps.log.write("error", isOutside ? "outside_error" : "bug", {
    request_id: c.var.requestId,
    operation: c.var.logFields.operation,
    path: loggedPath(c.req.path),
    ...loggable(error),
  });
  if (isOutside) {
    // Whoever did not answer us outside has taken nothing by this; what our own database had done already is not known here.
    const words = error instanceof OutsideError ? awayWords : outageWords;
    return problem(c, "service_unavailable", words, { retry_after: unavailableRetrySeconds });
  }
  return problem(
    c,
    "internal",
    "The request failed on our side and was noted. Try again, and tell us the request id if it stays.",
  );
}

function loggable(error: Error): Record<string, string | undefined> {
  return { error: errorWords(error), ...(isFailedQuery(error) ? {} : { stack: error.stack }) };
}

export function onNotFound(c: HonoContext<HttpEnv>): Response {
  return problem(c, "not_found", "No operation has this path. /docs lists them all.");
}

export function problem(
  c: HonoContext<HttpEnv>,
  code: ProblemCode,
  detail: string,
  data: Readonly<Record<string, unknown>> = {},
): Response {
  const { status, title } = problems[code];
  const { retry_after: retryAfter, size, ...members } = data;
  c.var.logFields.code = code;
  const headers = new Headers({ "Content-Type": "application/problem+json", "Cache-Control": "no-store" });
  if (retryAfter !== undefined) headers.set("Retry-After", String(retryAfter));
  if (code === "range_not_satisfiable") headers.set("Content-Range", `bytes */${String(size)}`);
  if (status === 401) headers.set("WWW-Authenticate", challenge(c));
  const body: ProblemDocument = {
    type: `urn:shujaa:problem:${code}`,
    title,
    status,
    detail,
    instance: c.req.path,
    code,
    request_id: c.var.requestId,
    ...members,
  };
  return c.body(JSON.stringify(body), { status, headers });
}

/** RFC 6750 §3: the error word only when a credential was sent. */
function challenge(c: HonoContext<HttpEnv>): string {
  return c.var.hasBadCredential ? 'Bearer realm="shujaa", error="invalid_token"' : 'Bearer realm="shujaa"';
}
