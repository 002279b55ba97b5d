/**
 * Where mailed links lead: a page that uses nothing up by being opened, since mail scanners and previews open all there is, and a
 * form on it that does. The token is the credential; a form that another site has sent here is shown as the page, not obeyed,
 * so that nobody is signed in as somebody else without a press of their own.
 */
import { Hono, type Context as HonoContext } from "hono";
import { z } from "zod";
import { proveByLink } from "../core/accounts/links/prove-by-link.ts";
import { signInByLink } from "../core/accounts/links/redeem-sign-in.ts";
import { resetPassword } from "../core/accounts/links/reset-password.ts";
import { type MailLanguage, mailLanguages } from "../core/mail/letters.ts";
import { cardStyle } from "./brand.ts";
import { readBrowserCookie } from "./browser-cookie.ts";
import { contextOf } from "./context.ts";
import { setRefreshCookie } from "./cookies.ts";
import type { HttpEnv } from "./http-env.ts";
import { type LinkPage, linkPage } from "./link-page.ts";
import { linkPageWords } from "./link-page-words.ts";
import { operation } from "./operation.ts";
import { pagePolicy } from "./page-policy.ts";
import { preferredLanguage } from "./preferred-language.ts";
import { validate } from "./validate.ts";

// biome-ignore lint/suspicious/noExplicitAny: a handler's path and input types do not matter here
type AnyContext = HonoContext<HttpEnv, any, any>;

/** Lenient: mail programs add parameters of their own, and a link that was cut short leads to the page that says so. */
const pageQuery = z.object({
  token: z.string().max(200).default(""),
  lang: z
    .string()
    .optional()
    .transform((given) => mailLanguages.find((language) => language === given)),
});
const pageForm = pageQuery.extend({ confirm: z.literal("yes").optional() });
const resetForm = pageQuery.extend({ password: z.string().max(512).default("") });

const page = { contentType: "text/html" };
const isAsked = { 200: { ...page, description: "A page with a button; nothing is used up" } };
const isAnswered = (done: string) => ({
  200: { ...page, description: done },
  401: { ...page, description: "A page that says that the link cannot be used" },
  409: { ...page, description: "A page that asks whether it was you; nothing is used up" },
});

