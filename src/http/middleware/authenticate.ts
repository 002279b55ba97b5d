import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../http-env.ts";

/**
 * Reads whom a bearer token names. Having none is not yet an error: the operation says who may come in, and there the session
 * is looked up, beside the count of the caller's requests.
 */
export function authenticate() {
  return createMiddleware<HttpEnv>(async function authenticateMiddleware(c, next) {
    const header = c.req.header("Authorization");
    const token = header === undefined ? null : (/^Bearer +([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(header)?.[1] ?? null);
    const { accessTokens, clock } = c.env.deps;
    const claims = token === null ? null : await accessTokens.verify(token, clock.now());
    c.set("claims", claims);
    c.set("actor", { kind: "anonymous" });
    c.set("hasBadCredential", header !== undefined && claims === null);
    await next();
  });
}
