import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawImage } from "../../container/picture/draw-image.ts";
import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import { frameSize, type VideoDocument } from "../../src/contract/video.ts";
import { createVideoBody } from "../../src/contract/videos.ts";
import { toDocument } from "../../src/core/videos/document.ts";
import { clearRenders, idleCaller, type RenderCaller, type Rendered, renderWith } from "../support/render-caller.ts";
import { type Cost, costOf, type FloorFilm, floorArguments, openFloor } from "./floor.ts";
import { median } from "./median.ts";
import { peakMebibytes } from "./memory.ts";
import { peerUnavailable, remotionSeconds } from "./peer.ts";

/** The whole job: script, voice, pictures, captions, music, frames, encoding, joining. */

/** About ten seconds each. */
const texts = [
  "Every morning before the city wakes, Amina opens her small shop by the market in Kisumu and counts what is left of the maize.",
  "Her phone rings before the kettle boils: a school across the river needs forty loaves, and it needs them before the first bell.",
  "Last year she would have said no, because the road was long and the bread was cold when it came to the children's table.",
  "Now a rider waits outside with a warm box on his motorcycle, and the whole order is on its way in less than ten minutes.",
  "At noon the money is on her phone, and she sends a part of it to her brother, who grows the grain in the hills above the lake.",
  "In the evening she writes tomorrow's list, turns off the lamp, and hears the street laugh at something that only it has heard.",
];

type Job = { name: string; scenes: number; resolution: VideoDocument["resolution"]; rounds: number };
const jobs: Job[] = [
  { name: "1 scene, 1080p", scenes: 1, resolution: "1080p", rounds: 3 },
  { name: "6 scenes, 1080p", scenes: 6, resolution: "1080p", rounds: 3 },
  { name: "6 scenes, 720p", scenes: 6, resolution: "720p", rounds: 3 },
  { name: "20 scenes, 720p", scenes: 20, resolution: "720p", rounds: 1 },
  { name: "1 scene, 4K", scenes: 1, resolution: "4k", rounds: 3 },
];

function requestOf({ scenes, resolution }: Pick<Job, "scenes" | "resolution">, changed?: number): RenderRequest {
  const body = {
    scenes: Array.from({ length: scenes }, (_, scene) => ({
      text:
        scene === changed ? "Something else is said here, and something else is seen." : texts[scene % texts.length],
    })),
    title: "A shop in Kisumu",
    resolution,
  };
  return { document: toDocument(createVideoBody.parse(body)), seed: "bench", offers: [] };
}

/** `npm run bench`'s part about renders: ratios of one run, on this machine. */
export async function benchRender(): Promise<string[]> {
  const lines = [
    "render, the whole job over one ffmpeg that encodes the same finished frames from a file (threads auto):",
    `  ffmpeg ${floorArguments(shapeOf(requestOf({ scenes: 6, resolution: "1080p" })), "frames.yuv", "floor.mp4").join(" ")}`,
  ];
  for (const job of jobs) lines.push(await benchWhole(job));
  lines.push(await benchAgain(), ...(await benchPeer()));
  return lines;
}

function shapeOf({ document }: RenderRequest): FloorFilm {
  return { frame: frameSize(document), fps: document.fps, quality: "standard" };
}

async function rendered(caller: RenderCaller, request: RenderRequest): Promise<Rendered> {
  const result = await renderWith(caller, request);
  if (!result.output) throw new Error(JSON.stringify(result.failure));
  return result;
}

async function benchWhole(job: Job): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "shujaa-bench-"));
  try {
    const request = requestOf(job);
    let seconds = 0;
    let video = "";
    const whole = async () => {
      const result = await rendered(idleCaller(), request);
      seconds = result.output?.durationSeconds ?? 0;
      video = result.file("video.mp4");
    };
    const mebibytes = await peakMebibytes(whole);
    const floor = await openFloor(video, shapeOf(request), directory);
    const measured: { whole: Cost; floor: Cost }[] = [];
    for (let round = 0; round < job.rounds; round += 1) {
      measured.push({ whole: await costOf(whole), floor: await costOf(floor) });
      await clearRenders();
    }
    const ratio = (by: keyof Cost) => median(measured.map((round) => round.whole[by] / round.floor[by])).toFixed(2);
    const wall = (of: "whole" | "floor") => median(measured.map((round) => round[of].wallSeconds)).toFixed(1);
    return (
      `  ${job.name.padEnd(16)} ${seconds.toFixed(1)} s of video: ${wall("whole")} s, floor ${wall("floor")} s, ` +
      `ratio ${ratio("wallSeconds")} wall, ${ratio("cpuSeconds")} CPU; at most ${mebibytes.toFixed(0)} MiB in all processes`
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A video of ten scenes made again: with one of them changed, and as it was. */
async function benchAgain(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "shujaa-bench-"));
  try {
    const shape = { scenes: 10, resolution: "1080p" } as const;
    const offers: RenderRequest["offers"] = ["artefact"];
    const request = { ...requestOf(shape), offers };
    const caller = idleCaller();
    const first = await rendered(caller, request);
    const floor = await openFloor(first.file("video.mp4"), shapeOf(request), directory);
    const measured: { changed: Cost; same: Cost; floor: Cost }[] = [];
    for (const changed of [3, 5, 7]) {
      measured.push({
        changed: await costOf(() => rendered(caller, { ...requestOf(shape, changed), offers })),
        same: await costOf(() => rendered(caller, request)),
        floor: await costOf(floor),
      });
    }
    const changed = median(measured.map((round) => round.changed.wallSeconds / round.floor.wallSeconds));
    const same = median(measured.map((round) => round.same.wallSeconds));
    return `  10 scenes, 1080p, one changed: ratio ${changed.toFixed(2)} of the floor for all; none changed: ${same.toFixed(2)} s`;
  } finally {
    await clearRenders();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The same kind of job by Remotion, where it is installed: six pictures, cross-fades, the word being said in colour. */
async function benchPeer(): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), "shujaa-bench-"));
  try {
    const pictures = await Promise.all(
      texts.map(async (prompt, index) => {
        const file = join(directory, `picture-${index}.jpg`);
        await writeFile(file, await drawImage({ prompt, aspect: "16:9", style: "flat", seed: "bench" }));
        return file;
      }),
    );
    const theirs = await remotionSeconds(pictures);
    if (theirs === undefined) return [`  ${peerUnavailable}`];
    const request = requestOf({ scenes: 6, resolution: "1080p" });
    let videoSeconds = 0;
    const ours = await costOf(async () => {
      videoSeconds = (await rendered(idleCaller(), request)).output?.durationSeconds ?? 0;
    });
    // Both by the second of video, since the films are not quite as long as each other.
    const times = theirs.seconds / theirs.videoSeconds / (ours.wallSeconds / videoSeconds);
    return [
      `  Remotion, 6 pictures, 1080p, without sound: ${theirs.seconds.toFixed(0)} s for ${theirs.videoSeconds.toFixed(0)} s of video;` +
        ` ours with voice and music ${ours.wallSeconds.toFixed(0)} s for ${videoSeconds.toFixed(0)} s: ${times.toFixed(1)} times as fast`,
    ];
  } finally {
    await clearRenders();
    await rm(directory, { recursive: true, force: true });
  }
}
