import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import { renderVideo } from "../../container/pipeline.ts";
import { offlineProviders } from "../../container/providers.ts";
import { encoderArguments } from "../../container/video/encode-segment.ts";
import { type Aspect, frameSize, type RenderResolution, type VideoDocument } from "../../src/contract/video.ts";
import { median } from "./median.ts";

const rounds = 3;
const fps = 30;

type Job = { aspect: Aspect; resolution: RenderResolution; scenes: number };
const jobs: Job[] = [
  { aspect: "9:16", resolution: "720p", scenes: 3 },
  { aspect: "16:9", resolution: "1080p", scenes: 3 },
  { aspect: "16:9", resolution: "1080p", scenes: 6 },
];

export async function benchRender(): Promise<string[]> {
  const lines = [
    `render, median of ${rounds} rounds: the whole job (script, voice, pictures, music, captions, encode, join) over one ffmpeg`,
    "  encoding the same finished frames: ffmpeg -f rawvideo -i frames.yuv -c:v libx264 (same settings, threads auto)",
  ];
  for (const job of jobs) lines.push(await benchJob(job));
  return lines;
}

async function benchJob(job: Job): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "shujaa-bench-"));
  const walls: number[] = [];
  const floors: number[] = [];
  let seconds = 0;
  let megabytes = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const output = join(directory, `round-${round}`);
      await mkdir(output);
      const started = performance.now();
      const rendered = await renderVideo(
        { document: documentOf(job), seed: "bench" },
        {
          directory: output,
          providers: offlineProviders,
          signal: new AbortController().signal,
          onUpdate: () => undefined,
        },
      );
      walls.push((performance.now() - started) / 1000);
      seconds = rendered.durationSeconds;
      megabytes = (await stat(join(output, "video.mp4"))).size / 1e6;
      floors.push(await floorSeconds(join(output, "video.mp4"), directory, job));
      await rm(output, { recursive: true });
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  const ratio = median(walls.map((wall, round) => wall / (floors[round] ?? Number.NaN)));
  const name = `${job.scenes} scenes ${job.aspect} ${job.resolution}`;
  return (
    `  ${name.padEnd(22)} ${seconds.toFixed(1)} s of video, ${megabytes.toFixed(1)} MB: wall ${median(walls).toFixed(1)} s, ` +
    `floor ${median(floors).toFixed(1)} s, ratio ${ratio.toFixed(2)}`
  );
}

function documentOf({ aspect, resolution, scenes }: Job): VideoDocument {
  const prompt = "A young Kenyan entrepreneur builds an AI startup in Nairobi";
  return {
    source: { kind: "prompt", prompt, sceneCount: scenes },
    language: "en",
    aspect,
    resolution,
    fps,
    voiceSpeed: 1,
    captions: "words",
    music: "calm",
  };
}

/** What ffmpeg alone needs for the very same frames: they are decoded first, and only their encoding is timed. */
async function floorSeconds(video: string, directory: string, job: Job): Promise<number> {
  const { width, height } = frameSize(job.aspect, job.resolution);
  const frames = join(directory, "frames.yuv");
  const { signal } = new AbortController();
  await runFfmpeg(["-i", video, "-map", "0:v", "-f", "rawvideo", "-pix_fmt", "yuv420p", frames], { signal });
  const settings = encoderArguments(fps);
  const threads = settings.indexOf("-threads");
  const started = performance.now();
  await runFfmpeg(
    [
      ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`, "-r", String(fps), "-i", frames],
      ...settings.filter((_, place) => threads === -1 || (place !== threads && place !== threads + 1)),
      ...["-f", "mp4", join(directory, "floor.mp4")],
    ],
    { signal },
  );
  const seconds = (performance.now() - started) / 1000;
  await rm(frames);
  return seconds;
}
