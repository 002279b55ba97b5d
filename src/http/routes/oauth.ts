import { Hono, type Context as HonoContext } from "hono";
import { identitiesAnswer, signInProvidersAnswer, startSignInQuery } from "../../contract/oauth.ts";
import { finishSignIn } from "../../core/accounts/oauth/finish-sign-in.ts";
import { listIdentities } from "../../core/accounts/oauth/list-identities.ts";
import { listProviders } from "../../core/accounts/oauth/list-providers.ts";
import { startSignIn } from "../../core/accounts/oauth/start-sign-in.ts";
import { unlinkIdentity } from "../../core/accounts/oauth/unlink-identity.ts";
import { setAttemptCookie, takeAttemptCookie } from "../attempt-cookie.ts";
import { cardStyle } from "../brand.ts";
import { contextOf, originOf, userContextOf } from "../context.ts";
import { setRefreshCookie } from "../cookies.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { pagePolicy } from "../page-policy.ts";
import { pathParameter } from "../path-parameter.ts";
import { signInPage, signInWords } from "../sign-in-page.ts";
import { validate } from "../validate.ts";

/** The address of one step at a provider. The callback's is registered there to the letter. */
function stepAt(c: HonoContext<HttpEnv>, step: "start" | "callback") {
  const origin = c.env.deps.publicUrl ?? originOf(c);
  return (provider: string) => `${origin}/api/auth/oauth/${provider}/${step}`;
}

const awayRetrySeconds = 5;

export const oauthRoutes = new Hono<HttpEnv>()
  .get(
    "/oauth/providers",
    operation({
      id: "listSignInProviders",
      summary: "Who else may vouch for a user here",
      tag: "Auth",
      permission: null,
      answers: { 200: { description: "The providers that are set up", schema: signInProvidersAnswer } },
    }),
    (c) => {
      const startUrl = stepAt(c, "start");
      const data = listProviders(c.env.deps).map((provider) => ({ provider, start_url: startUrl(provider) }));
      return c.json({ data }, 200);
    },
  )
  .get(
    "/oauth/:provider/start",
    operation({
      id: "startProviderSignIn",
      summary: "Go to a provider to sign in",
      description: "For a browser to visit. What it must bring back lies in a cookie for ten minutes.",
      tag: "Auth",
      permission: null,
      answers: { 302: { description: "To the provider" } },
      refuses: ["not_found", "provider_not_configured", "validation_failed"],
    }),
    pathParameter("provider"),
    validate("query", startSignInQuery),
    async (c) => {
      const provider = c.req.param("provider");
      const returnTo = c.req.valid("query").return_to;
      const input = { provider, returnTo, redirectUri: stepAt(c, "callback") };
      const { url, sealed } = await startSignIn(contextOf(c), input);
      setAttemptCookie(c, sealed);
      return c.redirect(url, 302);
    },
  )
  .get(
    "/oauth/:provider/callback",
    operation({
      id: "finishProviderSignIn",
      summary: "Come back from a provider",
      description:
        "Where a provider sends a browser. Who is signed in goes on to `return_to` with the cookie that /api/auth/refresh takes; who is not reads a page that says why.",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: {
        303: { description: "Signed in: to `return_to`" },
        400: { description: "A page: this belongs to no sign-in that was begun here", contentType: "text/html" },
        403: { description: "A page: the provider does not vouch for a user", contentType: "text/html" },
        503: { description: "A page: the provider did not answer", contentType: "text/html" },
      },
      refuses: ["not_found", "provider_not_configured"],
    }),
    pathParameter("provider"),
    async (c) => {
      const finished = await finishSignIn(contextOf(c), {
        provider: c.req.param("provider"),
        sealed: takeAttemptCookie(c),
        answer: new URL(c.req.url).searchParams,
        redirectUri: stepAt(c, "callback"),
        userAgent: c.req.header("User-Agent") ?? null,
      });
      if (finished.ok) {
        setRefreshCookie(c, finished.opened.refreshToken);
        return c.redirect(finished.returnTo, 303);
      }
      const words = signInWords(finished.reason, finished.providerName);
      c.var.logFields.reason = finished.reason;
      c.header("Content-Security-Policy", await pagePolicy(c.env.deps.digests, cardStyle));
      if (words.status === 503) c.header("Retry-After", String(awayRetrySeconds));
      const againUrl = `start?${new URLSearchParams({ return_to: finished.returnTo })}`;
      return c.html(signInPage(words, againUrl), words.status);
    },
  )
  .get(
    "/identities",
    operation({
      id: "listIdentities",
      summary: "The providers that vouch for you",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 200: { description: "Those that are linked", schema: identitiesAnswer } },
    }),
    async (c) => c.json(await listIdentities(userContextOf(c)), 200),
  )
  .delete(
    "/identities/:provider",
    operation({
      id: "unlinkIdentity",
      summary: "End a provider's word for you",
      description: "Ends the other sessions that were opened by it. A link to your address still lets you in.",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 204: { description: "It vouches for you no more" } },
      refuses: ["not_found"],
    }),
    pathParameter("provider"),
    async (c) => {
      await unlinkIdentity(userContextOf(c), c.req.param("provider"));
      return c.body(null, 204);
    },
  );
