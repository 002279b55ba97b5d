import { createMiddleware } from "hono/factory";
import { loggedPath } from "../hooks/hook-path.ts";
import type { HttpEnv } from "../http-env.ts";

const acceptableId = /^[A-Za-z0-9_.-]{8,64}$/;

/** Names the request, and closes it with one log line. A caller may bring an id, so that their log and ours meet. */
export function requestLog() {
  return createMiddleware<HttpEnv>(async function requestLogMiddleware(c, next) {
    const startedAtMs = c.env.deps.clock.now();
    // Cloudflare's own name of the request; what stands behind its dash is the data centre.
    const ray = c.req.header("CF-Ray");
    const offered = c.req.header("X-Request-Id");
    c.set("requestId", offered !== undefined && acceptableId.test(offered) ? offered : crypto.randomUUID());
    c.set("address", c.req.header("CF-Connecting-IP") ?? null);
    c.set("logFields", {});
    await next();
    const { requestId, actor, logFields } = c.var;
    // A response that carries a socket cannot be changed.
    if (c.res.status !== 101) c.res.headers.set("X-Request-Id", requestId);
    const durationMs = c.env.deps.clock.now() - startedAtMs;
    c.env.deps.metrics.record({
      name: "request",
      operation: String(logFields.operation ?? "none"),
      status: c.res.status,
      code: String(logFields.code ?? ""),
      durationMs,
    });
    c.env.deps.log.write("info", "request", {
      request_id: requestId,
      method: c.req.method,
      path: loggedPath(c.req.path),
      status: c.res.status,
      duration_ms: durationMs,
      ...(ray === undefined ? {} : { ray }),
      ...(actor?.kind === "user" ? { user_id: actor.userId, tenant_id: actor.tenantId } : {}),
      ...logFields,
    });
  });
}
