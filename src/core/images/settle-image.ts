import type { Context } from "../context.ts";
import type { SettleResult } from "../credits/ledger.ts";
import { markImageSettled } from "./store.ts";
import type { ImageRow } from "./tables.ts";

/** The money step of an image that was made: it costs what was held. A repeat changes nothing. */
export async function settleImage(
  context: Context,
  image: Pick<ImageRow, "id" | "tenantId" | "credits">,
): Promise<SettleResult> {
  const { deps } = context;
  const settled = await deps.ledger(image.tenantId).capture({
    holdId: image.id,
    credits: image.credits,
    usage: { images: 1, speech_seconds: 0, render_seconds: 0 },
  });
  // Zero when the cron had taken it for cut off and given it back before it was made.
  await markImageSettled(deps, image.id, settled.ok ? settled.creditsCharged : 0, deps.clock.now());
  return settled;
}
