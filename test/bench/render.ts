import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { drawImage } from "../../container/picture/draw-image.ts";
import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import { frameSize, resolutions, type VideoDocument } from "../../src/contract/video.ts";
import { createVideoBody } from "../../src/contract/videos.ts";
import { toDocument } from "../../src/core/videos/document.ts";
import { clearRenders, idleCaller, type RenderCaller, type Rendered, renderWith } from "../support/render-caller.ts";
import { type Cost, costOf, type FloorFilm, floorArguments, openFloor } from "./floor.ts";
import { median } from "./median.ts";
import { peakMemory } from "./memory.ts";
import { peerUnavailable, remotionSeconds } from "./peer.ts";

/** The whole job: script, voice, pictures, captions, music, frames, encoding, joining. */

/** About ten seconds each. */
const texts = [
  "Every morning before the city wakes, Amina opens her small shop by the market in Kisumu, lights the lamp over the door, and counts what is left of the maize.",
  "Her phone rings before the kettle boils: a school across the river needs forty loaves, still warm if she can, and it needs them before the first bell of the day.",
  "Last year she would have said no, because the road was long, the rains had taken the bridge, and the bread was cold when it came to the children's table.",
  "Now a rider waits outside with a warm box on his motorcycle, a list in his pocket, and the whole order is on its way to the gate in less than ten minutes.",
  "At noon the money is on her phone, and before she eats she sends a part of it to her brother, who grows the grain for her oven in the hills above the lake.",
  "In the evening she writes tomorrow's list, sweeps the floor, turns off the lamp, and hears the street laugh at something that only the two of them have heard.",
];

type Shape = { scenes: number; resolution: VideoDocument["resolution"]; isDraft?: boolean };
type Job = Shape & { rounds: number };
const jobs: Job[] = [
  ...[1, 6, 20].flatMap((scenes) =>
    resolutions.map((resolution) => ({ scenes, resolution, rounds: scenes === 20 || resolution === "4k" ? 1 : 3 })),
  ),
  { scenes: 6, resolution: "1080p", isDraft: true, rounds: 3 },
];

function requestOf({ scenes, resolution, isDraft = false }: Shape, changed?: number): RenderRequest {
  const body = {
    scenes: Array.from({ length: scenes }, (_, scene) => ({
      text:
        scene === changed ? "Something else is said here, and something else is seen." : texts[scene % texts.length],
    })),
    title: "A shop in Kisumu",
    resolution,
    draft: isDraft,
  };
  return { document: toDocument(createVideoBody.parse(body)), seed: "bench", offers: [] };
}

/** `npm run bench`'s part about renders: ratios of one run, on this machine. */
export async function benchRender(): Promise<string[]> {
  const lines = [
    "render, the whole job over one ffmpeg that encodes the same finished frames from a file (threads auto):",
    `  ffmpeg ${floorArguments(shapeOf(requestOf({ scenes: 6, resolution: "1080p" })), "frames.yuv", "floor.mp4").join(" ")}`,
    wholeHeading,
  ];
  for (const job of jobs) lines.push(await benchWhole(job));
  lines.push(
    `  on ${lanes} cores, as many encoders; «a slot» is all memory over them. What a minute costs is Cloudflare's price of`,
    "  the CPU time used, and of all that memory for as long as it took. ~: of the film's beginning, counted up.",
  );
  lines.push(await benchAgain(), ...(await benchPeer()));
  return lines;
}

function shapeOf({ document }: RenderRequest): FloorFilm {
  return { frame: frameSize(document), fps: document.fps, quality: document.isDraft ? "draft" : "standard" };
}

const filmOf = (request: RenderRequest, seconds: number) => ({
  ...shapeOf(request),
  frameCount: Math.round(seconds * request.document.fps),
});

const lanes = availableParallelism();
/** Dollars, of Cloudflare's containers. */
const prices = { cpuSecond: 0.00002, gibibyteSecond: 0.0000025 };
const columns = [22, 8, 8, 8, 7, 7, 13, 9, 9, 9, 9];
const row = (cells: string[]) => `  ${cells.map((cell, index) => cell.padEnd(columns[index] ?? 0)).join("")}`.trimEnd();
const headings = "video s|ours s|floor s|wall ×|CPU ×|CPU s/minute|¢/minute|MiB|a slot|encoder";
const wholeHeading = row(["", ...headings.split("|")]);

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
    const memory = await peakMemory(whole);
    const floor = await openFloor(video, filmOf(request, seconds), directory);
    const measured: { whole: Cost; floor: Cost }[] = [];
    for (let round = 0; round < job.rounds; round += 1) {
      measured.push({ whole: await costOf(whole), floor: await floor.cost() });
      await clearRenders();
    }
    const ratio = (by: keyof Cost) => median(measured.map((round) => round.whole[by] / round.floor[by])).toFixed(2);
    const of = (what: "whole" | "floor", by: keyof Cost) => median(measured.map((round) => round[what][by]));
    const minutes = seconds / 60;
    const cpuSeconds = of("whole", "cpuSeconds");
    const memoryPrice = (memory.all / 1_024) * of("whole", "wallSeconds") * prices.gibibyteSecond;
    const cents = (100 * (cpuSeconds * prices.cpuSecond + memoryPrice)) / minutes;
    return row([
      `${job.scenes} ${job.scenes === 1 ? "scene" : "scenes"}, ${job.isDraft ? "draft" : job.resolution}`,
      ...[seconds.toFixed(1), of("whole", "wallSeconds").toFixed(1)],
      `${floor.isWhole ? "" : "~"}${of("floor", "wallSeconds").toFixed(1)}`,
      ...[ratio("wallSeconds"), ratio("cpuSeconds"), (cpuSeconds / minutes).toFixed(1), cents.toFixed(3)],
      ...[memory.all, memory.all / lanes, memory.largestChild].map((mebibytes) => mebibytes.toFixed(0)),
    ]);
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
    const film = filmOf(request, first.output?.durationSeconds ?? 0);
    const floor = await openFloor(first.file("video.mp4"), film, directory);
    const measured: { changed: Cost; same: Cost; floor: Cost }[] = [];
    for (const changed of [3, 5, 7]) {
      measured.push({
        changed: await costOf(() => rendered(caller, { ...requestOf(shape, changed), offers })),
        same: await costOf(() => rendered(caller, request)),
        floor: await floor.cost(),
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
