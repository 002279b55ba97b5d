import { useQuery } from "@tanstack/react-query";
import type { UsageAnswer } from "../../../contract/usage.ts";
import { getUsage } from "../../../sdk/operations/usage.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";

/** Past this much of a limit somebody is told before they meet it. */
export const nearlyPercent = 90;

export function useUsage() {
  return useQuery({
    queryKey: queryKeys.usage,
    queryFn: ({ signal }) => transport.call(getUsage, {}, { signal }),
  });
}

/** One limit, as it is shown: the day's videos and the month's metrics alike. */
export type Limit = {
  metric: "videos" | UsageAnswer["metrics"][number]["metric"];
  used: number;
  limit: number | null;
  percent: number | null;
  resetsAt: string | null;
};

export function isLimit(kept: unknown): kept is Limit {
  if (typeof kept !== "object" || kept === null) return false;
  const { metric, percent, resetsAt } = kept as Record<string, unknown>;
  return (
    typeof metric === "string" && typeof percent === "number" && (resetsAt === null || typeof resetsAt === "string")
  );
}

export function limitsOf({ daily_videos: daily, metrics }: UsageAnswer): Limit[] {
  const { used, limit, resets_at: resetsAt } = daily;
  const percent = limit === null ? null : limit === 0 ? 100 : (100 * used) / limit;
  return [
    { metric: "videos", used, limit, percent, resetsAt },
    ...metrics.map((one) => ({ ...one, resetsAt: one.resets_at })),
  ];
}

/** The limit that is nearest to its end, when that is near. */
export function findNearest(limits: readonly Limit[]): Limit | null {
  const near = limits.filter(({ percent }) => percent !== null && percent >= nearlyPercent);
  return near.toSorted((one, other) => (other.percent ?? 0) - (one.percent ?? 0))[0] ?? null;
}

/** Seconds of speech are read as minutes; what was used is never rounded to nothing. */
export function readable(metric: Limit["metric"], count: number): string {
  const inUnits = metric === "speech_seconds" ? Math.ceil(count / 6) / 10 : count;
  return inUnits.toLocaleString("en", { maximumFractionDigits: metric === "storage_gb" ? 3 : 1 });
}

export function percentText(percent: number): string {
  return `${Math.floor(percent)}%`;
}
