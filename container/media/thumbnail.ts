import { randomUUID } from "node:crypto";
import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { MediaFacts } from "../../src/contract/container-protocol.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import { reader } from "./image-header.ts";
import { inputArguments } from "./probe-media.ts";
import { sniffedBytes, sniffMedia } from "./sniff.ts";

/** Pixels of the longer side. */
const thumbnailSide = 320;
/** It is asked for beside an answer that somebody waits for: the file is as good without one. */
const thumbnailLimitMs = 10_000;

/**
 * A small JPEG of a probed file, base64: an image, or a video's middle frame; undefined for sound, and for what takes longer than
 * `limitMs`. `directory` holds a passing file.
 */
export async function thumbnailOf(
  file: string,
  facts: MediaFacts,
  { directory, signal, limitMs = thumbnailLimitMs }: { directory: string; signal: AbortSignal; limitMs?: number },
): Promise<string | undefined> {
  if (facts.kind === "audio") return undefined;
  const handle = await open(file, "r");
  const format = sniffMedia(await reader(handle)(0, sniffedBytes));
  await handle.close();
  if (format === undefined) return undefined;
  const output = path.join(directory, `thumbnail-${randomUUID()}.jpg`);
  const seek = facts.durationSeconds === undefined ? [] : ["-ss", (facts.durationSeconds / 2).toFixed(3)];
  const fit =
    `scale=w='min(${thumbnailSide},iw)':h='min(${thumbnailSide},ih)':force_original_aspect_ratio=decrease:flags=area,` +
    "format=rgba,premultiply=inplace=1,format=yuvj420p";
  const late = AbortSignal.timeout(limitMs);
  try {
    await runFfmpeg(
      [
        ...[...seek, ...inputArguments(file, format), "-map", "0:V:0"],
        ...["-frames:v", "1", "-vf", fit, "-q:v", "4", "-f", "mjpeg", output],
      ],
      { signal: AbortSignal.any([signal, late]) },
    );
    return (await readFile(output)).toString("base64");
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) return undefined;
    throw error;
  } finally {
    await rm(output, { force: true });
  }
}
