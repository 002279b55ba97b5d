import type { Motion } from "../../src/contract/video.ts";
import type { TimedScene } from "../scenes.ts";
import { type CameraPath, cameraPath, defaultMotion } from "./motion.ts";

/** One scene's picture on screen, `firstFrame` frames into its camera path. */
export type Layer = { scene: number; camera: CameraPath; firstFrame: number };

/** A run of frames made by one encoder. With `incoming` it is a cross-fade, from `layer` at its first frame towards `incoming`. */
export type Segment = { startFrame: number; frameCount: number; layer: Layer; incoming?: Layer };

/** Key frames come this often at most; see encode-segment.ts. */
export const keyFrameSeconds = 2;

/** Long enough to read as a fade, and within the silence around a cut: 0.5 s before it, 0.3 s after. */
const halfFadeSeconds = 0.2;

/** Two encoders work side by side: pieces of this many key-frame intervals let both finish at about the same time. */
const pieceIntervals = 2;

/**
 * What is on screen at which frame. The frames of all segments are exactly those of the scenes: a cross-fade takes its
 * first half from the end of the scene before the cut and its second half from the beginning of the one after, while
 * the cameras of both run through all of it.
 */
export function planSegments(scenes: TimedScene[], motions: (Motion | undefined)[], fps: number): Segment[] {
  const halfFade = Math.round(halfFadeSeconds * fps);
  const layers = scenes.map((scene, index) => {
    const before = index === 0 ? 0 : halfFade;
    const after = index === scenes.length - 1 ? 0 : halfFade;
    const camera = cameraPath(motions[index] ?? defaultMotion(index), before + scene.frameCount + after, fps);
    return {
      index,
      camera,
      bodyStart: scene.startFrame + before,
      bodyEnd: scene.startFrame + scene.frameCount - after,
    };
  });
  return layers.flatMap(({ index, camera, bodyStart, bodyEnd }) => {
    const spanStart = index === 0 ? bodyStart : bodyStart - 2 * halfFade;
    const layerAt = (frame: number): Layer => ({ scene: index, camera, firstFrame: frame - spanStart });
    const body = cutPieces(bodyEnd - bodyStart, keyFrameSeconds * fps).map(({ offset, frameCount }) => ({
      startFrame: bodyStart + offset,
      frameCount,
      layer: layerAt(bodyStart + offset),
    }));
    const next = layers[index + 1];
    if (!next) return body;
    const fade = {
      startFrame: bodyEnd,
      frameCount: 2 * halfFade,
      layer: layerAt(bodyEnd),
      incoming: { scene: next.index, camera: next.camera, firstFrame: 0 },
    };
    return [...body, fade];
  });
}

/** Cuts only where a key frame would be anyway, so that a cut costs no bits; a short rest joins the piece before it. */
function cutPieces(frames: number, intervalFrames: number): { offset: number; frameCount: number }[] {
  const pieceFrames = pieceIntervals * intervalFrames;
  const count = Math.max(1, Math.floor((frames + pieceFrames - intervalFrames) / pieceFrames));
  return Array.from({ length: count }, (_, index) => {
    const offset = index * pieceFrames;
    return { offset, frameCount: index === count - 1 ? frames - offset : pieceFrames };
  });
}
