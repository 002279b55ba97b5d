import type { Context as HonoContext } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { attemptMs } from "../core/accounts/oauth/attempt.ts";
import type { HttpEnv } from "./http-env.ts";

/** `__Host-`: browsers take it over https alone, and no neighbouring host can put another in its place. */
function attemptName(c: HonoContext<HttpEnv>): string {
  return c.env.deps.isProduction ? "__Host-shujaa_attempt" : "shujaa_attempt";
}

function attributesOf(c: HonoContext<HttpEnv>) {
  return {
    path: "/",
    httpOnly: true,
    secure: c.env.deps.isProduction,
    // The provider's page sends the browser back: a Strict cookie would not come with it.
    sameSite: "Lax" as const,
  };
}

export function setAttemptCookie(c: HonoContext<HttpEnv>, sealed: string): void {
  setCookie(c, attemptName(c), sealed, { ...attributesOf(c), maxAge: attemptMs / 1000 });
}

/** An attempt serves once, whatever comes of it. */
export function takeAttemptCookie(c: HonoContext<HttpEnv>): string | null {
  const sealed = getCookie(c, attemptName(c)) ?? null;
  deleteCookie(c, attemptName(c), attributesOf(c));
  return sealed;
}
