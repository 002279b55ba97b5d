import { z } from "zod";
import { usageMetrics } from "./usage.ts";

export const planNames = ["free", "pro", "premium", "enterprise"] as const;

const price = <Currency extends string>(currency: Currency) =>
  z.object({ amount: z.int().nonnegative(), currency: z.literal(currency) });

export const plansAnswer = z.object({
  data: z.array(
    z.object({
      id: z.enum(planNames),
      prices: z
        .object({ USD: price("USD"), KES: price("KES") })
        .nullable()
        .meta({ description: "Of a month, in minor units; null: agreed with each customer." }),
      videos_per_day: z.int().nullable().meta({ description: "null: no limit." }),
      quotas: z.array(
        z.object({
          metric: z.enum(usageMetrics),
          limit: z.number().nullable().meta({ description: "A month; of storage, at a time. null: no limit." }),
        }),
      ),
      credits: z
        .enum(["as_bought", "videos_free"])
        .meta({ description: "Whether a video costs credits, or none (images cost theirs on every plan)." }),
      features: z.array(z.enum(["4k", "publishing", "priority_queue", "priority_support"])),
      is_own: z.boolean().optional().meta({ description: "Whether it is the caller's plan now; only when signed in." }),
    }),
  ),
});
export type PlansAnswer = z.infer<typeof plansAnswer>;

export const subscriptionAnswer = z.object({
  plan: z.enum(planNames),
  status: z.string().meta({
    description:
      "`active`, `trialing`, `past_due` (not paid for any more, and still on for some days of grace), `canceled`, or another word of Stripe's.",
  }),
  current_period_end: z.string().nullable().meta({ description: "Until when it is paid for; null: without an end." }),
  customer_id: z.string().nullable().meta({ description: "The customer at Stripe." }),
  cancel_at_period_end: z.boolean().meta({ description: "Whether it ends then, rather than renews." }),
  provider: z.enum(["stripe", "mpesa", "operator"]).nullable(),
  next: z
    .object({ plan: z.enum(planNames), starts_at: z.string() })
    .nullable()
    .meta({ description: "What is paid for already and begins when this ends." }),
});
export type SubscriptionAnswer = z.infer<typeof subscriptionAnswer>;
