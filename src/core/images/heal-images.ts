/** What the cron mends of images: every gap a process could die in, found from the rows and closed by asking the ledger. */
import type { Context } from "../context.ts";
import { purgeImage } from "./delete-image.ts";
import { imagePrefix } from "./files.ts";
import { settleImage } from "./settle-image.ts";
import { findOrphanImageCharges, findUnpurgedImages, findUnsettledImages } from "./store.ts";

const batch = 100;
const minuteMs = 60_000;
/** Younger gaps may still be closed by whoever opened them. */
const graceMs = 30_000;
/** An image takes two minutes at most from its charge to its row. */
const orphanAfterMs = 10 * minuteMs;
const orphanWindowMs = 2 * 24 * 60 * minuteMs;

/** Charges whose image was never written down are given back; made images that were not paid are; deleted ones are purged. */
export async function healImages(context: Context): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const window = { fromMs: nowMs - orphanWindowMs, toMs: nowMs - orphanAfterMs, limit: batch };
  const work = [
    ...(await findOrphanImageCharges(deps, window)).map((orphan) => giveBack(context, orphan)),
    ...(await findUnsettledImages(deps, nowMs - graceMs, batch)).map((image) => settleImage(context, image)),
    ...(await findUnpurgedImages(deps, nowMs - graceMs, batch)).map((image) => purgeImage(context, image)),
  ];
  const failed = (await Promise.allSettled(work)).filter(({ status }) => status === "rejected").length;
  if (failed > 0) deps.log.write("error", "heal_images_failed", { failed });
}

async function giveBack(context: Context, orphan: { tenantId: string; id: string }): Promise<void> {
  const { deps } = context;
  await deps.files.deleteAll(imagePrefix(orphan));
  await deps.ledger(orphan.tenantId).release({ holdId: orphan.id, reason: "Given back: the request was cut off" });
}
