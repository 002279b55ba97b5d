import type { Context as HonoContext, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { fail } from "../../core/fail.ts";
import { isPhoneHook } from "../hooks/hook-path.ts";
import type { HttpEnv } from "../http-env.ts";
import { isJson } from "../json-body.ts";

/** The largest valid body of one video, twenty scenes of 600 characters each in any script, is a fifth of it. */
const limit = limitOf(256);
/** A hundred videos of 20 KiB each. */
const batchLimit = limitOf(2_048);

function limitOf(kibibytes: number): MiddlewareHandler<HttpEnv> {
  const maxSize = kibibytes * 1024;
  const counted = bodyLimit({
    maxSize,
    onError: () => fail("payload_too_large", `The body is larger than ${kibibytes} KiB. Nothing was done.`),
  });
  // The length that HTTP itself holds the body to says it all: a stream is opened only for what has none.
  return (c, next) => (lengthOf(c) <= maxSize ? next() : counted(c, next));
}

/** NaN, and so no more and no less than any other number, where the body says itself when it ends. */
function lengthOf(c: HonoContext<HttpEnv>): number {
  const length = c.req.header("Content-Length");
  return length === undefined || c.req.header("Transfer-Encoding") !== undefined ? Number.NaN : Number(length);
}

/**
 * No body is taken in that is larger than any request needs, but for an upload's, which is counted where it is stored, and
 * M-Pesa's callbacks', which are never refused and read no further than they need.
 */
export function limitBody() {
  return createMiddleware<HttpEnv>(async function limitBodyMiddleware(c, next) {
    const isPosted = c.req.method === "POST";
    if (isPosted && c.req.path === "/api/assets" && !isJson(c.req.header("Content-Type"))) return next();
    if (isPhoneHook(c.req.path)) return next();
    return (isPosted && c.req.path === "/api/videos/batch" ? batchLimit : limit)(c, next);
  });
}
