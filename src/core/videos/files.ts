import type { OutputName } from "../../contract/render-events.ts";
import type { VideoRow } from "./tables.ts";

type Owned = Pick<VideoRow, "id" | "tenantId">;

/** Everything a tenant owns lies under its own prefix (product.md). */
export function filesPrefix(video: Owned): string {
  return `tenants/${video.tenantId}/videos/${video.id}/`;
}

export function fileKey(video: Owned, name: OutputName): string {
  return `${filesPrefix(video)}${name}`;
}

/** The path each output is fetched under; also what its signature covers. */
export function outputPath(videoId: string, name: OutputName): string {
  return `/api/videos/${videoId}/${outputSegments[name]}`;
}

export const outputSegments: Record<OutputName, string> = {
  "video.mp4": "file",
  "poster.jpg": "poster",
  "captions.vtt": "captions.vtt",
  "captions.srt": "captions.srt",
  "words.json": "words.json",
};

/** Astella's `video_path`. */
export function watchPath(videoId: string): string {
  return `/watch/${videoId}.mp4`;
}
