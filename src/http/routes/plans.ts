import { Hono } from "hono";
import { plansAnswer, subscriptionAnswer } from "../../contract/plans.ts";
import { listPlans } from "../../core/plans/list-plans.ts";
import { readSubscription } from "../../core/plans/read-subscription.ts";
import { contextOf, userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";

export const planRoutes = new Hono<HttpEnv>()
  .get(
    "/plans",
    operation({
      id: "listPlans",
      summary: "What each plan costs and allows",
      tag: "Billing",
      permission: null,
      answers: { 200: { description: "The plans, from least to most", schema: plansAnswer } },
    }),
    (c) => c.json(listPlans(contextOf(c)), 200),
  )
  .get(
    "/subscription",
    operation({
      id: "getSubscription",
      summary: "The plan you have now, and until when",
      tag: "Billing",
      permission: "billing.read",
      answers: { 200: { description: "The plan", schema: subscriptionAnswer } },
    }),
    async (c) => c.json(await readSubscription(userContextOf(c)), 200),
  );
