import type { Context as HonoContext } from "hono";
import type { AskedFrom } from "../core/accounts/links/new-link.ts";
import type { MailLanguage } from "../core/mail/letters.ts";
import { keepBrowserCookie } from "./browser-cookie.ts";
import { originOf } from "./context.ts";
import type { HttpEnv } from "./http-env.ts";
import { preferredLanguage } from "./preferred-language.ts";

// biome-ignore lint/suspicious/noExplicitAny: a handler's path and input types do not matter here
type AnyContext = HonoContext<HttpEnv, any, any>;

/** Where a link is asked for. Links begin with PUBLIC_URL where it is set: then no Host of a caller's choice gets into a letter. */
export function askedFrom(c: AnyContext, language: MailLanguage | undefined): AskedFrom {
  return {
    origin: c.env.deps.publicUrl ?? originOf(c),
    language: language ?? preferredLanguage(c.req.header("Accept-Language")),
    browser: keepBrowserCookie(c),
  };
}
