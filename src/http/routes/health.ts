import { Hono } from "hono";
import { healthAnswer } from "../../contract/health.ts";
import { checkHealth } from "../../core/check-health.ts";
import { contextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";

const retryAfterSeconds = "5";

export const healthRoutes = new Hono<HttpEnv>().get(
  "/health",
  operation({
    id: "getHealth",
    summary: "Is everything up",
    tag: "Service",
    permission: null,
    isRateLimited: false,
    answers: {
      200: { description: "Everything that matters is up", schema: healthAnswer },
      503: { description: "Something that matters is down", schema: healthAnswer },
    },
  }),
  async (c) => {
    const health = await checkHealth(contextOf(c));
    return health.status === "ok" ? c.json(health, 200) : c.json(health, 503, { "Retry-After": retryAfterSeconds });
  },
);
