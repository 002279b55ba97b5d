/** Limits and what was used of them, in the units that people read: minutes and gigabytes. */
import type { UsageMetric } from "../../contract/usage.ts";
import { monthlyLimit, type Plan, type QuotaMetric, type UploadMetric, uploadLimit } from "../plans/plans.ts";

type Counted = QuotaMetric | UploadMetric;

/** What each is counted in, how much of that makes one, and to how many decimals it is told. */
export const metricUnits: Record<UsageMetric, { counted: Counted; size: number; decimals: number }> = {
  images: { counted: "images", size: 1, decimals: 0 },
  speech_seconds: { counted: "speech_seconds", size: 1, decimals: 0 },
  render_minutes: { counted: "render_seconds", size: 60, decimals: 1 },
  storage_gb: { counted: "storage_bytes", size: 1_000_000_000, decimals: 3 },
  uploads: { counted: "uploads", size: 1, decimals: 0 },
};

/** Rounded up, so that what was used is never told as nothing. */
export function toUnits(metric: UsageMetric, count: number): number {
  const { size, decimals } = metricUnits[metric];
  const steps = 10 ** decimals;
  return Math.ceil((count * steps) / size) / steps;
}

/** null: no limit. */
export function limitOf(plan: Plan, metric: UsageMetric): number | null {
  const { counted, size } = metricUnits[metric];
  const limit =
    counted === "uploads" || counted === "storage_bytes" ? uploadLimit(plan, counted) : monthlyLimit(plan, counted);
  return limit === null ? null : limit / size;
}
