import { runFfmpeg } from "../ffmpeg/run.ts";
import type { CameraPath } from "./motion.ts";
import type { FrameSize, PicturePlanes, Plane } from "./picture-planes.ts";
import { keyFrameSeconds, type Layer, type Segment } from "./plan.ts";

export type Captions = {
  /** In the work directory, like `fontsDirectory`. */
  assFile: string;
  fontsDirectory: string;
};

export type SegmentJob = {
  segment: Segment;
  pictures: PicturePlanes[];
  captions: Captions | undefined;
  frame: FrameSize;
  fps: number;
  file: string;
  directory: string;
  signal: AbortSignal;
  silenceLimitMs?: number | undefined;
  onFrames(frames: number): void;
};

/** Every segment is encoded with the same settings and one thread: they join without re-encoding, and the same frames give the same bytes. */
export function encoderArguments(fps: number): string[] {
  return [
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-threads", "1", "-pix_fmt", "yuv420p"],
    ...["-g", String(keyFrameSeconds * fps), "-flags", "+cgop"],
    ...["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"],
    ...["-video_track_timescale", String(trackTimescale(fps))],
  ];
}

/** Ticks a second of the video track: a multiple of every frame rate, so that each frame lasts a whole number of ticks. */
export function trackTimescale(fps: number): number {
  return fps * 512;
}

/**
 * Frames of a segment as ffmpeg draws them: each picture read once, moved by zoompan, cross-faded, captioned.
 * Throws as runFfmpeg does.
 */
export async function encodeSegment(job: SegmentJob): Promise<void> {
  const { segment, fps } = job;
  const layers = segment.incoming ? [segment.layer, segment.incoming] : [segment.layer];
  const drawn = layers.map((layer, index) => drawLayer(layer, index, job));
  const fadeSeconds = (segment.frameCount / fps).toFixed(6);
  const faded = segment.incoming
    ? [`[layer0][layer1]xfade=transition=fade:duration=${fadeSeconds}:offset=0[frames]`]
    : [];
  const source = segment.incoming ? "[frames]" : "[layer0]";
  const filter = [...drawn.map((layer) => layer.filter), ...faded, `${source}${captionFilter(job)}[out]`].join(";");
  await runFfmpeg(
    [
      ...drawn.flatMap((layer) => layer.inputs),
      ...["-filter_complex_threads", "1", "-filter_complex", filter, "-map", "[out]"],
      // mergeplanes forgets the frame rate, which would then be taken for 25.
      ...["-r", String(fps), "-frames:v", String(segment.frameCount), ...encoderArguments(fps), "-f", "mp4", job.file],
    ],
    {
      directory: job.directory,
      signal: job.signal,
      onProgress: job.onFrames,
      silenceLimitMs: job.silenceLimitMs,
    },
  );
}

function drawLayer(layer: Layer, index: number, job: SegmentJob): { inputs: string[]; filter: string } {
  const planes = job.pictures[layer.scene];
  if (!planes) throw new RangeError(`scene ${layer.scene} has no picture`);
  const { width, height } = job.frame;
  const sized: [Plane, string][] = [
    [planes.luma, `${width}x${height}`],
    [planes.blue, `${width / 2}x${height / 2}`],
    [planes.red, `${width / 2}x${height / 2}`],
  ];
  const camera = cameraExpressions(layer.camera, layer.firstFrame);
  const moved = sized.map(
    ([, size], plane) =>
      `[${3 * index + plane}:v]zoompan=${camera}:d=${job.segment.frameCount}:s=${size}:fps=${job.fps}[plane${3 * index + plane}]`,
  );
  const merged =
    `[plane${3 * index}][plane${3 * index + 1}][plane${3 * index + 2}]mergeplanes=0x001020:yuv420p,` +
    `setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709[layer${index}]`;
  return {
    inputs: sized.flatMap(([plane]) => [
      ...["-f", "rawvideo", "-pixel_format", "gray", "-video_size", `${plane.width}x${plane.height}`],
      ...["-framerate", String(job.fps), "-i", plane.file],
    ]),
    filter: [...moved, merged].join(";"),
  };
}

/** Between even speed, which starts with a jolt, and a full ease, which stands still at a cut. */
const easedShare = 0.6;

/** zoompan's expressions; it counts its own frames from 0 in `on`. */
function cameraExpressions({ from, to, spanFrames }: CameraPath, firstFrame: number): string {
  const part = `min(1,(on+${firstFrame})/${Math.max(1, spanFrames - 1)})`;
  const eased = `(st(0,${part})*${1 - easedShare}+${easedShare}*ld(0)*ld(0)*(3-2*ld(0)))`;
  const between = (start: number, end: number) => (start === end ? `${start}` : `(${start}+${end - start}*${eased})`);
  return [
    `z='${between(from.zoom, to.zoom)}'`,
    `x='${between(from.centreX, to.centreX)}*iw-iw/zoom/2'`,
    `y='${between(from.centreY, to.centreY)}*ih-ih/zoom/2'`,
  ].join(":");
}

/** Captions keep the video's clock: the segment's frames are moved to their place on it and back. */
function captionFilter({ captions, segment, fps }: SegmentJob): string {
  if (!captions) return "null";
  const offsetSeconds = (segment.startFrame / fps).toFixed(6);
  return `setpts=PTS+${offsetSeconds}/TB,ass=${captions.assFile}:fontsdir=${captions.fontsDirectory},setpts=PTS-STARTPTS`;
}
