import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../http-env.ts";

/** Answers of an API: never guessed at, framed or cached by a proxy unless a route says otherwise. */
export function secureHeaders() {
  return createMiddleware<HttpEnv>(async function secureHeadersMiddleware(c, next) {
    await next();
    if (c.res.status === 101) return;
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("X-Frame-Options", "DENY");
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  });
}
