import type { Context as HonoContext } from "hono";
import { fail } from "../core/fail.ts";
import { originOf } from "./context.ts";
import type { HttpEnv } from "./http-env.ts";

/**
 * For calls that a cookie alone makes possible. A browser says where a call comes from, and no page can forge that; who is
 * no browser says nothing, and has no cookies of anybody else's. Refuses `origin_not_allowed` to other pages than our own and
 * those of CORS_ORIGINS.
 */
export function requireOwnPage(c: HonoContext<HttpEnv>): void {
  const site = c.req.header("Sec-Fetch-Site");
  const origin = c.req.header("Origin");
  if (origin !== undefined && c.env.deps.corsOrigins.has(origin)) return;
  const isOurs =
    site === undefined ? origin === undefined || origin === originOf(c) : site === "same-origin" || site === "none";
  if (!isOurs) fail("origin_not_allowed", "This is for this service's own pages. Nothing was done.");
}
