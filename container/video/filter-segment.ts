import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { runFfmpeg } from "../ffmpeg/run.ts";
import type { PreparedPicture } from "../picture/prepared-picture.ts";
import { clipFrames } from "./clip.ts";
import { encoderArguments, rawFrameArguments } from "./encoding.ts";
import { type CameraPath, easedShare } from "./motion.ts";
import { overlayPicture } from "./overlay-picture.ts";
import { strengthAt } from "./overlay-strength.ts";
import type { FrameSize, Layer, Passage } from "./plan.ts";
import type { SegmentJob } from "./segment-job.ts";

/** ffmpeg's own transitions that look like ours; its dip is not one of them. */
const xfades: Record<Exclude<Passage, "dip">, string> = { fade: "fade", slide: "slideleft", wipe: "wiperight" };

/** From [layer0] and [layer1] to [film]. */
function passageFilter(passage: Passage, frameCount: number, fps: number): string {
  const seconds = (frameCount / fps).toFixed(6);
  if (passage !== "dip")
    return `[layer0][layer1]xfade=transition=${xfades[passage]}:duration=${seconds}:offset=0[film]`;
  const half = frameCount / 2;
  return (
    `[layer0]fade=out:0:${half}[dark];[layer1]fade=in:${half}:${half}[light];` +
    `[dark][light]overlay=format=yuv420:enable='gte(n,${half})'[film]`
  );
}

/** zoompan steps by whole source pixels: on a luma three times as large it steps by a third of one, and shakes less. */
const lumaTimes = 3;
const chromaTimes = 2;

/**
 * The fall-back: frames of a segment as ffmpeg's own filters draw them, each picture read once, moved by zoompan, with the
 * overlays as a sequence of transparent pictures beside the segment's file. Throws as runFfmpeg does.
 */
export async function filterSegment(job: SegmentJob): Promise<void> {
  const { segment, picture, incomingPicture, fps, encoding, file, signal, onFrames, silenceLimitMs } = job;
  const shown = [drawLayer(segment.layer, picture, 0, job)];
  if (segment.incoming && incomingPicture) shown.push(drawLayer(segment.incoming, incomingPicture, 1, job));
  const { incoming, frameCount } = segment;
  const film = incoming ? passageFilter(incoming.passage, frameCount, fps) : "[layer0]null[film]";
  const states = await writeStates(job);
  const laid = states
    ? `[${shown.length}:v]fps=${fps},format=yuva420p[over];[film][over]overlay=eof_action=repeat[out]`
    : "[film]null[out]";
  const graph = [...shown.map(({ filter }) => filter), film, laid].join(";");
  try {
    await runFfmpeg(
      [
        ...shown.flatMap(({ input }) => input),
        ...(states ? ["-f", "concat", "-safe", "0", "-i", states.list] : []),
        ...["-filter_complex_threads", "1", "-filter_complex", graph, "-map", "[out]"],
        // mergeplanes forgets the frame rate, which would then be taken for 25.
        ...["-r", String(fps), "-frames:v", String(segment.frameCount), ...encoderArguments(fps, encoding), file],
      ],
      { signal, onProgress: onFrames, silenceLimitMs },
    );
  } finally {
    await Promise.all((states?.files ?? []).map((passing) => rm(passing, { force: true })));
  }
}

type DrawnLayer = { input: string[]; filter: string };

function drawLayer(layer: Layer, picture: PreparedPicture, index: number, job: SegmentJob): DrawnLayer {
  const { frame, fps, segment } = job;
  if (picture.kind === "clip") {
    const { inputs, chain } = clipFrames(picture, layer, segment.frameCount, frame, fps);
    return { input: inputs.flat(), filter: `[${index}:v]${chain}[layer${index}]` };
  }
  const camera = cameraExpressions(layer.camera, layer.firstFrame);
  const half = { width: frame.width / 2, height: frame.height / 2 };
  const move = (plane: string, { width, height }: FrameSize, times: number) =>
    `[${plane}${index}]scale=${width * times}:${height * times}:flags=bicubic,` +
    `zoompan=${camera}:d=${segment.frameCount}:s=${width}x${height}:fps=${fps}[${plane}m${index}]`;
  return {
    input: [...rawFrameArguments(picture, fps), "-i", picture.file],
    filter: [
      `[${index}:v]extractplanes=y+u+v[y${index}][u${index}][v${index}]`,
      move("y", frame, lumaTimes),
      move("u", half, chromaTimes),
      move("v", half, chromaTimes),
      `[ym${index}][um${index}][vm${index}]mergeplanes=0x001020:yuv420p,` +
        `setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709[layer${index}]`,
    ].join(";"),
  };
}

/** zoompan's expressions of what `viewAt` says; it counts its own frames from 0 in `on`. */
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

/** Runs of frames over which all overlays look the same, each drawn once; undefined: nothing lies over this segment. */
async function writeStates(job: SegmentJob): Promise<{ list: string; files: string[] } | undefined> {
  const { segment, overlays, fps, frame, file, signal } = job;
  if (overlays.length === 0) return undefined;
  const runs: { strengths: number[]; frames: number }[] = [];
  for (let at = 0; at < segment.frameCount; at += 1) {
    const strengths = overlays.map((overlay) => strengthAt(overlay, at));
    const last = runs.at(-1);
    if (last?.strengths.every((strength, index) => strength === strengths[index])) last.frames += 1;
    else runs.push({ strengths, frames: 1 });
  }
  const pictureFile = (index: number) => `${file}.state-${index}.png`;
  for (const [index, { strengths }] of runs.entries()) {
    signal.throwIfAborted();
    await writeFile(pictureFile(index), overlayPicture(overlays, strengths, frame));
  }
  const named = (index: number) => `file '${path.basename(pictureFile(index)).replaceAll("'", "'\\''")}'`;
  const lines = runs.flatMap(({ frames }, index) => [named(index), `duration ${(frames / fps).toFixed(6)}`]);
  const list = `${file}.ffconcat`;
  // The last one is shown to the end only when it is named twice.
  await writeFile(list, `${["ffconcat version 1.0", ...lines, named(runs.length - 1)].join("\n")}\n`);
  return { list, files: [list, ...runs.map((_, index) => pictureFile(index))] };
}
