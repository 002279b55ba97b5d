import type { CreateVideoBody, VideoAccepted } from "../../contract/videos.ts";
import type { UserContext } from "../context.ts";
import { chargeVideo } from "./charge-videos.ts";
import { quoteRequest } from "./quote-video.ts";

export type SubmitInput = { body: CreateVideoBody; idempotencyKey: string | null; origin: string };

/** Charges for a video and puts it into the render queue. Refuses as `quoteRequest` and `chargeVideos`. */
export async function submitVideo(context: UserContext, { body, ...charging }: SubmitInput): Promise<VideoAccepted> {
  return chargeVideo(context, await quoteRequest(context, body), charging);
}
