/** What a video costs: product.md, Credits. */
import type { CostAnswer } from "../../contract/credits.ts";
import type { Resolution } from "../../contract/video.ts";
import { invariant } from "../fail.ts";
import { type Plan, planRules } from "../plans/plans.ts";

export type PricedVideo = {
  seconds: number;
  resolution: Resolution;
  /** A draft has a price of its own, whatever resolution the real one will have. */
  isDraft?: boolean;
  hasOwnMusic: boolean;
  hasPremiumVoice: boolean;
  hasAiEnhancement: boolean;
};

/** The items add up to `credits`. */
export type Price = Pick<CostAnswer, "credits" | "breakdown">;

const creditsPerMinute: Record<Resolution | "draft", number> = { draft: 2, "720p": 5, "1080p": 8, "4k": 16 };
const millisecondsPerMinute = 60_000;

/**
 * `ceil(rate × seconds ÷ 60) + extras`, in whole credits, at least 1. Lengths are rounded to the nearest millisecond and
 * everything after that is whole numbers, so that 180.0000001 s costs what 180 s cost. Throws for a length that is not
 * above zero.
 */
export function priceVideo(video: PricedVideo): Price {
  const milliseconds = Math.round(video.seconds * 1000);
  const size = video.isDraft === true ? "draft" : video.resolution;
  const rated = creditsPerMinute[size] * milliseconds;
  invariant(video.seconds > 0 && Number.isSafeInteger(rated), "a priced video has a length");
  const breakdown = [
    { item: `video_${size}`, credits: Math.max(1, divideUp(rated, millisecondsPerMinute)) },
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
