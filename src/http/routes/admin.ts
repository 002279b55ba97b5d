import { Hono } from "hono";
import { z } from "zod";
import {
  adjustCreditsBody,
  adjustedAnswer,
  adminUserAnswer,
  adminUsersAnswer,
  adminUsersQuery,
  adminVideosAnswer,
  adminVideosQuery,
  auditLogAnswer,
  auditLogQuery,
  givePlanBody,
  statsAnswer,
  stuckAnswer,
  waiveBody,
  waivedAnswer,
} from "../../contract/admin.ts";
import { adjustCredits, waiveDebt } from "../../core/admin/adjust-credits.ts";
import { givePlanToUser } from "../../core/admin/give-plan.ts";
import { readGauges } from "../../core/admin/read-gauges.ts";
import { readStats } from "../../core/admin/read-stats.ts";
import { readStuck } from "../../core/admin/read-stuck.ts";
import { searchUsers } from "../../core/admin/search-users.ts";
import { listAuditLog } from "../../core/audit/list-audit-log.ts";
import { searchVideos } from "../../core/videos/search-videos.ts";
import { contextOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { prometheusText, prometheusType } from "../prometheus-text.ts";
import { validate } from "../validate.ts";

const admin = { tag: "Admin", permission: "service.operate" } as const;

export const adminRoutes = new Hono<HttpEnv>()
  .get(
    "/users",
    operation({
      ...admin,
      id: "adminListUsers",
      summary: "Users with their plans and balances",
      answers: { 200: { description: "A page of users, the newest first", schema: adminUsersAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", adminUsersQuery),
    async (c) => c.json(await searchUsers(c.env.deps, c.req.valid("query")), 200),
  )
  .post(
    "/users/:id/credits",
    operation({
      ...admin,
      id: "adminAdjustCredits",
      summary: "Give a user credits, or take some",
      description: "Never more is taken than can be spent.",
      isIdempotent: true,
      answers: { 200: { description: "The balance afterwards", schema: adjustedAnswer } },
      refuses: ["validation_failed", "not_found", "insufficient_credits", "unsupported_media_type"],
    }),
    existing("user"),
    requireJson(),
    validate("json", adjustCreditsBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      const input = { ...c.req.valid("json"), userId: c.req.param("id"), idempotencyKey };
      return c.json(await adjustCredits(userContextOf(c), input), 200);
    },
  )
  .post(
    "/users/:id/waive",
    operation({
      ...admin,
      id: "adminWaiveDebt",
      summary: "Forgive the credits that a user owes",
      isIdempotent: true,
      answers: { 200: { description: "How many that were", schema: waivedAnswer } },
      refuses: ["validation_failed", "not_found", "unsupported_media_type"],
    }),
    existing("user"),
    requireJson(),
    validate("json", waiveBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      const input = { ...c.req.valid("json"), userId: c.req.param("id"), idempotencyKey };
      return c.json(await waiveDebt(userContextOf(c), input), 200);
    },
  )
  .post(
    "/users/:id/plan",
    operation({
      ...admin,
      id: "adminGivePlan",
      summary: "Give a user's tenant a plan",
      description: "Beside what they pay for: the highest of all counts. It takes the place of one given before.",
      isIdempotent: true,
      answers: { 200: { description: "The user, with the plan they have now", schema: adminUserAnswer } },
      refuses: ["validation_failed", "not_found", "unsupported_media_type"],
    }),
    existing("user"),
    requireJson(),
    validate("json", givePlanBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      const input = { ...c.req.valid("json"), userId: c.req.param("id"), idempotencyKey };
      return c.json(await givePlanToUser(userContextOf(c), input), 200);
    },
  )
  .get(
    "/videos",
    operation({
      ...admin,
      id: "adminListVideos",
      summary: "Everybody's videos",
      answers: { 200: { description: "A page of videos, the newest first", schema: adminVideosAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", adminVideosQuery),
    async (c) => c.json(await searchVideos(c.env.deps, c.req.valid("query")), 200),
  )
  .get(
    "/audit-log",
    operation({
      ...admin,
      id: "adminListAuditLog",
      summary: "Who changed what, and when",
      answers: { 200: { description: "A page of changes, the newest first", schema: auditLogAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", auditLogQuery),
    async (c) => c.json(await listAuditLog(c.env.deps, c.req.valid("query")), 200),
  )
  .get(
    "/stuck",
    operation({
      ...admin,
      id: "adminListStuck",
      summary: "What has not come to its end by itself",
      answers: { 200: { description: "Events, payments, refunds and videos that wait", schema: stuckAnswer } },
    }),
    async (c) => c.json(await readStuck(contextOf(c)), 200),
  )
  .get(
    "/stats",
    operation({
      ...admin,
      id: "adminGetStats",
      summary: "The service in numbers",
      answers: { 200: { description: "Of all time, and of the last 30 days", schema: statsAnswer } },
    }),
    async (c) => c.json(await readStats(c.env.deps), 200),
  )
  .get(
    "/metrics",
    operation({
      tag: "Admin",
      permission: "service.measure",
      id: "adminGetMetrics",
      summary: "The service as it is now, for a monitor",
      description:
        "Prometheus' text format, with an operator's session or secret key. Each number is named in docs/operations/alerts.md.",
      answers: { 200: { description: "Gauges", schema: z.string(), contentType: "text/plain" } },
    }),
    async (c) => {
      const text = prometheusText(await readGauges(c.env.deps));
      return c.body(text, 200, { "Content-Type": prometheusType, "Cache-Control": "no-store" });
    },
  );
