import type { Motion } from "../../src/contract/video.ts";

/** What of a picture is seen: `zoom` 1 shows all of it; the centre is a share of its width and height. */
export type View = { zoom: number; centreX: number; centreY: number };

/** A scene's camera: from one view to another over `spanFrames`, every frame in which the scene can be seen. */
export type CameraPath = { from: View; to: View; spanFrames: number };

const whole: View = { zoom: 1, centreX: 0.5, centreY: 0.5 };

/** Neighbours always move differently, and a zoom is followed by a drift. */
const defaultMotions = [
  "zoom_in",
  "pan_right",
  "zoom_out",
  "pan_up",
  "zoom_in",
  "pan_left",
  "zoom_out",
  "pan_down",
] as const satisfies Motion[];

/** The motion of a scene that asks for none, by its index. */
export function defaultMotion(sceneIndex: number): Motion {
  return defaultMotions[sceneIndex % defaultMotions.length] ?? "zoom_in";
}

/** Travel grows with the time there is, so that short scenes do not rush and long ones do not stand still. */
const zoomPerSecond = 0.018;
const leastZoom = 0.06;
/** A prepared picture has the pixels for this much and no more. */
export const mostZoom = 0.14;

export function cameraPath(motion: Motion, spanFrames: number, fps: number): CameraPath {
  const amount = Math.min(mostZoom, Math.max(leastZoom, (zoomPerSecond * spanFrames) / fps));
  const zoom = 1 + amount;
  const close: View = { zoom, centreX: 0.5, centreY: 0.5 };
  const [near, far] = [0.5 / zoom, 1 - 0.5 / zoom];
  switch (motion) {
    case "still":
      return { from: whole, to: whole, spanFrames };
    case "zoom_in":
      return { from: whole, to: close, spanFrames };
    case "zoom_out":
      return { from: close, to: whole, spanFrames };
    case "pan_left":
      return { from: { ...close, centreX: far }, to: { ...close, centreX: near }, spanFrames };
    case "pan_right":
      return { from: { ...close, centreX: near }, to: { ...close, centreX: far }, spanFrames };
    case "pan_up":
      return { from: { ...close, centreY: far }, to: { ...close, centreY: near }, spanFrames };
    case "pan_down":
      return { from: { ...close, centreY: near }, to: { ...close, centreY: far }, spanFrames };
  }
}

/** Between even speed, which starts with a jolt, and a full ease, which stands still at a cut. */
export const easedShare = 0.6;

/** The share of its way the camera has gone `frame` frames into its span. */
function travelled(frame: number, spanFrames: number): number {
  const part = Math.min(1, frame / Math.max(1, spanFrames - 1));
  return part * (1 - easedShare) + easedShare * part * part * (3 - 2 * part);
}

/** What the camera sees `frame` frames into its span; it stands still at the end. */
export function viewAt({ from, to, spanFrames }: CameraPath, frame: number): View {
  const share = travelled(frame, spanFrames);
  const between = (start: number, end: number) => start + (end - start) * share;
  return {
    zoom: between(from.zoom, to.zoom),
    centreX: between(from.centreX, to.centreX),
    centreY: between(from.centreY, to.centreY),
  };
}

export function standsStill({ from, to }: CameraPath): boolean {
  return from.zoom === to.zoom && from.centreX === to.centreX && from.centreY === to.centreY;
}
