import { isTerminal } from "../../contract/render-events.ts";
import type { UserContext } from "../context.ts";
import { requireVideo } from "./read-video.ts";
import type { VideoRow } from "./tables.ts";

const pollMs = 500;

/** The video as soon as it has ended, or as it is after `waitMs`. */
export async function awaitVideo(context: UserContext, videoId: string, waitMs: number): Promise<VideoRow> {
  const untilMs = context.deps.clock.now() + waitMs;
  for (;;) {
    const video = await requireVideo(context, videoId);
    const hasTime = context.deps.clock.now() + pollMs < untilMs;
    if (isTerminal(video.status) || !hasTime) return video;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
