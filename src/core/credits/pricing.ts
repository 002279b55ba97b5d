/** What a video costs: product.md, Credits. */
import type { CostAnswer, PricedResolution } from "../../contract/credits.ts";
import { invariant } from "../fail.ts";
import { type Plan, planRules } from "../plans/plans.ts";

export type PricedVideo = {
  seconds: number;
  resolution: PricedResolution;
  hasOwnMusic: boolean;
  hasPremiumVoice: boolean;
  hasAiEnhancement: boolean;
};

/** The items add up to `credits`. */
export type Price = Pick<CostAnswer, "credits" | "breakdown">;

const creditsPerMinute: Record<PricedResolution, number> = { "720p": 5, "1080p": 8, "4k": 16 };
const millisecondsPerMinute = 60_000;

/**
 * `ceil(rate × seconds ÷ 60) + extras`, in whole credits, at least 1. Lengths are rounded to the nearest millisecond and
 * everything after that is whole numbers, so that 180.0000001 s costs what 180 s cost. Throws for a length that is not
 * above zero.
 */
export function priceVideo(video: PricedVideo): Price {
  const milliseconds = Math.round(video.seconds * 1000);
  const rated = creditsPerMinute[video.resolution] * milliseconds;
  invariant(video.seconds > 0 && Number.isSafeInteger(rated), "a priced video has a length");
  const breakdown = [
    { item: `video_${video.resolution}`, credits: Math.max(1, divideUp(rated, millisecondsPerMinute)) },
    { item: "own_music", credits: video.hasOwnMusic ? 2 : 0 },
    { item: "premium_voice", credits: video.hasPremiumVoice ? 3 : 0 },
    { item: "ai_enhancement", credits: video.hasAiEnhancement ? 4 : 0 },
  ].filter((line) => line.credits > 0);
  return { credits: breakdown.reduce((sum, line) => sum + line.credits, 0), breakdown };
}

/** The price on a plan: one whose videos cost none takes all of it off again. */
export function priceOnPlan(price: Price, plan: Plan): Price {
  if (!planRules[plan].isVideoFree) return price;
  return { credits: 0, breakdown: [...price.breakdown, { item: "included_in_plan", credits: -price.credits }] };
}

/** Exact for safe integers, where a quotient in floating point need not be. */
function divideUp(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return (dividend - rest) / divisor + (rest > 0 ? 1 : 0);
}
