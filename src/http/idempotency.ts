import type { Context as HonoContext, Next } from "hono";
import { type ProblemCode, problems } from "../contract/errors.ts";
import type { UserContext } from "../core/context.ts";
import { fail, Refusal } from "../core/fail.ts";
import { claimKey, keepAnswer, releaseKey } from "../core/idempotency/keep-answer.ts";
import { holdClaim } from "./hold-claim.ts";
import type { HttpEnv } from "./http-env.ts";

/** 1 to 255 visible ASCII characters, bare as Stripe's clients send it, or a quoted structured-field string as the draft has it. */
const keyPattern = /^"?([\x21\x23-\x7e]{1,255})"?$/;

/** Runs the route once for each Idempotency-Key; without one, as ever. `workLimitSeconds`: nothing of it goes on for longer. */
export async function replayed(
  c: HonoContext<HttpEnv>,
  context: UserContext,
  next: Next,
  workLimitSeconds: number,
): Promise<Response | undefined> {
  const header = c.req.header("Idempotency-Key");
  c.set("idempotencyKey", null);
  if (header === undefined) {
    await next();
    return undefined;
  }
  const key = keyPattern.exec(header.trim())?.[1];
  if (key === undefined) {
    const detail = "needs 1 to 255 visible ASCII characters";
    fail("validation_failed", `The Idempotency-Key ${detail}.`, {
      errors: [{ pointer: "/Idempotency-Key", detail, code: "wrong_format" }],
    });
  }
  const fingerprint = await fingerprintOf(c, context);
  const claimed = await claimKey(context, key, fingerprint);
  if ("answer" in claimed) return replay(c, claimed.answer);

  c.set("idempotencyKey", key);
  const held = holdClaim(context, claimed.claim, workLimitSeconds);
  await next();
  const claim = await held.stop();
  if (c.error !== undefined && !isFinal(c.error)) {
    await releaseKey(context, claim);
  } else {
    await keepAnswer(context, claim, { status: c.res.status, body: await c.res.clone().text() });
  }
  return undefined;
}

/**
 * Whether an error is the answer this key has for ever. One before anything was done (a body that is not valid), or that
 * may pass (too many requests, a bug, an outage), is not: the same key may be used again.
 */
function isFinal(error: Error): boolean {
  if (!(error instanceof Refusal)) return false;
  return problems[error.code].status < 500 && !passing.includes(error.code);
}

const passing: ProblemCode[] = [
  "validation_failed",
  "backlog_full",
  "unsupported_media_type",
  "video_not_ready",
  "prompt_open",
];

async function fingerprintOf(c: HonoContext<HttpEnv>, context: UserContext): Promise<string> {
  // The tenant is part of the request: a session that has gone to another one must not be told what was answered in the first.
  const request = `${context.actor.tenantId}\n${c.req.method} ${c.req.path}\n${await c.req.text()}`;
  const digest = await context.deps.digests.sha256(request);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function replay(c: HonoContext<HttpEnv>, stored: { status: number; body: string }): Response {
  const isProblem = stored.status >= 400;
  c.header("Idempotent-Replayed", "true");
  c.header("Content-Type", isProblem ? "application/problem+json" : "application/json");
  return c.body(stored.body, stored.status as 200);
}
