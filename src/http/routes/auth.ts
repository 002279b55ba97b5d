import { Hono } from "hono";
import { logInBody, meAnswer, sessionAnswer, signUpBody } from "../../contract/accounts.ts";
import { getMe } from "../../core/accounts/get-me.ts";
import { logIn } from "../../core/accounts/sessions/log-in.ts";
import { logOut } from "../../core/accounts/sessions/log-out.ts";
import { signUp } from "../../core/accounts/sign-up.ts";
import { askedFrom } from "../asked-from.ts";
import { contextOf, userContextOf } from "../context.ts";
import { clearRefreshCookie, setRefreshCookie } from "../cookies.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

export const authRoutes = new Hono<HttpEnv>()
  .post(
    "/signup",
    operation({
      id: "signUp",
      summary: "Make an account",
      description: "With a tenant of its own and 10 free credits.",
      tag: "Auth",
      permission: null,
      rate: "sign_up",
      answers: { 201: { description: "The account, and a session", schema: sessionAnswer } },
      refuses: ["validation_failed", "email_taken", "phone_taken"],
    }),
    requireJson(),
    validate("json", signUpBody),
    async (c) => {
      const userAgent = c.req.header("User-Agent") ?? null;
      const { answer, refreshToken } = await signUp(contextOf(c), {
        ...c.req.valid("json"),
        userAgent,
        from: askedFrom(c, undefined),
      });
      setRefreshCookie(c, refreshToken);
      return c.json(answer, 201);
    },
  )
  .post(
    "/login",
    operation({
      id: "logIn",
      summary: "Sign in",
      tag: "Auth",
      permission: null,
      rate: "sign_in",
      answers: { 200: { description: "A session", schema: sessionAnswer } },
      refuses: ["validation_failed", "invalid_credentials"],
    }),
    requireJson(),
    validate("json", logInBody),
    async (c) => {
      const userAgent = c.req.header("User-Agent") ?? null;
      const { answer, refreshToken } = await logIn(contextOf(c), { ...c.req.valid("json"), userAgent });
      setRefreshCookie(c, refreshToken);
      return c.json(answer, 200);
    },
  )
  .post(
    "/logout",
    operation({
      id: "logOut",
      summary: "End this session",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 204: { description: "The token is worth nothing from now on" } },
    }),
    async (c) => {
      await logOut(userContextOf(c));
      clearRefreshCookie(c);
      return c.body(null, 204);
    },
  )
  .get(
    "/me",
    operation({
      id: "getMe",
      summary: "Who am I",
      tag: "Auth",
      permission: "profile.read",
      answers: { 200: { description: "The user, the tenant and its credits", schema: meAnswer } },
    }),
    async (c) => c.json(await getMe(userContextOf(c)), 200),
  );
