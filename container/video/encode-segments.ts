import { availableParallelism } from "node:os";
import { inLanes } from "../bounded.ts";
import { giveBack } from "../garbage.ts";
import { causesOf, log } from "../log.ts";
import type { Overlay } from "../overlay/overlay.ts";
import type { PreparedPicture } from "../picture/prepared-picture.ts";
import { openCompositorLanes } from "./compositor-lanes.ts";
import type { Encoding } from "./encoding.ts";
import { filterSegment } from "./filter-segment.ts";
import { overlaysIn } from "./overlay-strength.ts";
import type { FrameSize, Layer, Segment } from "./plan.ts";
import type { Lanes } from "./segment-job.ts";

export type { Encoding } from "./encoding.ts";

export type SegmentsJob = {
  /** Files are absolute. */
  segments: { segment: Segment; file: string }[];
  /** By scene; those that the segments show. */
  pictures: (PreparedPicture | undefined)[];
  /** Of the whole video, bottom to top. */
  overlays: Overlay[];
  frame: FrameSize;
  fps: number;
  encoding: Encoding;
  /**
   * Encoders at a time; one a core unless told. Two of one thread each take nine tenths of the time one of two threads takes.
   */
  lanes?: number | undefined;
  /** `ffmpeg`: its own filters make the frames, slower and with a slight shake. Chosen where the compositor cannot run. */
  engine?: "compositor" | "ffmpeg";
  signal: AbortSignal;
  silenceLimitMs?: number | undefined;
  /** Frames encoded so far, of all segments together. */
  onFrames?: (frames: number) => void;
  /** A segment's file is whole. */
  onSegment?: (index: number) => void;
};

/**
 * Makes the frames of the segments and encodes each into its file, the longest first. A segment's bytes depend on nothing
 * but what `segmentFingerprint` says, and on the engine.
 * Throws RenderFault as runFfmpeg does, `media_refused` for a clip that cannot be played, or the signal's reason.
 */
export async function encodeSegments(job: SegmentsJob): Promise<void> {
  const { segments, signal } = job;
  if (segments.length === 0) return;
  // The pictures are files now, and their pixels would be here until the last frame is encoded.
  await giveBack("all");
  const framesDone = segments.map(() => 0);
  const report = (index: number, frames: number) => {
    framesDone[index] = frames;
    job.onFrames?.(framesDone.reduce((sum, done) => sum + done, 0));
  };
  // So that the encoders finish together.
  const order = segments.map((one, index) => ({ ...one, index }));
  order.sort((one, other) => other.segment.frameCount - one.segment.frameCount);
  const opened = await openLanes(job, Math.min(job.lanes ?? availableParallelism(), segments.length));
  try {
    const idle = [...opened.lanes];
    await inLanes(order, opened.lanes.length, signal, async ({ segment, file, index }, laneSignal) => {
      const lane = idle.pop();
      if (!lane) throw new RangeError("no lane is free");
      await lane.encode({
        ...{ segment, file, frame: job.frame, fps: job.fps, encoding: job.encoding, signal: laneSignal },
        picture: pictureOf(job, segment.layer),
        incomingPicture: segment.incoming && pictureOf(job, segment.incoming),
        overlays: overlaysIn(segment, job.overlays),
        silenceLimitMs: job.silenceLimitMs,
        onFrames: (frames) => report(index, frames),
      });
      idle.push(lane);
      report(index, segment.frameCount);
      job.onSegment?.(index);
    });
  } finally {
    await opened.close();
  }
}

async function openLanes({ engine, frame }: SegmentsJob, count: number): Promise<Lanes> {
  const filters = {
    lanes: Array.from({ length: count }, () => ({ encode: filterSegment })),
    close: async () => undefined,
  };
  if (engine === "ffmpeg") return filters;
  try {
    return await openCompositorLanes(frame, count);
  } catch (error) {
    if (engine === "compositor") throw error;
    log("compositor_unavailable", { causes: causesOf(error) });
    return filters;
  }
}

function pictureOf({ pictures }: SegmentsJob, { scene }: Layer): PreparedPicture {
  const picture = pictures[scene];
  if (!picture) throw new RangeError(`scene ${scene} has no picture`);
  return picture;
}

/**
 * All that a segment's bytes are made from, as plain JSON that does not say where in the video it is: a scene that moves
 * keeps its segments. `pictures` are the fingerprints of the scenes' pictures.
 */
export function segmentFingerprint(
  segment: Segment,
  overlays: Overlay[],
  made: { frame: FrameSize; fps: number; encoding: Encoding },
  pictures: string[],
): unknown {
  const { layer, incoming, frameCount } = segment;
  const seen = ({ scene, camera, firstFrame }: Layer) => ({ picture: pictures[scene], camera, firstFrame });
  const { format, quality } = made.encoding;
  return {
    ...{ frameCount, shown: seen(layer), overlays: overlaysIn(segment, overlays) },
    ...(incoming ? { incoming: seen(incoming), passage: incoming.passage } : {}),
    ...{ frame: made.frame, fps: made.fps, quality },
    // A GIF's segments are those of an MP4.
    codec: format === "webm" ? "vp9" : "h264",
  };
}
