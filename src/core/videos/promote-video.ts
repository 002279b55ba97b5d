import type { PromoteVideoBody, VideoAccepted } from "../../contract/videos.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { chargeVideo } from "./charge-videos.ts";
import { finishedDocument } from "./derive-document.ts";
import { discountLeft } from "./discount.ts";
import { quoteDocument } from "./quote-video.ts";
import { requireVideo } from "./read-video.ts";
import { chargeFor } from "./settle-video.ts";

export type PromoteInput = { videoId: string; body: PromoteVideoBody; idempotencyKey: string | null; origin: string };

/**
 * The real video of a draft, for what it costs less what the draft has paid; that is taken off once. Refuses `not_found`,
 * `not_a_draft`, and as `quoteDocument` and `chargeVideos`.
 */
export async function promoteVideo(
  context: UserContext,
  { videoId, body, ...charging }: PromoteInput,
): Promise<VideoAccepted & { promoted_from: string }> {
  const draft = await requireVideo(context, videoId);
  if (draft.status !== "succeeded" || !draft.document.isDraft) {
    const what = draft.document.isDraft ? `a draft that is ${draft.status}` : "not a draft";
    fail("not_a_draft", `This video is ${what}. Nothing was charged; promote a draft that has succeeded.`);
  }
  const document = finishedDocument(draft);
  const paid = { draftId: videoId, paidCredits: chargeFor(draft) };
  const paidCredits = await discountLeft(context, paid, charging.idempotencyKey);
  const quote = await quoteDocument(
    context,
    {
      ...document,
      isDraft: false,
      resolution: body.resolution ?? document.resolution,
      fps: body.fps ?? document.fps,
    },
    {
      seed: draft.seed,
      derivation: { videoId, as: "promotion" },
      projectId: draft.projectId,
      basis: { kind: "difference", draftId: videoId, paidCredits },
    },
  );
  const accepted = await chargeVideo(context, quote, { ...charging, auditAction: "video.promote" });
  return { ...accepted, promoted_from: videoId };
}