export const linkPageRoutes = new Hono<HttpEnv>()
  .get(
    "/auth/magic",
    operation({
      id: "showMagicLink",
      summary: "The page that a link to sign in leads to",
      tag: "Auth",
      permission: null,
      answers: isAsked,
      refuses: ["validation_failed"],
    }),
    validate("query", pageQuery),
    (c) => show(c, 200, signInPage(languageOf(c, c.req.valid("query").lang), c.req.valid("query").token)),
  )
  .post(
    "/auth/magic",
    operation({
      id: "useMagicLink",
      summary: "Sign in by that page's button",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: isAnswered("A page that says that you are signed in, and the refresh cookie"),
      refuses: ["malformed_request", "payload_too_large", "validation_failed"],
    }),
    validate("form", pageForm),
    async (c) => {
      const { token, lang, confirm } = c.req.valid("form");
      const language = languageOf(c, lang);
      const say = linkPageWords[language];
      if (isFromElsewhere(c)) return show(c, 200, signInPage(language, token));
      const signedIn = await signInByLink(contextOf(c), {
        token,
        isConfirmed: confirm === "yes",
        browser: readBrowserCookie(c),
        language,
        userAgent: c.req.header("User-Agent") ?? null,
      });
      if (signedIn.outcome === "invalid") return show(c, 401, plainPage(language, say.invalid.signIn));
      if (signedIn.outcome === "confirm") {
        const { title, text, button } = say.otherBrowser;
        const form = { action: "/auth/magic", token, button, isConfirmation: true };
        return show(c, 409, { language, title, texts: [text], form });
      }
      setRefreshCookie(c, signedIn.opened.refreshToken);
      const { title, text, passwordRemoved, onward } = say.signedIn;
      const texts = signedIn.isPasswordRemoved ? [passwordRemoved, text] : [text];
      return show(c, 200, { language, title, texts, onward });
    },
  )
  .get(
    "/auth/reset",
    operation({
      id: "showPasswordReset",
      summary: "The page that a link for a new password leads to",
      tag: "Auth",
      permission: null,
      answers: isAsked,
      refuses: ["validation_failed"],
    }),
    validate("query", pageQuery),
    (c) => show(c, 200, resetPage(languageOf(c, c.req.valid("query").lang), c.req.valid("query").token)),
  )
  .post(
    "/auth/reset",
    operation({
      id: "usePasswordReset",
      summary: "Set a new password by that page's form",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: {
        200: { ...page, description: "A page that says that the password is set" },
        401: { ...page, description: "A page that says that the link cannot be used" },
        422: { ...page, description: "The form again, and why the password will not do; nothing is used up" },
      },
      refuses: ["malformed_request", "payload_too_large"],
    }),
    validate("form", resetForm),
    async (c) => {
      const { token, lang, password } = c.req.valid("form");
      const language = languageOf(c, lang);
      const say = linkPageWords[language];
      if (isFromElsewhere(c)) return show(c, 200, resetPage(language, token));
      const reset = await resetPassword(contextOf(c), { token, password });
      if (reset.outcome === "invalid") return show(c, 401, plainPage(language, say.invalid.reset));
      if (reset.outcome === "weak") return show(c, 422, { ...resetPage(language, token), flaw: say.flaws[reset.flaw] });
      return show(c, 200, plainPage(language, say.isReset));
    },
  )
  .get(
    "/auth/proof",
    operation({
      id: "showEmailProof",
      summary: "The page that a link to prove an address leads to",
      tag: "Auth",
      permission: null,
      answers: isAsked,
      refuses: ["validation_failed"],
    }),
    validate("query", pageQuery),
    (c) => show(c, 200, proofPage(languageOf(c, c.req.valid("query").lang), c.req.valid("query").token)),
  )
  .post(
    "/auth/proof",
    operation({
      id: "useEmailProof",
      summary: "Prove an address by that page's button",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: isAnswered("A page that says that the address is proven"),
      refuses: ["malformed_request", "payload_too_large", "validation_failed"],
    }),
    validate("form", pageForm),
    async (c) => {
      const { token, lang, confirm } = c.req.valid("form");
      const language = languageOf(c, lang);
      const say = linkPageWords[language];
      if (isFromElsewhere(c)) return show(c, 200, proofPage(language, token));
      const proof = await proveByLink(contextOf(c), {
        token,
        isConfirmed: confirm === "yes",
        browser: readBrowserCookie(c),
      });
      if (proof === "invalid") return show(c, 401, plainPage(language, say.invalid.prove));
      if (proof === "proven") return show(c, 200, plainPage(language, say.proven));
      const { title, text, button } = say.isMine;
      const form = { action: "/auth/proof", token, button, isConfirmation: true };
      return show(c, 409, { language, title, texts: [text], form });
    },
  );

function languageOf(c: AnyContext, asked: MailLanguage | undefined): MailLanguage {
  return asked ?? preferredLanguage(c.req.header("Accept-Language"));
}

/** Of browsers alone is it asked; whoever is none sends what they like, and has nobody's cookies. */
function isFromElsewhere(c: AnyContext): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  return site !== undefined && site !== "same-origin" && site !== "none";
}

async function show(c: AnyContext, status: 200 | 401 | 409 | 422, shown: LinkPage) {
  c.header("Content-Security-Policy", await pagePolicy(c.env.deps.digests, cardStyle, "'self'"));
  return c.html(linkPage(shown), status);
}

function plainPage(language: MailLanguage, { title, text }: { title: string; text: string }): LinkPage {
  return { language, title, texts: [text] };
}

function signInPage(language: MailLanguage, token: string): LinkPage {
  const { title, text, button } = linkPageWords[language].signIn;
  return { language, title, texts: [text], form: { action: "/auth/magic", token, button } };
}

function resetPage(language: MailLanguage, token: string): LinkPage {
  const { title, text, button, field } = linkPageWords[language].reset;
  return { language, title, texts: [text], form: { action: "/auth/reset", token, button, passwordLabel: field } };
}

function proofPage(language: MailLanguage, token: string): LinkPage {
  const { title, text, button } = linkPageWords[language].prove;
  return { language, title, texts: [text], form: { action: "/auth/proof", token, button } };
}
