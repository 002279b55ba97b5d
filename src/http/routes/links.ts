import { Hono } from "hono";
import {
  type LinkSessionAnswer,
  linkRequestBody,
  linkSessionAnswer,
  type MagicLinkRequested,
  magicLinkRequested,
  magicLinkVerifyBody,
  type ProofRequested,
  passwordResetBody,
  proofBody,
  proofRequestBody,
  proofRequested,
  type ResetRequested,
  resetRequested,
} from "../../contract/links.ts";
import { flawsTold } from "../../core/accounts/identity.ts";
import { proveByLink } from "../../core/accounts/links/prove-by-link.ts";
import { signInByLink } from "../../core/accounts/links/redeem-sign-in.ts";
import { requestProofLink, requestResetLink, requestSignInLink } from "../../core/accounts/links/request-link.ts";
import { resetPassword } from "../../core/accounts/links/reset-password.ts";
import { fail } from "../../core/fail.ts";
import { askedFrom } from "../asked-from.ts";
import { readBrowserCookie } from "../browser-cookie.ts";
import { contextOf, userContextOf } from "../context.ts";
import { setRefreshCookie } from "../cookies.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { preferredLanguage } from "../preferred-language.ts";
import { validate } from "../validate.ts";

export const linkRoutes = new Hono<HttpEnv>()
  .post(
    "/magic-link/request",
    operation({
      id: "requestMagicLink",
      summary: "Get a link to sign in by mail",
      description:
        "It works once, within 10 minutes, and makes the account where there is none. The answer is the same for every address; more than three open links at once are not sent.",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: { 200: { description: "It is on its way, if it can be", schema: magicLinkRequested } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", linkRequestBody),
    async (c) => {
      const { email, lang } = c.req.valid("json");
      const link = await requestSignInLink(contextOf(c), { email, from: askedFrom(c, lang) });
      const answer: MagicLinkRequested = {
        success: true,
        ...(link === null || c.env.deps.isProduction ? {} : { magic_link: link }),
      };
      return c.json(answer, 200);
    },
  )
  .post(
    "/magic-link/verify",
    operation({
      id: "verifyMagicLink",
      summary: "Sign in by a link",
      description:
        "In another browser than the one that asked, `confirmation_needed` comes first: nothing is used up, and the same with `confirm` signs in.",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: { 200: { description: "A session", schema: linkSessionAnswer } },
      refuses: ["validation_failed", "unsupported_media_type", "invalid_link", "confirmation_needed"],
    }),
    requireJson(),
    validate("json", magicLinkVerifyBody),
    async (c) => {
      const { token, confirm = false } = c.req.valid("json");
      const signedIn = await signInByLink(contextOf(c), {
        token,
        isConfirmed: confirm,
        browser: readBrowserCookie(c),
        language: preferredLanguage(c.req.header("Accept-Language")),
        userAgent: c.req.header("User-Agent") ?? null,
      });
      if (signedIn.outcome === "invalid") refuseLink();
      if (signedIn.outcome === "confirm") askWhether("You asked for this link in another browser.");
      const { opened, isPasswordRemoved } = signedIn;
      setRefreshCookie(c, opened.refreshToken);
      const answer: LinkSessionAnswer = {
        ...opened.answer,
        refresh_token: null,
        ...(isPasswordRemoved ? { password_removed: true } : {}),
      };
      return c.json(answer, 200);
    },
  )
  .post(
    "/password/forgot",
    operation({
      id: "forgotPassword",
      summary: "Get a link for a new password by mail",
      description: "It works once, within 10 minutes. The answer is the same for every address.",
      tag: "Auth",
      permission: null,
      rate: "reset",
      answers: { 200: { description: "It is on its way, if there is an account", schema: resetRequested } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", linkRequestBody),
    async (c) => {
      const { email, lang } = c.req.valid("json");
      const link = await requestResetLink(contextOf(c), { email, from: askedFrom(c, lang) });
      const answer: ResetRequested = {
        success: true,
        ...(link === null || c.env.deps.isProduction ? {} : { reset_link: link }),
      };
      return c.json(answer, 200);
    },
  )
  .post(
    "/password/reset",
    operation({
      id: "resetPassword",
      summary: "Set a new password by a link",
      description: "Signs you out everywhere. A password that will not do does not use the link up.",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: { 204: { description: "The new password holds from now on" } },
      refuses: ["validation_failed", "unsupported_media_type", "invalid_link"],
    }),
    requireJson(),
    validate("json", passwordResetBody),
    async (c) => {
      const reset = await resetPassword(contextOf(c), c.req.valid("json"));
      if (reset.outcome === "invalid") refuseLink();
      if (reset.outcome === "weak") {
        const told = flawsTold[reset.flaw];
        fail("validation_failed", `The password ${told.detail}. Nothing was changed; the link still works.`, {
          errors: [{ pointer: "/password", ...told }],
        });
      }
      return c.body(null, 204);
    },
  )
  .post(
    "/email/proof",
    operation({
      id: "proveEmail",
      summary: "Prove an address by a link",
      description:
        "By the session of its user, or in the browser that signed up; from elsewhere `confirmation_needed` comes first, and `confirm` says that the account is theirs.",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: { 204: { description: "The address is proven" } },
      refuses: ["validation_failed", "unsupported_media_type", "invalid_link", "confirmation_needed"],
    }),
    requireJson(),
    validate("json", proofBody),
    async (c) => {
      const { token, confirm = false } = c.req.valid("json");
      const proof = await proveByLink(contextOf(c), { token, isConfirmed: confirm, browser: readBrowserCookie(c) });
      if (proof === "invalid") refuseLink();
      if (proof === "confirm") askWhether("You are not signed in here with the account of this address.");
      return c.body(null, 204);
    },
  )
  .post(
    "/email/proof/request",
    operation({
      id: "requestEmailProof",
      summary: "Get another link that proves your address",
      description: "It works once, within a day. Where the address is proven already, nothing is sent.",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 200: { description: "It is on its way, if it is needed", schema: proofRequested } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson({ isOptional: true }),
    validate("json", proofRequestBody),
    async (c) => {
      const link = await requestProofLink(userContextOf(c), askedFrom(c, c.req.valid("json").lang));
      const answer: ProofRequested = {
        success: true,
        ...(link === null || c.env.deps.isProduction ? {} : { proof_link: link }),
      };
      return c.json(answer, 200);
    },
  );

/** The same words for every reason, or they would say which links there were. */
function refuseLink(): never {
  fail("invalid_link", "It was used, has expired, or never was. Nothing was changed; ask for a new one.");
}

function askWhether(what: string): never {
  fail("confirmation_needed", `${what} If it was you, send the same with confirm: true. Nothing was used up.`);
}
