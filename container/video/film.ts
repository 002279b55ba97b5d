import { rm } from "node:fs/promises";
import path from "node:path";
import { inLanes } from "../bounded.ts";
import { type Captions, encodeSegment } from "./encode-segment.ts";
import type { FrameSize, PicturePlanes } from "./picture-planes.ts";
import type { Segment } from "./plan.ts";

/** Two encoders of one thread each take nine tenths of the time one of two threads takes. */
const encodersAtATime = 2;

/**
 * Makes the frames of all segments and encodes each into a file of its own. Pictures are deleted with the last segment
 * that shows them. Answers the files in the order of the segments.
 */
export async function encodeFilm(options: {
  segments: Segment[];
  /** By scene, in `directory`. */
  pictures: PicturePlanes[];
  captions: Captions | undefined;
  frame: FrameSize;
  fps: number;
  directory: string;
  signal: AbortSignal;
  silenceLimitMs?: number | undefined;
  /** Frames encoded so far, of all segments together. */
  onFrames(frames: number): void;
}): Promise<{ file: string; frameCount: number }[]> {
  const { segments, pictures, directory } = options;
  const framesDone = segments.map(() => 0);
  const report = (index: number, frames: number) => {
    framesDone[index] = frames;
    options.onFrames(framesDone.reduce((sum, done) => sum + done, 0));
  };
  const scenesOf = ({ layer, incoming }: Segment) => (incoming ? [layer.scene, incoming.scene] : [layer.scene]);
  const waitingFor = pictures.map((_, scene) => segments.filter((segment) => scenesOf(segment).includes(scene)).length);
  const release = async (scene: number) => {
    waitingFor[scene] = (waitingFor[scene] ?? 0) - 1;
    const picture = pictures[scene];
    if (!picture || waitingFor[scene] !== 0) return;
    await Promise.all(Object.values(picture).map(({ file }) => rm(path.join(directory, file), { force: true })));
  };

  const files = segments.map(({ frameCount }, index) => ({ file: `segment-${index}.mp4`, frameCount }));
  // The longest first, so that the encoders finish together.
  const order = segments.map((segment, index) => ({ segment, index }));
  order.sort((one, other) => other.segment.frameCount - one.segment.frameCount);
  await inLanes(order, encodersAtATime, options.signal, async ({ segment, index }, signal) => {
    const file = `segment-${index}.mp4`;
    await encodeSegment({ ...options, segment, file, signal, onFrames: (frames) => report(index, frames) });
    report(index, segment.frameCount);
    await Promise.all(scenesOf(segment).map(release));
  });
  return files;
}
