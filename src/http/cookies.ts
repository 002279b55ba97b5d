import type { Context as HonoContext } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { idleMs } from "../core/accounts/sessions/new-session.ts";
import type { HttpEnv } from "./http-env.ts";

/**
 * `__Host-`: browsers take it over https alone, from this very host and for all of it, so that no neighbouring host can put
 * somebody else's session in its place. Only the refresh reads it, so no other call can be forged with it.
 */
function refreshName(c: HonoContext<HttpEnv>): string {
  return c.env.deps.isProduction ? "__Host-shujaa_refresh" : "shujaa_refresh";
}

export function setRefreshCookie(c: HonoContext<HttpEnv>, token: string): void {
  setCookie(c, refreshName(c), token, {
    path: "/",
    httpOnly: true,
    secure: c.env.deps.isProduction,
    sameSite: "Strict",
    maxAge: idleMs / 1000,
  });
}

export function readRefreshCookie(c: HonoContext<HttpEnv>): string | null {
  return getCookie(c, refreshName(c)) ?? null;
}

export function clearRefreshCookie(c: HonoContext<HttpEnv>): void {
  deleteCookie(c, refreshName(c), {
    path: "/",
    httpOnly: true,
    secure: c.env.deps.isProduction,
    sameSite: "Strict",
  });
}
