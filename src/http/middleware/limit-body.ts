import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { fail } from "../../core/fail.ts";
import type { HttpEnv } from "../http-env.ts";
import { isJson } from "../json-body.ts";

/** Bytes. The largest valid body, twenty scenes of 600 characters each in any script, is a fifth of it. */
const bodyMaxBytes = 256 * 1024;

const limit = bodyLimit({
  maxSize: bodyMaxBytes,
  onError: () => fail("payload_too_large", "The body is larger than 256 KiB. Nothing was done."),
});

/** No body is taken in that is larger than any request needs, but for an upload's, which is counted where it is stored. */
export function limitBody() {
  return createMiddleware<HttpEnv>(async function limitBodyMiddleware(c, next) {
    const isUpload = c.req.method === "POST" && c.req.path === "/api/assets" && !isJson(c.req.header("Content-Type"));
    if (isUpload) await next();
    else return limit(c, next);
  });
}
