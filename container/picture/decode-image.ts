import { open, readFile, rm } from "node:fs/promises";
import { RenderFault } from "../failure.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import { inputArguments } from "../media/probe-media.ts";
import { type MediaFormat, sniffedBytes, sniffMedia } from "../media/sniff.ts";
import { uprightFilters } from "./orientation.ts";
import type { Pixels, Size } from "./rasterise.ts";

/** Where a picture is cut when it is too high: people's heads are above the middle. */
const verticalCut = 0.38;

/**
 * A probed image file's first frame as opaque pixels that fill `size`: upright, cut to its ratio, resampled by Lanczos,
 * on `ground` where it is transparent. `file` is an absolute path; a passing file is written beside `scratch`.
 * Throws RenderFault `media_refused` when it is no image, and what `runFfmpeg` throws.
 */
export async function decodeImage(
  file: string,
  { size, ground, scratch, signal }: { size: Size; ground: string; scratch: string; signal: AbortSignal },
): Promise<Pixels> {
  const format = await imageFormat(file);
  const { width, height } = size;
  const raw = `${scratch}.rgba`;
  // Cut before it is scaled: a picture of 12000 × 10 would be scaled to a thousand times what is seen of it.
  const cut = `crop=w='max(1,min(iw,floor(ih*${width}/${height})))':h='max(1,min(ih,floor(iw*${height}/${width})))':x=(iw-ow)/2:y=(ih-oh)*${verticalCut}`;
  const hasAlpha = format.name !== "jpeg";
  const filters = [
    ...(await uprightFilters(file)),
    cut,
    ...(hasAlpha ? ["format=rgba", "premultiply=inplace=1"] : []),
    `scale=${width}:${height}:flags=lanczos+accurate_rnd+full_chroma_int`,
    "format=rgba",
  ];
  try {
    await runFfmpeg(
      [
        ...["-noautorotate", ...inputArguments(file, format), "-map", "0:V:0", "-frames:v", "1"],
        ...["-vf", filters.join(","), "-f", "rawvideo", raw],
      ],
      { signal },
    );
    const data = await readFile(raw);
    if (data.length !== width * height * 4) throw notAnImage();
    if (hasAlpha) layOn(data, ground);
    return { width, height, data };
  } finally {
    await rm(raw, { force: true });
  }
}

async function imageFormat(file: string): Promise<MediaFormat> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
    const format = sniffMedia(buffer.subarray(0, bytesRead));
    if (format?.contentTypes.image === undefined) throw notAnImage();
    return format;
  } finally {
    await handle.close();
  }
}

function notAnImage(): RenderFault {
  return new RenderFault("media_refused", "This file is no image that can be shown.", { isRetryable: false });
}

/** Premultiplied pixels over a plain ground, in place. */
function layOn(data: Uint8Array, ground: string): void {
  const value = Number.parseInt(ground.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  for (let at = 0; at < data.length; at += 4) {
    const through = 255 - (data[at + 3] ?? 255);
    if (through === 0) continue;
    data[at] = Math.min(255, (data[at] ?? 0) + (red * through + 127) / 255);
    data[at + 1] = Math.min(255, (data[at + 1] ?? 0) + (green * through + 127) / 255);
    data[at + 2] = Math.min(255, (data[at + 2] ?? 0) + (blue * through + 127) / 255);
    data[at + 3] = 255;
  }
}
