import type { Overlay } from "../overlay/overlay.ts";
import type { PreparedPicture } from "../picture/prepared-picture.ts";
import type { Encoding } from "./encoding.ts";
import type { FrameSize, Segment } from "./plan.ts";

/** One segment with all that is seen in it; overlays are on its own clock. */
export type SegmentJob = {
  frame: FrameSize;
  fps: number;
  encoding: Encoding;
  signal: AbortSignal;
  silenceLimitMs?: number | undefined;
  segment: Segment;
  file: string;
  picture: PreparedPicture;
  incomingPicture: PreparedPicture | undefined;
  overlays: Overlay[];
  onFrames(frames: number): void;
};

/** Works at one segment at a time. */
export type Lane = { encode(job: SegmentJob): Promise<void> };
export type Lanes = { lanes: Lane[]; close(): Promise<void> };
