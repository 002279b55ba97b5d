import type { Motion } from "../../src/contract/video.ts";

/** What of a picture is seen: `zoom` 1 shows all of it; the centre is a share of its width and height. */
export type View = { zoom: number; centreX: number; centreY: number };

/** A scene's camera: from one view to another over `spanFrames`, every frame in which the scene can be seen. */
export type CameraPath = { from: View; to: View; spanFrames: number };

const whole: View = { zoom: 1, centreX: 0.5, centreY: 0.5 };

/** Neighbours always move differently, and a zoom is followed by a drift. */
const defaultMotions = ["zoom_in", "pan_right", "zoom_out", "pan_left"] as const satisfies Motion[];

/** The motion of a scene that asks for none, by its index. */
export function defaultMotion(sceneIndex: number): Motion {
  return defaultMotions[sceneIndex % defaultMotions.length] ?? "zoom_in";
}

/** Travel grows with the time there is, so that short scenes do not rush and long ones do not stand still. */
const zoomPerSecond = 0.018;
const leastZoom = 0.06;
const mostZoom = 0.14;

export function cameraPath(motion: Motion, spanFrames: number, fps: number): CameraPath {
  const amount = Math.min(mostZoom, Math.max(leastZoom, (zoomPerSecond * spanFrames) / fps));
  const zoom = 1 + amount;
  const close: View = { zoom, centreX: 0.5, centreY: 0.5 };
  const left: View = { ...close, centreX: 0.5 / zoom };
  const right: View = { ...close, centreX: 1 - 0.5 / zoom };
  switch (motion) {
    case "still":
      return { from: whole, to: whole, spanFrames };
    case "zoom_in":
      return { from: whole, to: close, spanFrames };
    case "zoom_out":
      return { from: close, to: whole, spanFrames };
    case "pan_left":
      return { from: right, to: left, spanFrames };
    case "pan_right":
      return { from: left, to: right, spanFrames };
  }
}
