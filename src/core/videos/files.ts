import type { OutputName } from "../../contract/render-events.ts";
import type { OutputFormat } from "../../contract/video.ts";
import type { VideoRow } from "./tables.ts";

type Owned = Pick<VideoRow, "id" | "tenantId">;

/** Everything a tenant owns lies under its own prefix (product.md). */
export function filesPrefix(video: Owned): string {
  return `tenants/${video.tenantId}/videos/${video.id}/`;
}

export function fileKey(video: Owned, name: OutputName): string {
  return `${filesPrefix(video)}${name}`;
}

/** What is fetched of a video, by the last part of its path; the file itself has one path whatever its format. */
export const outputParts = ["file", "poster", "captions.vtt", "captions.srt", "words.json"] as const;
export type OutputPart = (typeof outputParts)[number];

/** The path a part is fetched under; also what its signature covers. */
export function outputPath(videoId: string, part: OutputPart): string {
  return `/api/videos/${videoId}/${part}`;
}

export function outputName(part: OutputPart, format: OutputFormat): OutputName {
  if (part === "file") return `video.${format}`;
  return part === "poster" ? "poster.jpg" : part;
}

/** Astella's `video_path`. */
export function watchPath(videoId: string): string {
  return `/watch/${videoId}.mp4`;
}
