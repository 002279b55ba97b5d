import { createMiddleware } from "hono/factory";
import { fail } from "../core/fail.ts";
import type { HttpEnv } from "./http-env.ts";

export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType);
}

/** A body that does not call itself JSON would otherwise be read as none at all. `isOptional`: no body is as good as `{}`. */
export function requireJson({ isOptional = false } = {}) {
  return createMiddleware<HttpEnv>(async function requireJsonMiddleware(c, next) {
    const isLeftOut = isOptional && c.req.raw.body === null;
    if (!isLeftOut && !isJson(c.req.header("Content-Type")))
      fail("unsupported_media_type", "Send the body as JSON, with Content-Type: application/json.");
    await next();
  });
}
