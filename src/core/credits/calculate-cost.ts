import type { CalculateCostBody, CostAnswer } from "../../contract/credits.ts";
import type { UserContext } from "../context.ts";
import { invariant } from "../fail.ts";
import { priceOnPlan, priceVideo } from "./pricing.ts";

/** What a video of this length would cost the caller, on the caller's plan, and whether the balance covers it. Moves nothing. */
export async function calculateCost(context: UserContext, input: CalculateCostBody): Promise<CostAnswer> {
  const { deps, actor } = context;
  const seconds = input.duration_seconds ?? (input.duration_minutes ?? 0) * 60;
  invariant(seconds > 0, "the body gives one duration");
  const price = priceVideo({
    seconds,
    resolution: input.resolution,
    hasOwnMusic: input.custom_music,
    hasPremiumVoice: input.premium_tts,
    hasAiEnhancement: input.ai_enhancement,
  });
  const { credits, breakdown } = priceOnPlan(price, actor.plan);
  const { balance } = await deps.ledger(actor.tenantId).readBalance();
  return { credits, breakdown, affordable: credits <= balance, balance };
}
