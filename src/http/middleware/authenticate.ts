import { createMiddleware } from "hono/factory";
import { resolveActor } from "../../core/accounts/resolve-actor.ts";
import type { HttpEnv } from "../http-env.ts";

/** Turns a bearer token into an actor. Having none is not yet an error: the operation says who may come in. */
export function authenticate() {
  return createMiddleware<HttpEnv>(async function authenticateMiddleware(c, next) {
    const header = c.req.header("Authorization");
    const token = header === undefined ? null : (/^Bearer +([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(header)?.[1] ?? null);
    const actor = token === null ? null : await resolveActor(c.env.deps, token);
    c.set("actor", actor ?? { kind: "anonymous" });
    c.set("hasBadCredential", header !== undefined && actor === null);
    await next();
  });
}
