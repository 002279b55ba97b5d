import type { Context } from "../context.ts";
import type { Usage } from "../plans/plans.ts";
import { extrasMade, priceOf, usageOf, withinHeld } from "./bill.ts";
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
      ? await ledger.capture({ holdId: video.id, credits: chargeFor(video), usage: usageMade(video) })
      : await ledger.release({ holdId: video.id, reason: `Given back: video ${video.status}` });
  await markSettled(context.deps, video.id, settled.ok ? settled.creditsCharged : 0, context.deps.clock.now());
}

/**
 * What a finished video costs: the quote is a ceiling, so a shorter one costs less and a longer one not more, and an extra
 * that was not had, since its provider failed and another one stood in, is not charged.
 */
export function chargeFor({ credits, output, document, billing, scenes }: VideoRow): number {
  if (credits === 0 || output === null) return 0;
  const price = priceOf(document, billing.basis, {
    sceneSeconds: lengthsOf(scenes),
    totalSeconds: output.durationSeconds,
    extras: extrasMade(document, output),
  });
  return Math.min(credits, price.credits);
}

function usageMade({ document, billing, scenes }: VideoRow): Usage {
  return withinHeld(usageOf(document, billing.basis, lengthsOf(scenes)), billing.usage);
}

function lengthsOf(scenes: VideoRow["scenes"]): number[] {
  return (scenes ?? []).map(({ durationSeconds }) => durationSeconds ?? 0);
}
