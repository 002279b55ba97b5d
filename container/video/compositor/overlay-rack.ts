import type { Overlay } from "../../overlay/overlay.ts";
import { strengthAt } from "../overlay-strength.ts";
import type { FrameSize } from "../plan.ts";
import type { Kernel } from "./kernel.ts";

export type DrawOverlay = (overlay: Pick<Overlay, "width" | "height" | "art">) => Uint8Array;

export type OverlayRack = {
  /** Lays what belongs over frame `frame` on the frame at `out`; whether any of it had to be drawn for that. */
  lay(frame: number, out: number): boolean;
  close(): void;
};

/** So many rows are converted at a time: the pixels of a 4K title need not be there twice. */
const bandRows = 64;

const fullStrength = 32_767;

/** Overlays in the kernel's memory: each drawn when it is first seen, and given back when it has been seen last. */
export function createOverlayRack(
  kernel: Kernel,
  size: FrameSize,
  drawOverlay: DrawOverlay,
  overlays: Overlay[],
): OverlayRack {
  const drawn = new Map<Overlay, number>();
  const draw = (overlay: Overlay) => {
    const { width, height } = overlay;
    const pixels = drawOverlay(overlay);
    const address = kernel.take(kernel.overlayBytes(width, height));
    const band = kernel.take(bandRows * width * 4);
    kernel.clearOverlay(width, height, address);
    for (let top = 0; top < height; top += bandRows) {
      const bottom = Math.min(height, top + bandRows);
      const rows = pixels.subarray(top * width * 4, bottom * width * 4);
      kernel.bytes(band, rows.length).set(rows);
      kernel.convertOverlayRows(band, width, height, top, bottom, address);
    }
    kernel.give(band);
    drawn.set(overlay, address);
    return address;
  };
  return {
    lay: (frame, out) => {
      let hasDrawn = false;
      for (const overlay of overlays) {
        const strength = Math.round(fullStrength * strengthAt(overlay, frame));
        if (strength > 0) {
          const { x, y, width, height } = overlay;
          hasDrawn ||= !drawn.has(overlay);
          const address = drawn.get(overlay) ?? draw(overlay);
          kernel.layOverlay(address, width, height, out, size.width, size.height, x, y, strength);
        } else if (frame >= overlay.endFrame) {
          const address = drawn.get(overlay);
          if (address !== undefined) kernel.give(address);
          drawn.delete(overlay);
        }
      }
      return hasDrawn;
    },
    close: () => {
      for (const address of drawn.values()) kernel.give(address);
      drawn.clear();
    },
  };
}
