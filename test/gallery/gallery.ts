/**
 * `npm run gallery`: renders the gallery's videos at 720p and lays six frames of each on a contact sheet in docs/gallery.
 * `npm run gallery -- NAME …` renders only those. KEEP_VIDEOS names a directory that the videos are copied to.
 */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import type { RenderOutput } from "../../src/contract/render-events.ts";
import { createVideoBody } from "../../src/contract/videos.ts";
import { toDocument } from "../../src/core/videos/document.ts";
import { clearRenders, idleCaller, type Rendered, renderWith } from "../support/render-caller.ts";
import { type GalleryVideo, galleryVideos } from "./videos.ts";

const directory = join(import.meta.dirname, "../../docs/gallery");
const sheetFrames = 6;
/** Pixels. */
const frameHeight = 340;

type Entry = { name: string; words: string };

async function render({ name, body }: GalleryVideo): Promise<Rendered> {
  const document = toDocument(createVideoBody.parse(body));
  return renderWith(idleCaller(), { document, seed: `gallery-${name}`, offers: [] });
}

/** Frames from the middles of six equal stretches, in one row when they are upright. */
async function laySheet({ file: fileOf }: Rendered, output: RenderOutput, file: string): Promise<void> {
  const frames = Math.round(output.durationSeconds * output.fps);
  const places = Array.from({ length: sheetFrames }, (_, index) => Math.floor(((index + 0.5) * frames) / sheetFrames));
  const isWide = output.width > output.height;
  const sheet =
    `select='${places.map((place) => `eq(n,${place})`).join("+")}',` +
    `scale=-2:${frameHeight}:flags=area,tile=${isWide ? "3x2" : "6x1"}:padding=6:color=white`;
  await runFfmpeg(["-i", fileOf("video.mp4"), "-vf", sheet, "-frames:v", "1", "-q:v", "4", file], {
    signal: new AbortController().signal,
  });
}

/** Of the same shape: their sheets are laid under each other for the README. */
const headVideos = ["business-pitch-en", "scenes-arabic", "devotional-sw"];

async function layHead(): Promise<void> {
  const sheets = headVideos.flatMap((name) => ["-i", join(directory, `${name}.jpg`)]);
  const head = `vstack=${headVideos.length},scale=1000:-2:flags=area`;
  await runFfmpeg([...sheets, "-filter_complex", head, "-frames:v", "1", "-q:v", "4", join(directory, "head.jpg")], {
    signal: new AbortController().signal,
  });
}

async function make(video: GalleryVideo): Promise<Entry> {
  const startedAt = performance.now();
  const rendered = await renderWithOutput(video);
  const { output, result } = rendered;
  await laySheet(result, output, join(directory, `${video.name}.jpg`));
  if (process.env.KEEP_VIDEOS) {
    await mkdir(process.env.KEEP_VIDEOS, { recursive: true });
    await copyFile(result.file("video.mp4"), join(process.env.KEEP_VIDEOS, `${video.name}.mp4`));
    await copyFile(result.file("poster.jpg"), join(process.env.KEEP_VIDEOS, `${video.name}.jpg`));
  }
  const { lang, template, aspect, image_style: style = "flat" } = video.body;
  const words = [template ?? "own words", lang, aspect, style, `${output.durationSeconds.toFixed(1)} s`].join(" · ");
  console.log(`${video.name}: ${words}, made in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  return { name: video.name, words };
}

async function renderWithOutput(video: GalleryVideo) {
  const result = await render(video);
  if (!result.output) throw new Error(`${video.name}: ${JSON.stringify(result.failure)}`);
  return { result, output: result.output };
}

const asked = process.argv.slice(2);
const chosen = galleryVideos.filter(({ name }) => asked.length === 0 || asked.includes(name));
await mkdir(directory, { recursive: true });
const entries: Entry[] = [];
for (const video of chosen) {
  entries.push(await make(video));
  await clearRenders();
}
await layHead();
if (asked.length === 0) {
  const sections = entries.map(({ name, words }) => `## ${name}\n${words}\n\n![six frames of it](${name}.jpg)\n`);
  const head =
    "# Gallery\nMade by `npm run gallery` on this machine alone: offline script, voice, pictures and music.\n";
  await writeFile(join(directory, "README.md"), [head, ...sections].join("\n"));
}
