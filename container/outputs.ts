import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { type OutputName, outputNames, type RenderedFile } from "../src/contract/render-events.ts";

export const contentTypes: Record<OutputName, string> = {
  "video.mp4": "video/mp4",
  "poster.jpg": "image/jpeg",
  "captions.vtt": "text/vtt; charset=utf-8",
  "captions.srt": "application/x-subrip; charset=utf-8",
  "words.json": "application/json",
};

/** Size and SHA-256 of every output of a finished render. */
export async function describeOutputs(directory: string, signal: AbortSignal): Promise<RenderedFile[]> {
  return Promise.all(
    outputNames.map(async (name) => {
      const file = path.join(directory, name);
      const hash = createHash("sha256");
      await pipeline(createReadStream(file), hash, { signal });
      return { name, contentType: contentTypes[name], size: (await stat(file)).size, sha256: hash.digest("hex") };
    }),
  );
}
