import { drawOverlay } from "../../container/overlay/draw-overlay.ts";
import type { OverlayRequest } from "../../container/overlay/lay-overlays.ts";
import type { Mark, Overlay } from "../../container/overlay/overlay.ts";
import type { Aspect } from "../../src/contract/video.ts";
import { timedScenes } from "./timed-scenes.ts";

const frames: Record<Aspect, { width: number; height: number }> = {
  "9:16": { width: 1080, height: 1920 },
  "4:5": { width: 1080, height: 1350 },
  "1:1": { width: 1080, height: 1080 },
  "16:9": { width: 1920, height: 1080 },
};

/** A video that says `texts`, with captions and nothing else unless told. */
export function overlayRequest(texts: string[], options: Partial<OverlayRequest> = {}): OverlayRequest {
  const aspect = options.aspect ?? "9:16";
  return {
    scenes: timedScenes(options.fps ?? 30, texts),
    look: { mode: "words", style: "clean", position: "bottom" },
    ...{ titles: "off", title: undefined, hasSceneTitles: texts.map(() => true) },
    ...{ brand: {}, isDraft: false, frame: frames[aspect], aspect, fps: 30 },
    ...options,
  };
}

export const textMarks = ({ art }: Overlay) =>
  art.filter((mark): mark is Extract<Mark, { kind: "text" }> => mark.kind === "text");
/** The letters alone, without what is drawn under them. */
export const letters = (overlay: Overlay) => textMarks(overlay).filter(({ fill }) => fill !== undefined);
export const isScrim = ({ art }: Overlay) => art.every(({ kind }) => kind === "fade" || kind === "veil");

/** The smallest rectangle that holds everything of at least half its opacity, in pixels of the frame; undefined when nothing has. */
export function inkBox(overlay: Overlay, leastAlpha = 128) {
  const pixels = drawOverlay(overlay);
  const { width, height, x, y } = overlay;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if ((pixels[4 * (row * width + column) + 3] ?? 0) < leastAlpha) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
  }
  if (right < 0) return undefined;
  return { left: x + left, top: y + top, right: x + right + 1, bottom: y + bottom + 1 };
}
