import { writeFile } from "node:fs/promises";
import type { Grade } from "../../src/contract/video.ts";
import { decodeImage } from "./decode-image.ts";
import { drawScene, type SceneRequest } from "./draw-scene.ts";
import { tablesFor } from "./grade.ts";
import { paintDrawing } from "./paint-style.ts";
import { paintColour } from "./plain-ground.ts";
import type { Pixels, Size } from "./rasterise.ts";
import { toYuv420 } from "./yuv.ts";

/**
 * What the camera moves over. A still is a file of raw planar yuv420p, BT.709, limited range, of `preparedSize`; a clip
 * is the absolute path of a probed video file.
 */
export type PreparedPicture =
  | { kind: "still"; file: string; width: number; height: number }
  | { kind: "clip"; file: string; demuxer: ClipDemuxer; durationSeconds: number };
/** As ffmpeg names what the probe found. */
export type ClipDemuxer = "mov" | "matroska";
export type PreparedStill = Extract<PreparedPicture, { kind: "still" }>;

/** The closest the camera comes: at this zoom a prepared pixel is a pixel of the video. */
const mostZoom = 1.14;

/** Pixels of the still for a video of `frame`; both even. */
export function preparedSize(frame: Size): Size {
  const even = (pixels: number) => 2 * Math.round((pixels * mostZoom) / 2);
  return { width: even(frame.width), height: even(frame.height) };
}

export type Target = {
  /** Pixels of the video. */
  frame: Size;
  grade: Grade;
  /** Absolute; written whole, replaced when it is there. */
  file: string;
  signal: AbortSignal;
};

/** A scene's own drawing. The same scene and frame give the same bytes. */
export async function prepareDrawn(
  scene: Omit<SceneRequest, "width" | "height">,
  target: Target,
): Promise<PreparedStill> {
  target.signal.throwIfAborted();
  const drawing = drawScene({ ...scene, ...target.frame });
  return keep(await paintDrawing(drawing, preparedSize(target.frame)), target);
}

/**
 * A probed image file (JPEG, PNG, WebP or GIF) at `image`, an absolute path; of an animation the first frame. `ground`
 * (#rrggbb) is what is seen through it. Throws RenderFault `media_refused` when it is no image, and `encode_failed` when
 * it cannot be decoded after all.
 */
export async function prepareImage(
  image: string,
  { ground, ...target }: Target & { ground: string },
): Promise<PreparedStill> {
  const size = preparedSize(target.frame);
  return keep(await decodeImage(image, { size, ground, scratch: target.file, signal: target.signal }), target);
}

/** A ground in the colour `#rrggbb`: not dead flat, and on average that colour. Never graded: it may be a brand's. */
export async function prepareColour(colour: string, target: Omit<Target, "grade">): Promise<PreparedStill> {
  target.signal.throwIfAborted();
  return keep(await paintColour(colour, preparedSize(target.frame)), { ...target, grade: "none" });
}

async function keep(pixels: Pixels, { grade, file, signal }: Omit<Target, "frame">): Promise<PreparedStill> {
  signal.throwIfAborted();
  await writeFile(file, toYuv420(pixels, tablesFor(grade)), { signal });
  return { kind: "still", file, width: pixels.width, height: pixels.height };
}
