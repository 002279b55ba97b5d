/** The day's videos and the month's quotas: what is left, what resets when, and what a hold may not pass. */
import { monthlyLimit, type Plan, planRules, quotaMetrics, type Usage, windowsAt } from "../plans/plans.ts";
import type { DailyState, HoldResult, MetricState } from "./ledger.ts";

/** What the windows a moment falls in have counted so far. */
export type Counts = { videosToday: number; monthly: Usage };

/** What a caller is told who would pass a limit. `used`: without what was asked for now. */
export function limitWords(passed: { metric: string; used: number; limit: number; resetsAtMs: number }): string {
  const { metric, used, limit } = passed;
  const resetsAt = new Date(passed.resetsAtMs).toISOString().slice(0, 16).replace("T", " ");
  const left = used < limit ? `leaves ${limit - used} of ${limit}` : `has none left of ${limit}`;
  return `Your plan ${left} ${metric.replaceAll("_", " ")}. Nothing was charged; it resets at ${resetsAt} UTC.`;
}

export type QuotaRefusal = Extract<HoldResult, { code: "quota_exceeded" }>;

export function dailyStateAt(plan: Plan, videosToday: number, nowMs: number): DailyState {
  return { used: videosToday, limit: planRules[plan].videosPerDay, resetsAtMs: windowsAt(nowMs).dayEndsAtMs };
}

export function monthlyStatesAt(plan: Plan, monthly: Usage, nowMs: number): MetricState[] {
  const resetsAtMs = windowsAt(nowMs).monthEndsAtMs;
  return quotaMetrics.map((metric) => ({
    metric,
    used: monthly[metric],
    limit: monthlyLimit(plan, metric),
    resetsAtMs,
  }));
}

/** The first limit that one more video of this usage would pass: the day's, then the month's in the order of `quotaMetrics`. */
export function findPassedLimit(
  wanted: { plan: Plan; usage: Usage; isVideo?: false },
  counts: Counts,
  nowMs: number,
): QuotaRefusal | null {
  const daily = dailyStateAt(wanted.plan, counts.videosToday, nowMs);
  const states = [
    { ...daily, metric: "videos_per_day" as const, more: wanted.isVideo === false ? 0 : 1 },
    ...monthlyStatesAt(wanted.plan, counts.monthly, nowMs).map((state) => ({
      ...state,
      more: wanted.usage[state.metric],
    })),
  ];
  for (const { metric, used, limit, more, resetsAtMs } of states) {
    // A video that needs none of a metric is not stopped by it, though a lapsed plan may have left it over the limit.
    if (limit === null || more === 0 || used + more <= limit) continue;
    return { ok: false, code: "quota_exceeded", metric, used, limit, resetsAtMs };
  }
  return null;
}
