import type { Context as HonoContext } from "hono";
import { createMiddleware } from "hono/factory";
import type { ProblemCode } from "../../contract/errors.ts";
import type { HttpEnv } from "../http-env.ts";

const allowedMethods = "GET, HEAD, POST, PATCH, PUT, DELETE";
const allowedHeaders = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-File-Name, X-Request-Id";
const exposedHeaders = "X-Request-Id, RateLimit, RateLimit-Policy, Retry-After, Idempotent-Replayed";
/** Short, so that an origin that was taken off the list is off it soon. */
const maxAgeSeconds = "600";

/**
 * Which pages elsewhere may call (CORS): those of `CORS_ORIGINS` all of it, with credentials; those of an embed key what embed
 * keys may do. A preflight names no key, so that of a call that an embed key may make is answered to whoever asks: the call
 * itself is held against the key's origins, and only one of those gets to read what came of it. That an embed key was refused
 * is everybody's to read who sent it: it says no more than a program is told, and the page can say what is to be mended.
 */
export function cors() {
  return createMiddleware<HttpEnv>(async function corsMiddleware(c, next) {
    const origin = c.req.header("Origin");
    if (origin !== undefined && isPreflight(c)) return answerPreflight(c, origin);
    await next();
    // A response that carries a socket cannot be changed, nor is it read by a page.
    if (c.res.status === 101) return;
    const { headers } = c.res;
    // What a link opens is everybody's who has the link, and says so itself.
    if (headers.get("Access-Control-Allow-Origin") === "*") return;
    headers.append("Vary", "Origin");
    if (origin === undefined) return;
    if (mayBringCredentials(c, origin)) headers.set("Access-Control-Allow-Credentials", "true");
    else if (!isOfEmbedKey(c) && !isRefusedEmbedKey(c)) return;
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Expose-Headers", exposedHeaders);
  });
}

function isPreflight(c: HonoContext<HttpEnv>): boolean {
  return c.req.method === "OPTIONS" && c.req.header("Access-Control-Request-Method") !== undefined;
}

/** Always 204: without the headers, a browser does not make the call. */
function answerPreflight(c: HonoContext<HttpEnv>, origin: string): Response {
  const headers = new Headers({ Vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers" });
  const hasCredentials = mayBringCredentials(c, origin);
  if (hasCredentials || isEmbedCall(c.req.header("Access-Control-Request-Method"), c.req.path)) {
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Allow-Methods", allowedMethods);
    headers.set("Access-Control-Allow-Headers", allowedHeaders);
    headers.set("Access-Control-Max-Age", maxAgeSeconds);
  }
  if (hasCredentials) headers.set("Access-Control-Allow-Credentials", "true");
  return new Response(null, { status: 204, headers });
}

function mayBringCredentials(c: HonoContext<HttpEnv>, origin: string): boolean {
  return c.env.deps.corsOrigins.has(origin);
}

/** The key was held against this very origin when it was looked up. */
function isOfEmbedKey({ var: { actor } }: HonoContext<HttpEnv>): boolean {
  return actor?.kind === "user" && actor.via.kind === "embed_key";
}

const refusals: readonly unknown[] = ["unauthenticated", "origin_not_allowed", "rate_limited"] satisfies ProblemCode[];

/** Of a call that embed keys may make: nothing was done, and nothing of anybody's is in the answer. */
function isRefusedEmbedKey(c: HonoContext<HttpEnv>): boolean {
  return (
    /^bearer pk_/i.test(c.req.header("Authorization") ?? "") &&
    isEmbedCall(c.req.method, c.req.path) &&
    refusals.includes(c.var.logFields.code)
  );
}

const embedCalls: Record<string, RegExp> = {
  POST: /^\/(api\/(videos|videos\/quote|generate-video)|generate-video)$/,
  GET: /^\/api\/videos\/vid_[0-9a-z]{26}(\/events)?$/,
};

function isEmbedCall(method: string | undefined, path: string): boolean {
  return embedCalls[method ?? ""]?.test(path) === true;
}
