import type { Overlay } from "../overlay/overlay.ts";
import type { Segment } from "./plan.ts";

type Span = Pick<Overlay, "startFrame" | "endFrame" | "fadeInFrames" | "fadeOutFrames">;

/** How much of an overlay is there at a frame, from 0 to 1: a fade has that many frames of neither. */
export function strengthAt({ startFrame, endFrame, fadeInFrames, fadeOutFrames }: Span, frame: number): number {
  if (frame < startFrame || frame >= endFrame) return 0;
  return Math.min(1, (frame - startFrame + 1) / (fadeInFrames + 1), (endFrame - frame) / (fadeOutFrames + 1));
}

/** The overlays a segment shows, on its own clock: a caption before or after it is no part of it. */
export function overlaysIn({ startFrame, frameCount }: Segment, overlays: Overlay[]): Overlay[] {
  return overlays
    .map((overlay) => ({
      ...overlay,
      startFrame: overlay.startFrame - startFrame,
      endFrame: overlay.endFrame - startFrame,
    }))
    .filter((overlay) => overlay.startFrame < frameCount && overlay.endFrame > 0)
    .map(clipSpan(frameCount));
}

/**
 * A span that reaches far beyond a segment with no fade inside looks the same however far it reaches: so that what is said
 * later in a scene does not change what was made before, it is cut to the segment.
 */
function clipSpan(frameCount: number): (overlay: Overlay) => Overlay {
  return (overlay) => {
    const { startFrame, endFrame, fadeInFrames, fadeOutFrames } = overlay;
    const isFadedIn = startFrame + fadeInFrames <= 0;
    const staysToTheEnd = endFrame - fadeOutFrames >= frameCount;
    return {
      ...overlay,
      ...(isFadedIn ? { startFrame: 0, fadeInFrames: 0 } : {}),
      ...(staysToTheEnd ? { endFrame: frameCount, fadeOutFrames: 0 } : {}),
    };
  };
}
