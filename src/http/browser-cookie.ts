import type { Context as HonoContext } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { newLinkToken } from "../core/accounts/links/link-token.ts";
import { linkLifeMs } from "../core/accounts/links/new-link.ts";
import type { HttpEnv } from "./http-env.ts";

// biome-ignore lint/suspicious/noExplicitAny: a handler's path and input types do not matter here
type AnyContext = HonoContext<HttpEnv, any, any>;

/** `__Host-`: browsers take it over https alone, and no neighbouring host can put another in its place. */
function browserName(c: AnyContext): string {
  return c.env.deps.isProduction ? "__Host-shujaa_browser" : "shujaa_browser";
}

/** 256 random bits by which a browser is known again, and nothing else; null: it has none. */
export function readBrowserCookie(c: AnyContext): string | null {
  const value = getCookie(c, browserName(c));
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
}

/**
 * The cookie of a browser that asks for a link, kept or made. Browsers say so in every request (Sec-Fetch-Site, or Origin
 * in the old ones); who sends neither is a program, which may keep no cookies: its links are bound to nothing.
 */
export function keepBrowserCookie(c: AnyContext): string | null {
  const isBrowser = c.req.header("Sec-Fetch-Site") !== undefined || c.req.header("Origin") !== undefined;
  if (!isBrowser) return null;
  const value = readBrowserCookie(c) ?? newLinkToken(c.env.deps);
  setCookie(c, browserName(c), value, {
    path: "/",
    httpOnly: true,
    secure: c.env.deps.isProduction,
    // A link is followed from a mailbox, which is another site.
    sameSite: "Lax",
    // As long as the longest-lived link that is bound to it.
    maxAge: Math.max(...Object.values(linkLifeMs)) / 1000,
  });
  return value;
}
