import { type FieldError, toFieldErrors } from "../../contract/errors.ts";
import type { VideoDocument } from "../../contract/video.ts";
import { type CreateVideoBody, createVideoBody, type QuoteAnswer } from "../../contract/videos.ts";
import type { UserContext } from "../context.ts";
import { priceOnPlan, priceVideo } from "../credits/pricing.ts";
import { Refusal } from "../fail.ts";
import type { Plan, Usage } from "../plans/plans.ts";
import { toDocument, warningsFor } from "./document.ts";
import { ceilingSeconds, estimateRenderSeconds, sceneCountOf } from "./estimate.ts";

export type Quote = {
  document: VideoDocument;
  credits: number;
  breakdown: { item: string; credits: number }[];
  ceilingSeconds: number;
  estimatedRenderSeconds: number;
  /** The most it may take from the monthly quotas. */
  usage: Usage;
  warnings: FieldError[];
};

/** What a valid request costs at most and what it will be. Pure. Refuses `plan_required`. */
export function quoteFor(body: CreateVideoBody, plan: Plan): Quote {
  const document = toDocument(body, plan);
  const seconds = ceilingSeconds(document);
  const price = priceOnPlan(
    priceVideo({
      seconds,
      resolution: document.resolution,
      hasOwnMusic: false,
      hasPremiumVoice: false,
      hasAiEnhancement: false,
    }),
    plan,
  );
  return {
    document,
    credits: price.credits,
    breakdown: price.breakdown,
    ceilingSeconds: seconds,
    estimatedRenderSeconds: estimateRenderSeconds(document),
    usage: { images: sceneCountOf(document), speech_seconds: seconds, render_seconds: seconds },
    warnings: warningsFor(document),
  };
}

/** Checks and prices any body without charging: what is wrong with it is told in the answer, not refused. */
export function quoteVideo(context: UserContext, body: unknown): QuoteAnswer {
  const parsed = createVideoBody.safeParse(body);
  if (!parsed.success) return invalidQuote(toFieldErrors(parsed.error));
  try {
    const quote = quoteFor(parsed.data, context.actor.plan);
    return {
      valid: true,
      credits: quote.credits,
      breakdown: quote.breakdown,
      estimated_seconds: quote.estimatedRenderSeconds,
      estimated_duration: quote.ceilingSeconds,
      errors: [],
      warnings: quote.warnings,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return invalidQuote([{ pointer: "/resolution", detail: error.detail }]);
  }
}

function invalidQuote(errors: FieldError[]): QuoteAnswer {
  return {
    valid: false,
    credits: null,
    breakdown: [],
    estimated_seconds: null,
    estimated_duration: null,
    errors,
    warnings: [],
  };
}
