import type { Context } from "../context.ts";
import { priceVideo } from "../credits/pricing.ts";
import type { Usage } from "../plans/plans.ts";
import { sceneCountOf } from "./estimate.ts";
import { markSettled } from "./store.ts";
import type { VideoRow } from "./tables.ts";

/**
 * The money step, last of all: captures what a finished video did cost, releases what a failed or cancelled one held.
 * A repeat changes nothing, so whoever finds an ended video unsettled may call it again.
 */
export async function settleVideo(context: Context, video: VideoRow): Promise<void> {
  const ledger = context.deps.ledger(video.tenantId);
  const settled =
    video.status === "succeeded" && video.output !== null
      ? await ledger.capture({ holdId: video.id, credits: chargeFor(video), usage: usageOf(video) })
      : await ledger.release({ holdId: video.id, reason: `Given back: video ${video.status}` });
  await markSettled(context.deps, video.id, settled.ok ? settled.creditsCharged : 0, context.deps.clock.now());
}

/** The quote is a ceiling: a shorter video costs less, a longer one does not cost more. */
function chargeFor(video: VideoRow): number {
  if (video.credits === 0 || video.output === null) return 0;
  const price = priceVideo({
    seconds: video.output.durationSeconds,
    resolution: video.document.resolution,
    hasOwnMusic: false,
    hasPremiumVoice: false,
    hasAiEnhancement: false,
  });
  return Math.min(video.credits, price.credits);
}

function usageOf(video: VideoRow): Usage {
  const seconds = Math.min(video.ceilingSeconds, Math.ceil(video.output?.durationSeconds ?? 0));
  return { images: sceneCountOf(video.document), speech_seconds: seconds, render_seconds: seconds };
}
