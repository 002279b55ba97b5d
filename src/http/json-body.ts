import { createMiddleware } from "hono/factory";
import { describeRoute, uniqueSymbol } from "hono-openapi";
import { fail } from "../core/fail.ts";
import { describeRefusals } from "./describe-refusals.ts";
import type { HttpEnv } from "./http-env.ts";

export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType);
}

const documented = describeRoute({
  responses: describeRefusals(["malformed_request", "payload_too_large", "unsupported_media_type"]),
});

/** A body that does not call itself JSON would otherwise be read as none at all. `isOptional`: no body is as good as `{}`. */
export function requireJson({ isOptional = false } = {}) {
  const check = createMiddleware<HttpEnv>(async function requireJsonMiddleware(c, next) {
    const isLeftOut = isOptional && c.req.raw.body === null;
    if (!isLeftOut && !isJson(c.req.header("Content-Type")))
      fail("unsupported_media_type", "Send the body as JSON, with Content-Type: application/json.");
    await next();
  });
  return Object.assign(check, {
    [uniqueSymbol]: (documented as unknown as Record<symbol, object>)[uniqueSymbol],
  });
}
