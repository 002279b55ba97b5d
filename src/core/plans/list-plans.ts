import type { PlansAnswer } from "../../contract/plans.ts";
import { usageMetrics } from "../../contract/usage.ts";
import type { Context } from "../context.ts";
import { limitOf } from "../usage/metrics.ts";
import { type Plan, planPrices, planRules, plans } from "./plans.ts";

type PlanAnswer = PlansAnswer["data"][number];

/** What each plan costs and allows; the caller's own is marked. */
export function listPlans({ actor }: Context): PlansAnswer {
  return {
    data: plans.map((plan) => ({
      id: plan,
      prices: pricesOf(plan),
      videos_per_day: planRules[plan].videosPerDay,
      quotas: usageMetrics.map((metric) => ({ metric, limit: limitOf(plan, metric) })),
      credits: planRules[plan].isVideoFree ? ("videos_free" as const) : ("as_bought" as const),
      features: featuresOf(plan),
      ...(actor.kind === "user" ? { is_own: actor.plan === plan } : {}),
    })),
  };
}

function pricesOf(plan: Plan): PlanAnswer["prices"] {
  const price = plan === "free" ? { USD: 0, KES: 0 } : planPrices[plan];
  if (price === null) return null;
  return { USD: { amount: price.USD, currency: "USD" }, KES: { amount: price.KES, currency: "KES" } };
}

function featuresOf(plan: Plan): PlanAnswer["features"] {
  const { has4k, hasPublishing, hasPriorityQueue, hasPrioritySupport } = planRules[plan];
  return [
    ...(has4k ? (["4k"] as const) : []),
    ...(hasPublishing ? (["publishing"] as const) : []),
    ...(hasPriorityQueue ? (["priority_queue"] as const) : []),
    ...(hasPrioritySupport ? (["priority_support"] as const) : []),
  ];
}
