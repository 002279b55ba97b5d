import { createMiddleware } from "hono/factory";
import { fail } from "../core/fail.ts";
import type { HttpEnv } from "./http-env.ts";

/** A body that does not call itself JSON would otherwise be read as none at all. */
export function requireJson() {
  return createMiddleware<HttpEnv>(async function requireJsonMiddleware(c, next) {
    const type = c.req.header("Content-Type");
    const isJson = type !== undefined && /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type);
    if (!isJson) fail("unsupported_media_type", "Send the body as JSON, with Content-Type: application/json.");
    await next();
  });
}
