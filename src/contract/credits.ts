import { z } from "zod";
import { idSchema } from "./ids.ts";
import { resolutions } from "./video.ts";

export const transactionTypes = ["purchase", "topup", "usage", "refund", "bonus", "adjustment"] as const;
export type TransactionType = (typeof transactionTypes)[number];

export const balanceAnswer = z.object({
  balance: z.int().nonnegative().meta({ description: "Credits that can be spent now." }),
  held: z.int().nonnegative().meta({ description: "Credits charged for videos that are still being made." }),
  total_purchased: z.int().nonnegative(),
  unlimited: z.boolean(),
});
export type BalanceAnswer = z.infer<typeof balanceAnswer>;

export const packagesAnswer = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      number: z.int(),
      credits: z.int(),
      bonus: z.int(),
      total: z.int(),
      prices: z.object({
        USD: z.object({ amount: z.int(), currency: z.literal("USD") }),
        KES: z.object({ amount: z.int(), currency: z.literal("KES") }),
      }),
      per_credit: z.object({ USD: z.number(), KES: z.number() }),
    }),
  ),
});
export type PackagesAnswer = z.infer<typeof packagesAnswer>;

export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});

export const transactionsQuery = listQuery.extend({
  type: z.enum(transactionTypes).optional(),
  from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  to: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
});
export type TransactionsQuery = z.infer<typeof transactionsQuery>;

export const transactionAnswer = z.object({
  id: idSchema("transaction"),
  type: z.enum(transactionTypes),
  /** Credits; below zero when they were spent. */
  amount: z.int(),
  balance_after: z.int(),
  description: z.string(),
  video_id: z.string().optional(),
  image_id: z.string().optional(),
  payment_id: z.string().optional(),
  created_at: z.string(),
});
export type TransactionAnswer = z.infer<typeof transactionAnswer>;
export const transactionsAnswer = z.object({ data: z.array(transactionAnswer), next_cursor: z.string().nullable() });
export type TransactionsAnswer = z.infer<typeof transactionsAnswer>;

/** Longest video one may ask the price of: a day. */
const durationMaxSeconds = 86_400;

export const calculateCostBody = z
  .strictObject({
    duration_minutes: z
      .number()
      .positive()
      .max(durationMaxSeconds / 60)
      .optional(),
    duration_seconds: z.number().positive().max(durationMaxSeconds).optional(),
    resolution: z.enum(resolutions),
    custom_music: z.boolean().default(false),
    premium_tts: z.boolean().default(false),
    ai_enhancement: z.boolean().default(false),
  })
  .refine((body) => (body.duration_minutes === undefined) !== (body.duration_seconds === undefined), {
    message: "give either duration_minutes or duration_seconds",
    path: ["duration_seconds"],
  });
export type CalculateCostBody = z.infer<typeof calculateCostBody>;

export const costBreakdown = z.array(z.object({ item: z.string(), credits: z.int() }));
export const costAnswer = z.object({
  credits: z.int(),
  breakdown: costBreakdown,
  affordable: z.boolean(),
  balance: z.int().nonnegative(),
});
export type CostAnswer = z.infer<typeof costAnswer>;
