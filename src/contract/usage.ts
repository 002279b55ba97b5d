import { z } from "zod";

export const usageMetrics = ["images", "speech_seconds", "render_minutes", "storage_gb", "uploads"] as const;
export type UsageMetric = (typeof usageMetrics)[number];

export const usageAnswer = z.object({
  plan: z.string(),
  /** The calendar month, UTC. */
  period: z.object({ from: z.string(), to: z.string() }),
  metrics: z.array(
    z.object({
      metric: z.enum(usageMetrics),
      /** What is being made counts with the most it may need. */
      used: z.number().nonnegative(),
      limit: z.number().nonnegative().nullable().meta({ description: "null: no limit." }),
      percent: z.number().nonnegative().nullable().meta({
        description: "Of the limit, to a tenth; above 100 where a larger plan has ended. null: no limit.",
      }),
      resets_at: z.string().nullable().meta({ description: "null: only deleting makes room." }),
    }),
  ),
  daily_videos: z.object({
    used: z.int().nonnegative(),
    limit: z.int().nonnegative().nullable(),
    resets_at: z.string(),
  }),
});
export type UsageAnswer = z.infer<typeof usageAnswer>;

export const usageHistoryQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(30),
});

export const usageHistoryAnswer = z.object({
  data: z.array(
    z.object({
      /** A UTC day. */
      date: z.string(),
      videos: z.int().nonnegative(),
      minutes: z.number().nonnegative().meta({ description: "Of video, to a tenth." }),
      images: z.int().nonnegative(),
      speech_seconds: z.int().nonnegative(),
      credits: z.int().nonnegative(),
    }),
  ),
});
export type UsageHistoryAnswer = z.infer<typeof usageHistoryAnswer>;
