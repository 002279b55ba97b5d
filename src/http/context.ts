import type { Context as HonoContext } from "hono";
import type { Actor, Context, UserContext } from "../core/context.ts";
import { invariant } from "../core/fail.ts";
import type { HttpEnv } from "./http-env.ts";

// biome-ignore lint/suspicious/noExplicitAny: a handler's path and input types do not matter here
type AnyContext = HonoContext<HttpEnv, any, any>;

export function contextOf(c: AnyContext): Context {
  return contextWith(c, c.get("actor"));
}

/** For routes whose operation lets only users in. */
export function userContextOf(c: AnyContext): UserContext {
  const actor = c.get("actor");
  invariant(actor.kind === "user", "the operation let somebody in who is not a user");
  return contextWith(c, actor);
}

// By name: `c.var` makes an object of everything there is, each time.
function contextWith<Who extends Actor>(c: AnyContext, actor: Who): Context<Who> {
  return { actor, requestId: c.get("requestId"), address: c.get("address"), deps: c.env.deps };
}

/** Scheme and host that this request came to: what links in the answer start with. */
export function originOf(c: AnyContext): string {
  return new URL(c.req.url).origin;
}
