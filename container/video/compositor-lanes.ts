import { closeSync } from "node:fs";
import { together } from "../bounded.ts";
import { RenderFault } from "../failure.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import { type Pipe, systemCalls } from "../ffmpeg/system-calls.ts";
import type { PreparedPicture } from "../picture/prepared-picture.ts";
import { clipFrames, clipRefused } from "./clip.ts";
import { type Compositor, openCompositors } from "./compositor/compositor.ts";
import type { LayerPicture } from "./compositor/frame-painter.ts";
import { compileKernel } from "./compositor/kernel.ts";
import { encoderArguments, rawFrameArguments } from "./encoding.ts";
import type { FrameSize, Layer } from "./plan.ts";
import type { Lanes, SegmentJob } from "./segment-job.ts";

/**
 * Pipes of 64 kB have both sides wait for each other in every frame; no wider than a frame, so that one that has been
 * written leaves nothing of those before it unread.
 */
const pipeMaxBytes = 2 ** 20;

/**
 * A compositor's thread for each lane: it paints a segment's frames into a pipe, and one ffmpeg encodes them. Throws where
 * there is no SIMD, no thread or no pipe to lend frames to.
 */
export async function openCompositorLanes(frame: FrameSize, count: number): Promise<Lanes> {
  const { openPipe: openWide } = systemCalls();
  const frameBytes = (frame.width * frame.height * 3) / 2;
  const openPipe = () => openWide(Math.min(pipeMaxBytes, 2 ** Math.floor(Math.log2(frameBytes))));
  const compositors = await openCompositors(frame, count);
  return {
    lanes: compositors.map((compositor) => ({ encode: (job) => encode(job, compositor, openPipe) })),
    close: async () => {
      await Promise.all(compositors.map((compositor) => compositor.close()));
    },
  };
}

/** Whether frames can be composed here, or ffmpeg's filters have to make them, which gives other bytes. */
export function canCompose(): boolean {
  try {
    compileKernel();
    systemCalls();
    return true;
  } catch {
    return false;
  }
}

type Work = (signal: AbortSignal) => Promise<void>;

/** Decoders, compositor and encoder side by side. Each descriptor is closed once, when whoever uses it has ended. */
async function encode(job: SegmentJob, compositor: Compositor, openPipe: () => Pipe): Promise<void> {
  const { segment, frame, fps, encoding, overlays, silenceLimitMs } = job;
  const frames = openPipe();
  const held = [frames.writeEnd];
  const decoders: Work[] = [];
  const layerPicture = (layer: Layer, picture: PreparedPicture): LayerPicture => {
    if (picture.kind === "still") return picture;
    const pipe = openPipe();
    held.push(pipe.readEnd);
    decoders.push((signal) => decodeClip(job, layer, picture, pipe, signal));
    return { kind: "frames", descriptor: pipe.readEnd };
  };
  const picture = layerPicture(segment.layer, job.picture);
  const incomingPicture =
    segment.incoming && job.incomingPicture && layerPicture(segment.incoming, job.incomingPicture);

  const encodeFrames: Work = (signal) => {
    const input = [...rawFrameArguments(frame, fps), "-i", "pipe:3", "-frames:v", String(segment.frameCount)];
    const args = [...input, ...encoderArguments(fps, encoding), job.file];
    return run(args, { signal, silenceLimitMs, pipe: frames.readEnd, onProgress: job.onFrames });
  };
  const paintFrames: Work = async (signal) => {
    const paint = { segment, picture, incomingPicture, overlays, output: frames.writeEnd };
    const answer = await compositor.paint(paint, signal).finally(() => {
      for (const descriptor of held) closeSync(descriptor);
    });
    if (answer.ok || signal.aborted) return;
    // The encoder knows why it stopped reading.
    if (answer.reason === "broken_pipe") return;
    if (answer.reason === "end_of_clip") throw clipRefused(answer.scene, new Error("too few frames"));
    const detail = "The frames could not be painted.";
    throw new RenderFault("encode_failed", detail, { isRetryable: true, cause: new Error(answer.words) });
  };
  await together(job.signal, [encodeFrames, paintFrames, ...decoders]);
}

/** Hands one end of a pipe to ffmpeg and closes it here. */
async function run(args: string[], options: Parameters<typeof runFfmpeg>[1] & { pipe: number }): Promise<void> {
  let running: Promise<unknown>;
  try {
    running = runFfmpeg(args, options);
  } finally {
    closeSync(options.pipe);
  }
  await running;
}

async function decodeClip(
  { segment, frame, fps, silenceLimitMs }: SegmentJob,
  layer: Layer,
  clip: Extract<PreparedPicture, { kind: "clip" }>,
  pipe: Pipe,
  signal: AbortSignal,
): Promise<void> {
  const { inputs, chain } = clipFrames(clip, layer, segment.frameCount, frame, fps);
  const output = ["-an", "-sn", "-vf", chain, "-fps_mode", "passthrough", "-frames:v", String(segment.frameCount)];
  try {
    await run([...inputs.flat(), ...output, "-f", "rawvideo", "pipe:3"], {
      signal,
      silenceLimitMs,
      pipe: pipe.writeEnd,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RenderFault && error.code === "encode_failed") throw clipRefused(layer.scene, error);
    throw error;
  }
}
