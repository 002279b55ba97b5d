import { isTerminal } from "../../contract/render-events.ts";
import type { Context, UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { fileKey, type OutputPart, outputName } from "./files.ts";
import { requireVideo } from "./read-video.ts";
import { findVideo } from "./store.ts";
import type { VideoRow } from "./tables.ts";

/** Where an output lies, for its owner; null while it is being made. Refuses `not_found`, `video_gone`. */
export async function findOwnFile(context: UserContext, videoId: string, part: OutputPart): Promise<string | null> {
  return keyOf(await requireVideo(context, videoId), part);
}

/** Where an output lies, for whoever holds a signed link to it. Refuses as `findOwnFile`. */
export async function findLinkedFile(context: Context, videoId: string, part: OutputPart): Promise<string | null> {
  const video = await findVideo(context.deps, videoId);
  if (video === null || video.deletedAtMs !== null) fail("not_found", "There is no such video.");
  return keyOf(video, part);
}

function keyOf(video: VideoRow, part: OutputPart): string | null {
  if (video.status === "succeeded") return fileKey(video, outputName(part, video.document.format));
  if (!isTerminal(video.status)) return null;
  fail(
    "video_gone",
    `The video was ${video.status === "failed" ? "not finished" : "cancelled"}; it was not charged and has no file.`,
  );
}
