import { createMiddleware } from "hono/factory";
import { hashOfKey } from "../../core/accounts/keys/hash-key.ts";
import { looksLikeKey } from "../../core/accounts/keys/key-format.ts";
import type { Deps } from "../../core/deps.ts";
import type { Credential, HttpEnv } from "../http-env.ts";

/**
 * Reads whom a bearer token names: a session's, or an API key. Having none is not yet an error: the operation says who may
 * come in, and there session or key is looked up, beside the count of the caller's requests.
 */
export function authenticate() {
  return createMiddleware<HttpEnv>(async function authenticateMiddleware(c, next) {
    const header = c.req.header("Authorization");
    const token = header === undefined ? null : (/^Bearer +([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(header)?.[1] ?? null);
    const credential = token === null ? null : await readCredential(c.env.deps, token);
    c.set("credential", credential);
    c.set("actor", { kind: "anonymous" });
    c.set("hasBadCredential", header !== undefined && credential === null);
    c.set("isForeignPage", false);
    await next();
  });
}

async function readCredential(deps: Deps, token: string): Promise<Credential | null> {
  if (looksLikeKey(token)) {
    const hash = await hashOfKey(deps, token);
    return hash === null ? null : { kind: "key", hash };
  }
  const claims = await deps.accessTokens.verify(token, deps.clock.now());
  return claims === null ? null : { kind: "session", claims };
}
