import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../http-env.ts";
import { matchedOperation } from "../matched-operation.ts";
import { answerLimitSeconds } from "../operation.ts";
import { problem } from "../problem.ts";

const retrySeconds = 10;

/**
 * Nobody waits for an answer for ever. The work itself is not torn off in the middle: it goes on for as long as the platform
 * lets it, so that what it has begun is ended, or given back, by the same hands. What streams is not cut: an answer counts as
 * given once its head is there.
 */
export function limitTime() {
  return createMiddleware<HttpEnv>(async function limitTimeMiddleware(c, next) {
    const seconds = answerLimitSeconds(matchedOperation(c));
    if (seconds === "unlimited") return next();
    const work = next().then(() => "done" as const);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), seconds * 1000);
    });
    const first = await Promise.race([work, late]);
    clearTimeout(timer);
    if (first === "done") return;
    c.executionCtx.waitUntil(work);
    c.var.logFields.timed_out_after_seconds = seconds;
    c.res = problem(
      c,
      "service_unavailable",
      `This took longer than ${seconds} seconds. It may still be done: look before you try again, or repeat it with the same Idempotency-Key.`,
      { retry_after: retrySeconds },
    );
  });
}
