import type { FieldError } from "../../contract/errors.ts";
import type { Aspect } from "../../contract/video.ts";
import type { MakeAspectsBody, VideoAccepted } from "../../contract/videos.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { chargeVideos } from "./charge-videos.ts";
import { finishedDocument } from "./derive-document.ts";
import { quoteDocument } from "./quote-video.ts";
import { requireVideo } from "./read-video.ts";

export type AspectsInput = { videoId: string; body: MakeAspectsBody; idempotencyKey: string | null; origin: string };

/**
 * The same video in other shapes, all or none, each for its minutes: voice, pictures and extras are paid for. Refuses
 * `not_found`, `video_not_ready` before it has succeeded, `validation_failed` for the shape it has, and as `chargeVideos`.
 */
export async function makeAspects(
  context: UserContext,
  { videoId, body, ...charging }: AspectsInput,
): Promise<{ data: (VideoAccepted & { aspect: Aspect })[] }> {
  const video = await requireVideo(context, videoId);
  if (video.status !== "succeeded") {
    fail(
      "video_not_ready",
      `This video is ${video.status}. Nothing was charged; other shapes are made of a finished one.`,
    );
  }
  const own = body.aspects.indexOf(video.document.aspect);
  if (own !== -1) {
    const detail = "is the shape this video has";
    const errors: FieldError[] = [{ pointer: `/aspects/${own}`, detail, code: "repeated" }];
    fail("validation_failed", `«/aspects/${own}» ${detail}. Nothing was charged.`, { errors });
  }
  const document = finishedDocument(video);
  const quotes = await Promise.all(
    body.aspects.map((aspect) =>
      quoteDocument(
        context,
        { ...document, aspect },
        {
          seed: video.seed,
          derivation: { videoId, as: "aspect" },
          projectId: video.projectId,
          basis: { kind: "aspect" },
        },
      ),
    ),
  );
  const accepted = await chargeVideos(context, quotes, { ...charging, auditAction: "video.aspect" });
  return { data: accepted.map((one, index) => ({ ...one, aspect: body.aspects[index] ?? document.aspect })) };
}
