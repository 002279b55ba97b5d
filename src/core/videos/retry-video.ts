import type { VideoAccepted } from "../../contract/videos.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import type { BillingBasis } from "./bill.ts";
import { chargeVideo } from "./charge-videos.ts";
import { discountLeft } from "./discount.ts";
import { quoteDocument } from "./quote-video.ts";
import { requireVideo } from "./read-video.ts";

export type RetryInput = { videoId: string; idempotencyKey: string | null; origin: string };

/**
 * A new video of what a failed one was to be, charged as that one was: it was given back. What was made before the failure
 * is in the artefact store and is not made again. Refuses `not_found`, `not_retryable`, and as `chargeVideos`.
 */
export async function retryVideo(
  context: UserContext,
  { videoId, ...charging }: RetryInput,
): Promise<VideoAccepted & { retry_of: string }> {
  const failed = await requireVideo(context, videoId);
  if (failed.status !== "failed") {
    const words = {
      succeeded: "This video has succeeded, so there is nothing to try again.",
      cancelled: "This video was cancelled. Submit it as a new one to have it made.",
    };
    const ended = failed.status === "succeeded" || failed.status === "cancelled" ? words[failed.status] : undefined;
    fail("not_retryable", `${ended ?? "This video is still being made."} Nothing was charged.`);
  }
  const quote = await quoteDocument(context, failed.document, {
    seed: failed.seed,
    derivation: { videoId, as: "retry" },
    projectId: failed.projectId,
    basis: await basisOf(context, failed.billing.basis, charging.idempotencyKey),
  });
  return { ...(await chargeVideo(context, quote, { ...charging, auditAction: "video.retry" })), retry_of: videoId };
}

/** What its draft has paid was given back with the failed one, and may have been taken off another since. */
async function basisOf(
  context: UserContext,
  basis: BillingBasis,
  idempotencyKey: string | null,
): Promise<BillingBasis> {
  if (basis.kind !== "difference") return basis;
  return { ...basis, paidCredits: await discountLeft(context, basis, idempotencyKey) };
}
