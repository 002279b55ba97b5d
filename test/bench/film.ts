import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Overlay } from "../../container/overlay/overlay.ts";
import { type PreparedPicture, prepareDrawn } from "../../container/picture/prepared-picture.ts";
import type { TimedScene } from "../../container/scenes.ts";
import { type Encoding, encodeSegments } from "../../container/video/encode-segments.ts";
import { joinFilm } from "../../container/video/join.ts";
import { type FrameSize, planSegments, type Segment } from "../../container/video/plan.ts";
import { type Cost, costOf, floorArguments, openFloor } from "./floor.ts";
import { median } from "./median.ts";

/** The compositor and the encoders alone: finished pictures and overlays in, a silent film out. */

const rounds = 3;
const fps = 30;
const { signal } = new AbortController();

type FilmJob = { name: string; frame: FrameSize; quality: Encoding["quality"]; scenes: number; sceneSeconds: number };

const hd = { width: 1920, height: 1080 };
const jobs: FilmJob[] = [
  { name: "1080p", frame: hd, quality: "standard", scenes: 6, sceneSeconds: 10 },
  { name: "1080p draft settings", frame: hd, quality: "draft", scenes: 6, sceneSeconds: 10 },
  { name: "720p", frame: { width: 1280, height: 720 }, quality: "standard", scenes: 6, sceneSeconds: 10 },
  // Its frames weigh 12 MB each: of a minute they would not fit on the disk.
  { name: "4K", frame: { width: 3840, height: 2160 }, quality: "standard", scenes: 3, sceneSeconds: 3 },
  { name: "1080p, 10 scenes", frame: hd, quality: "standard", scenes: 10, sceneSeconds: 6 },
];

/** `only`: those whose name has these words. */
export async function benchFilm(only = ""): Promise<string[]> {
  const [first] = jobs;
  const lines = [
    `film, medians of ${rounds} interleaved rounds: motion, cross-fades and captions drawn and encoded, over one ffmpeg that`,
    "  encodes the same finished frames from a file:",
    ...(first ? [`  ffmpeg ${floorArguments({ ...first, fps }, "frames.yuv", "floor.mp4").join(" ")}`] : []),
  ];
  for (const job of jobs) if (job.name.includes(only)) lines.push(...(await benchJob(job)));
  return lines;
}

async function benchJob(job: FilmJob): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), "film-bench-"));
  try {
    const pictures = await drawPictures(job, directory);
    const plan = planSegments(scenesOf(job), { motions: [], transitions: [] }, fps);
    const film = join(directory, "film.mp4");
    const make = (only: (segment: Segment) => boolean) => () => makeFilm(job, plan, pictures, directory, film, only);
    const everything = make(() => true);
    const changedScene = Math.floor(job.scenes / 2);
    const oneChanged = make(({ layer, incoming }) => layer.scene === changedScene || incoming?.scene === changedScene);
    await everything();
    const floor = await openFloor(film, { ...job, fps, frameCount: job.scenes * job.sceneSeconds * fps }, directory);
    const measured: { all: Cost; floor: Cost; changed: Cost }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      measured.push({
        all: await costOf(everything),
        floor: await floor.cost(),
        changed: await costOf(oneChanged),
      });
    }
    const ratio = (of: "all" | "changed", by: keyof Cost) =>
      median(measured.map((round) => round[of][by] / round.floor[by])).toFixed(2);
    const seconds = (of: keyof (typeof measured)[number]) =>
      `${median(measured.map((round) => round[of].wallSeconds)).toFixed(1)} s`;
    const megabytes = ((await stat(film)).size / 1e6).toFixed(1);
    return [
      `  ${job.name}, ${job.scenes} scenes, ${job.scenes * job.sceneSeconds} s, ${plan.length} segments, ${megabytes} MB: ` +
        `${seconds("all")}, floor ${seconds("floor")}, ratio ${ratio("all", "wallSeconds")} wall, ${ratio("all", "cpuSeconds")} CPU`,
      ...(job.scenes >= 10
        ? [
            `    one scene changed: ${seconds("changed")}, ratio ${ratio("changed", "wallSeconds")} of the floor for all`,
          ]
        : []),
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function scenesOf({ scenes, sceneSeconds }: FilmJob): TimedScene[] {
  const frameCount = sceneSeconds * fps;
  return Array.from({ length: scenes }, (_, index) => ({
    ...{ title: "", narration: "", words: [], speechStartSeconds: 0 },
    ...{ startFrame: index * frameCount, frameCount },
  }));
}

const narrations = [
  "A woman sells tomatoes at the market.",
  "Children learn at the school.",
  "The city of Nairobi wakes up.",
  "A farmer plants maize after the rain.",
  "A nurse works at the hospital.",
  "A phone brings the money home.",
];

function drawPictures({ scenes, frame }: FilmJob, directory: string): Promise<PreparedPicture[]> {
  return Promise.all(
    Array.from({ length: scenes }, (_, scene) => {
      const narration = narrations[scene % narrations.length] ?? "";
      const request = {
        title: narration,
        narration,
        videoTitle: "Bench",
        seed: `bench ${scene}`,
        style: "flat" as const,
      };
      const target = { frame, grade: "none" as const, file: join(directory, `picture-${scene}.yuv`), signal };
      return prepareDrawn({ ...request, sceneIndex: scene }, target);
    }),
  );
}

const wordFrames = 10;

/** A line of captions with another word lit three times a second. */
function captionsOf({ scenes, sceneSeconds, frame }: FilmJob): Overlay[] {
  const even = (share: number, of: number) => 2 * Math.round((share * of) / 2);
  const [width, height] = [even(0.6, frame.width), even(0.1, frame.height)];
  const box = { kind: "box", y: 0, height } as const;
  return Array.from({ length: Math.floor((scenes * sceneSeconds * fps) / wordFrames) }, (_, word) => ({
    ...{ startFrame: word * wordFrames, endFrame: (word + 1) * wordFrames, fadeInFrames: 0, fadeOutFrames: 0 },
    ...{ x: even(0.2, frame.width), y: even(0.78, frame.height), width, height },
    art: [
      { ...box, x: 0, width, radiusPx: height / 3, fill: "#000000a0" },
      { ...box, x: (width / 6) * (word % 6), width: width / 6, radiusPx: 8, fill: "#ffd700" },
    ],
  }));
}

async function makeFilm(
  job: FilmJob,
  plan: Segment[],
  pictures: PreparedPicture[],
  directory: string,
  outputFile: string,
  isNew: (segment: Segment) => boolean,
): Promise<void> {
  const { frame, quality } = job;
  const files = plan.map((segment, index) => ({ segment, file: join(directory, `segment-${index}.mp4`) }));
  const segments = files.filter(({ segment }) => isNew(segment));
  const encoding: Encoding = { format: "mp4", quality };
  await encodeSegments({ segments, pictures, overlays: captionsOf(job), frame, fps, encoding, signal });
  await joinFilm({
    segments: files.map(({ file, segment }) => ({ file, frameCount: segment.frameCount })),
    ...{ soundFile: undefined, outputFile, fps, format: "mp4", directory, signal },
  });
}
