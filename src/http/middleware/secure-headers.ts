import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../http-env.ts";
import { matchedOperation } from "../matched-operation.ts";

const twoYears = 2 * 365 * 86_400;
/** An answer is data: should a browser take it for a page, nothing in it runs, loads, or stands in a frame. Pages set their own. */
const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A player that a browser makes around a file opened by its link shows that file, in a style of the browser's own. */
const filePolicy = `${dataPolicy}; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'`;
const powerless = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

/** On every answer, refusals too: never guessed at, framed, or cached by a proxy unless a route says otherwise. */
export function secureHeaders() {
  return createMiddleware<HttpEnv>(async function secureHeadersMiddleware(c, next) {
    await next();
    if (c.res.status === 101) return;
    const operation = matchedOperation(c);
    const isLinked = operation?.opensByLink === true;
    const isForOthers = isLinked || operation?.isForOtherPages === true;
    // In place: `c.header` behind an answer makes all of it anew, each time.
    const { headers } = c.res;
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    // What a link opens may be shown by whoever was given the link; all else but the embed is no other page's to load.
    headers.set("Cross-Origin-Resource-Policy", isForOthers ? "cross-origin" : "same-origin");
    headers.set("Permissions-Policy", powerless);
    if (c.env.deps.isProduction) headers.set("Strict-Transport-Security", `max-age=${twoYears}; includeSubDomains`);
    if (!headers.has("Content-Security-Policy"))
      headers.set("Content-Security-Policy", isLinked ? filePolicy : dataPolicy);
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  });
}
