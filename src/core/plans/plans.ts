/** Plans, their daily limits and monthly quotas: product.md, Plans. */
import { planNames } from "../../contract/plans.ts";

/** From least to most. */
export const plans = planNames;
export type Plan = (typeof plans)[number];

/** What a month is counted in. Seconds of speech and of video, and pictures drawn. */
export const quotaMetrics = ["images", "speech_seconds", "render_seconds"] as const;
export type QuotaMetric = (typeof quotaMetrics)[number];
export type Usage = Record<QuotaMetric, number>;

type PlanRules = {
  /** null: no limit. */
  videosPerDay: number | null;
  quotaFactor: number | null;
  isVideoFree: boolean;
  has4k: boolean;
  hasPublishing: boolean;
  hasPriorityQueue: boolean;
  hasPrioritySupport: boolean;
};

const none = {
  isVideoFree: false,
  has4k: false,
  hasPublishing: false,
  hasPriorityQueue: false,
  hasPrioritySupport: false,
};
const pro = { ...none, has4k: true, hasPublishing: true, hasPriorityQueue: true };
const premium = { ...pro, isVideoFree: true, hasPrioritySupport: true };

export const planRules: Record<Plan, PlanRules> = {
  free: { ...none, videosPerDay: 3, quotaFactor: 1 },
  pro: { ...pro, videosPerDay: 20, quotaFactor: 5 },
  premium: { ...premium, videosPerDay: 50, quotaFactor: 10 },
  enterprise: { ...premium, videosPerDay: null, quotaFactor: null },
};

/** Minor units a month: US cents, Kenyan cents. null: not sold at a fixed price. */
export const planPrices: Record<Plan, { USD: number; KES: number } | null> = {
  free: null,
  pro: { USD: 7_99, KES: 1_000_00 },
  premium: { USD: 19_99, KES: 2_500_00 },
  enterprise: null,
};

export const dayMs = 86_400_000;

/** From least to most: the higher of two that are had at once counts. */
export function planRank(plan: Plan): number {
  return plans.indexOf(plan);
}

/** Monthly quotas at ×1: 500 images, 60,000 seconds of speech, 500 render minutes. */
const monthlyQuota: Usage = { images: 500, speech_seconds: 60_000, render_seconds: 500 * 60 };

/** How much of a metric a month allows; null: no limit. */
export function monthlyLimit(plan: Plan, metric: QuotaMetric): number | null {
  const { quotaFactor } = planRules[plan];
  return quotaFactor === null ? null : monthlyQuota[metric] * quotaFactor;
}

/** What uploads are counted in: how many a month, and how many bytes are kept now. */
export const uploadMetrics = ["uploads", "storage_bytes"] as const;
export type UploadMetric = (typeof uploadMetrics)[number];

/** At ×1: 500 uploads a month, 100 GB kept. */
const uploadQuota: Record<UploadMetric, number> = { uploads: 500, storage_bytes: 100_000_000_000 };

/** How many uploads a month allows, or how many bytes may be kept at a time; null: no limit. */
export function uploadLimit(plan: Plan, metric: UploadMetric): number | null {
  const { quotaFactor } = planRules[plan];
  return quotaFactor === null ? null : uploadQuota[metric] * quotaFactor;
}

/** The UTC day and month a moment falls in, and when each ends. Both reset in UTC (product.md). */
export function windowsAt(nowMs: number): { day: string; month: string; dayEndsAtMs: number; monthEndsAtMs: number } {
  const now = new Date(nowMs);
  const [year, month, date] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const iso = now.toISOString();
  return {
    day: iso.slice(0, 10),
    month: iso.slice(0, 7),
    dayEndsAtMs: Date.UTC(year, month, date + 1),
    monthEndsAtMs: Date.UTC(year, month + 1, 1),
  };
}
