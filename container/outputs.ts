import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { OutputName, RenderedFile } from "../src/contract/render-events.ts";
import type { OutputFormat } from "../src/contract/video.ts";

export const contentTypes: Record<OutputName, string> = {
  "video.mp4": "video/mp4",
  "video.webm": "video/webm",
  "video.gif": "image/gif",
  "poster.jpg": "image/jpeg",
  "captions.vtt": "text/vtt; charset=utf-8",
  "captions.srt": "application/x-subrip; charset=utf-8",
  "words.json": "application/json",
};

export const videoNames = {
  mp4: "video.mp4",
  webm: "video.webm",
  gif: "video.gif",
} as const satisfies Record<OutputFormat, OutputName>;

/** Size and SHA-256 of every output of a finished render in this format. */
export async function describeOutputs(
  directory: string,
  format: OutputFormat,
  signal: AbortSignal,
): Promise<RenderedFile[]> {
  const names: OutputName[] = [videoNames[format], "poster.jpg", "captions.vtt", "captions.srt", "words.json"];
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(directory, name);
      const hash = createHash("sha256");
      await pipeline(createReadStream(file), hash, { signal });
      return { name, contentType: contentTypes[name], size: (await stat(file)).size, sha256: hash.digest("hex") };
    }),
  );
}
