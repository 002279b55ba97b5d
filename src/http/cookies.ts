import type { Context as HonoContext } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { idleMs } from "../core/accounts/sessions/new-session.ts";
import type { HttpEnv } from "./http-env.ts";

/** Only what lies under this path reads the refresh token; no other call carries it, so no other call can be forged with it. */
const refreshPath = "/api/auth";

/** `__Secure-`: browsers take it over https alone. */
function refreshName(c: HonoContext<HttpEnv>): string {
  return c.env.deps.isProduction ? "__Secure-shujaa_refresh" : "shujaa_refresh";
}

export function setRefreshCookie(c: HonoContext<HttpEnv>, token: string): void {
  setCookie(c, refreshName(c), token, {
    path: refreshPath,
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
    path: refreshPath,
    httpOnly: true,
    secure: c.env.deps.isProduction,
    sameSite: "Strict",
  });
}
