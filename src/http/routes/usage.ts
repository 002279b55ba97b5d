import { Hono } from "hono";
import { usageAnswer, usageHistoryAnswer, usageHistoryQuery } from "../../contract/usage.ts";
import { readUsage } from "../../core/usage/read-usage.ts";
import { readUsageHistory } from "../../core/usage/read-usage-history.ts";
import { userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

export const usageRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    operation({
      id: "getUsage",
      summary: "What is used of this month's and today's limits",
      tag: "Usage",
      permission: "usage.read",
      answers: { 200: { description: "Each limit, and when it resets", schema: usageAnswer } },
    }),
    async (c) => c.json(await readUsage(userContextOf(c)), 200),
  )
  .get(
    "/history",
    operation({
      id: "getUsageHistory",
      summary: "What was used on each of the last days",
      tag: "Usage",
      permission: "usage.read",
      answers: { 200: { description: "One row a UTC day, today last", schema: usageHistoryAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", usageHistoryQuery),
    async (c) => c.json(await readUsageHistory(userContextOf(c), c.req.valid("query").days), 200),
  );
