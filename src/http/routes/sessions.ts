import { Hono } from "hono";
import { changePasswordBody, reauthenticateBody, refreshAnswer, sessionsAnswer } from "../../contract/sessions.ts";
import { changePassword } from "../../core/accounts/passwords/change-password.ts";
import { endOtherSessions } from "../../core/accounts/sessions/end-other-sessions.ts";
import { endOwnSession } from "../../core/accounts/sessions/end-own-session.ts";
import { listSessions } from "../../core/accounts/sessions/list-sessions.ts";
import { reauthenticate } from "../../core/accounts/sessions/reauthenticate.ts";
import { refreshSession } from "../../core/accounts/sessions/refresh-session.ts";
import { sessionIdOf } from "../../core/context.ts";
import { fail } from "../../core/fail.ts";
import { contextOf, userContextOf } from "../context.ts";
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from "../cookies.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { requireOwnPage } from "../same-origin.ts";
import { validate } from "../validate.ts";

export const sessionRoutes = new Hono<HttpEnv>()
  .post(
    "/refresh",
    operation({
      id: "refreshSession",
      summary: "A new access token",
      description:
        "For the refresh token in the cookie, which is spent thereby: the next is in the answer's cookie. Sent again within 10 seconds by the same client, a spent one gets the identical answer; sent by anybody else or later, it ends the session, since it may have been stolen.",
      tag: "Auth",
      permission: null,
      answers: { 200: { description: "The token; the cookie holds the next refresh token", schema: refreshAnswer } },
      refuses: ["unauthenticated", "origin_not_allowed"],
    }),
    async (c) => {
      const token = readRefreshCookie(c);
      if (token !== null) requireOwnPage(c);
      const userAgent = c.req.header("User-Agent") ?? null;
      const refreshed = await refreshSession(contextOf(c), { token, userAgent });
      if (refreshed === null) {
        clearRefreshCookie(c);
        fail("unauthenticated", "You are not signed in here any more. Sign in again.");
      }
      setRefreshCookie(c, refreshed.refreshToken);
      return c.json(refreshed.answer, 200);
    },
  )
  .get(
    "/sessions",
    operation({
      id: "listSessions",
      summary: "Where you are signed in",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 200: { description: "At most 100, the ones used last first", schema: sessionsAnswer } },
    }),
    async (c) => c.json(await listSessions(userContextOf(c)), 200),
  )
  .delete(
    "/sessions/:id",
    operation({
      id: "endSession",
      summary: "Sign out somewhere",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 204: { description: "Its tokens are worth nothing from now on" } },
      refuses: ["not_found"],
    }),
    existing("session"),
    async (c) => {
      const context = userContextOf(c);
      const sessionId = c.req.param("id");
      await endOwnSession(context, sessionId);
      if (sessionId === sessionIdOf(context.actor)) clearRefreshCookie(c);
      return c.body(null, 204);
    },
  )
  .delete(
    "/sessions",
    operation({
      id: "endOtherSessions",
      summary: "Sign out everywhere else",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 204: { description: "Only this session goes on" } },
    }),
    async (c) => {
      await endOtherSessions(userContextOf(c));
      return c.body(null, 204);
    },
  )
  .post(
    "/reauthenticate",
    operation({
      id: "reauthenticate",
      summary: "Show again that it is you",
      description: "By your password: what needs a fresh sign-in is possible again for two hours.",
      tag: "Auth",
      permission: "sessions.manage",
      rate: "sign_in",
      answers: { 204: { description: "This session's sign-in is fresh" } },
      refuses: ["validation_failed", "invalid_credentials", "sign_in_again"],
    }),
    requireJson(),
    validate("json", reauthenticateBody),
    async (c) => {
      await reauthenticate(userContextOf(c), c.req.valid("json"));
      return c.body(null, 204);
    },
  )
  .post(
    "/password/change",
    operation({
      id: "changePassword",
      summary: "Change your password",
      description: "You are signed out everywhere but here, and told by mail.",
      tag: "Auth",
      permission: "password.change",
      rate: "sign_in",
      answers: { 204: { description: "From now on the new one is good" } },
      refuses: ["validation_failed", "invalid_credentials", "sign_in_again"],
    }),
    requireJson(),
    validate("json", changePasswordBody),
    async (c) => {
      await changePassword(userContextOf(c), c.req.valid("json"));
      return c.body(null, 204);
    },
  );
