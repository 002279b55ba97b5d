import type { Motion, Transition } from "../../src/contract/video.ts";
import type { TimedScene } from "../scenes.ts";
import { type CameraPath, cameraPath, defaultMotion } from "./motion.ts";

export type FrameSize = { width: number; height: number };

/** One scene's picture on screen, `firstFrame` frames into its camera path. */
export type Layer = { scene: number; camera: CameraPath; firstFrame: number };

/** How one scene gives way to the next; a cut has no frames of its own. */
export type Passage = Exclude<Transition, "cut">;

/** A run of frames made by one encoder: of one scene, or from `layer` at its first frame towards `incoming`. */
export type Segment = {
  startFrame: number;
  frameCount: number;
  layer: Layer;
  incoming?: Layer & { passage: Passage };
};

/** Key frames come this often at most. */
export const keyFrameSeconds = 2;

/** Half of each, so that it reads as what it is and still ends within the silence around a cut: 0.5 s before it, 0.3 s after. */
const halfSeconds: Record<Transition, number> = { cut: 0, fade: 0.25, dip: 0.3, slide: 0.25, wipe: 0.3 };

const defaultTransition: Transition = "fade";

/**
 * Encoders work side by side: pieces of this many key-frame intervals let all finish at about the same time, also when one
 * scene alone is made again.
 */
const pieceIntervals = 2;

/**
 * What is on screen at which frame. The frames of all segments are exactly those of the scenes: a passage takes its first
 * half from the end of the scene before the cut and its second half from the beginning of the one after, while the cameras
 * of both run through all of it. Motions and transitions are by scene, a transition being the one into it; undefined is the
 * default. A scene that changes changes its own segments and its passages, and none else but in `startFrame`.
 */
export function planSegments(
  scenes: TimedScene[],
  asked: { motions: (Motion | undefined)[]; transitions: (Transition | undefined)[] },
  fps: number,
): Segment[] {
  const passages = scenes.map((_, index) => (index === 0 ? "cut" : (asked.transitions[index] ?? defaultTransition)));
  const halfInto = (index: number) => Math.round(halfSeconds[passages[index] ?? "cut"] * fps);
  const layers = scenes.map((scene, index) => {
    const before = halfInto(index);
    const after = halfInto(index + 1);
    const motion = asked.motions[index] ?? defaultMotion(index);
    return {
      camera: cameraPath(motion, before + scene.frameCount + after, fps),
      before,
      bodyStart: scene.startFrame + before,
      bodyEnd: scene.startFrame + scene.frameCount - after,
    };
  });
  return layers.flatMap(({ camera, before, bodyStart, bodyEnd }, scene) => {
    const layerAt = (frame: number): Layer => ({ scene, camera, firstFrame: frame - bodyStart + 2 * before });
    const body = cutPieces(bodyEnd - bodyStart, keyFrameSeconds * fps).map(({ offset, frameCount }) => ({
      startFrame: bodyStart + offset,
      frameCount,
      layer: layerAt(bodyStart + offset),
    }));
    const next = layers[scene + 1];
    const passage = passages[scene + 1];
    if (!next || passage === undefined || passage === "cut") return body;
    const incoming = { scene: scene + 1, camera: next.camera, firstFrame: 0, passage };
    return [...body, { startFrame: bodyEnd, frameCount: 2 * next.before, layer: layerAt(bodyEnd), incoming }];
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
