import type { Context as HonoContext } from "hono";
import type { HttpEnv } from "./http-env.ts";

/** Whether the request's `expires` and `signature` open its path. */
export async function hasValidLink(c: HonoContext<HttpEnv>): Promise<boolean> {
  const { expires, signature } = c.req.query();
  if (expires === undefined || signature === undefined) return false;
  const { signedLinks, clock } = c.env.deps;
  return signedLinks.verify(c.req.path, { expires, signature }, clock.now());
}
