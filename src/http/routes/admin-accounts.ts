import { Hono } from "hono";
import { accountBody, adminUserAnswer, sessionsEndedAnswer } from "../../contract/admin.ts";
import { disableUser, enableUser } from "../../core/admin/disable-user.ts";
import { endSessions } from "../../core/admin/end-sessions.ts";
import { userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

const admin = { tag: "Admin", permission: "service.operate" } as const;
const refuses = ["validation_failed", "not_found", "unsupported_media_type"] as const;

export const adminAccountRoutes = new Hono<HttpEnv>()
  .post(
    "/users/:id/disable",
    operation({
      ...admin,
      id: "adminDisableUser",
      summary: "Shut a user out",
      description: "Their sessions end and their keys are dead at once. What they have stays as it is.",
      answers: { 200: { description: "The user", schema: adminUserAnswer } },
      refuses: [...refuses],
    }),
    existing("user"),
    requireJson(),
    validate("json", accountBody),
    async (c) => {
      const input = { ...c.req.valid("json"), userId: c.req.param("id") };
      return c.json(await disableUser(userContextOf(c), input), 200);
    },
  )
  .post(
    "/users/:id/enable",
    operation({
      ...admin,
      id: "adminEnableUser",
      summary: "Let a user in again",
      answers: { 200: { description: "The user", schema: adminUserAnswer } },
      refuses: [...refuses],
    }),
    existing("user"),
    requireJson(),
    validate("json", accountBody),
    async (c) => {
      const input = { ...c.req.valid("json"), userId: c.req.param("id") };
      return c.json(await enableUser(userContextOf(c), input), 200);
    },
  )
  .post(
    "/users/:id/end-sessions",
    operation({
      ...admin,
      id: "adminEndSessions",
      summary: "Sign a user out everywhere",
      answers: { 200: { description: "How many sessions that were", schema: sessionsEndedAnswer } },
      refuses: [...refuses],
    }),
    existing("user"),
    requireJson(),
    validate("json", accountBody),
    async (c) => {
      const input = { ...c.req.valid("json"), userId: c.req.param("id") };
      return c.json(await endSessions(userContextOf(c), input), 200);
    },
  );
