import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { RenderRequest } from "../src/contract/container-protocol.ts";
import type { RenderOutput } from "../src/contract/render-events.ts";
import { frameSize, promptSceneCeilingSeconds } from "../src/contract/video.ts";
import type { Artefacts } from "./artefacts.ts";
import { together } from "./bounded.ts";
import { writeCaptionFiles } from "./captions/write-captions.ts";
import { asRenderFault } from "./failure.ts";
import { createMeter } from "./meter.ts";
import { describeOutputs, videoNames } from "./outputs.ts";
import type { Providers } from "./providers.ts";
import type { Script, TimedScene } from "./scenes.ts";
import { type Film, makeSegments, partOf, planFilm, wantedSegment } from "./steps/film.ts";
import { everyWantedPicture, type Gallery, openGallery } from "./steps/illustrate.ts";
import { layRenderOverlays } from "./steps/lay-render-overlays.ts";
import { everyWantedSpeech, type Narration, narrate, speechesOf } from "./steps/narrate.ts";
import { everyWantedMedia, type OwnMedia, ownMedia } from "./steps/own-media.ts";
import { makePoster, type Poster, planPoster, wantedPoster } from "./steps/poster.ts";
import type { Render, RenderUpdate } from "./steps/render.ts";
import { askedScenes, at, sceneCountOf } from "./steps/scene-facts.ts";
import { makeSound, planSound, type Sound, wantedSound } from "./steps/sound.ts";
import { namesOf, sourcesOf } from "./steps/sources.ts";
import { writeScenes } from "./steps/write-scenes.ts";
import type { Supplies } from "./supplies.ts";
import { joinedShape, joinFilm } from "./video/join.ts";
import { layTimeline, totalFrames } from "./video/timeline.ts";

export type { RenderUpdate } from "./steps/render.ts";

export type RenderOptions = {
  /** An existing directory: the outputs end up in it, by their names. */
  directory: string;
  providers: Providers;
  supplies: Supplies;
  artefacts: Artefacts;
  /** Aborting stops every process at once; the render then rejects with the reason. */
  signal: AbortSignal;
  onUpdate(update: RenderUpdate): void;
  /** How long any one step may take without progress. 60 s unless told. */
  stepLimitMs?: number | undefined;
  /** Encoders at a time. */
  lanes?: number | undefined;
};

const defaultStepLimitMs = 60_000;

/** Renders one request into `directory`. Throws a RenderFault, or the signal's reason. */
export function renderVideo(request: RenderRequest, options: RenderOptions): Promise<RenderOutput> {
  return run(request, options, async (render, signal) => {
    const plan = await planVideo(render, signal, options.onUpdate);
    return produce(render, plan, signal);
  });
}

/** Makes some segments of a request, announces them, and leaves no output. Throws as `renderVideo` does. */
export function renderPart(
  request: RenderRequest,
  part: NonNullable<RenderRequest["part"]>,
  options: RenderOptions,
): Promise<void> {
  return run(request, options, async (render, signal) => {
    const { film, gallery } = await planVideo(render, signal, options.onUpdate);
    await makeSegments(render, partOf(film, part.segments), gallery, signal);
    render.meter.finished();
  });
}

async function run<Result>(
  request: RenderRequest,
  options: RenderOptions,
  work: (render: Render, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { directory, providers, supplies, artefacts, onUpdate, lanes } = options;
  const { document } = request;
  const meter = createMeter(sceneCountOf(document), (stage, percent) => onUpdate({ type: "progress", stage, percent }));
  const workDirectory = path.join(directory, "work");
  // What goes on beside the render ends with it.
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  try {
    await mkdir(workDirectory);
    meter.started();
    const render: Render = {
      ...{ request, document, frame: frameSize(document), workDirectory, outputDirectory: directory },
      ...{ providers, supplies, artefacts, hasKeeper: request.offers.includes("artefact") },
      ...{ stepLimitMs: options.stepLimitMs ?? defaultStepLimitMs, lanes, meter },
    };
    return await work(render, signal);
  } catch (error) {
    options.signal.throwIfAborted();
    throw asRenderFault(error, { code: "encode_failed", detail: "The video could not be made." });
  } finally {
    ending.abort();
    await rm(workDirectory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Everything there is to know of a video before its first frame is made. */
type VideoPlan = {
  title: string;
  script: Script;
  scriptProvider: string;
  narrations: Narration[];
  scenes: TimedScene[];
  gallery: Gallery;
  film: Film;
  sound: Sound | undefined;
  poster: Poster;
};

async function planVideo(
  render: Render,
  signal: AbortSignal,
  onUpdate: (update: RenderUpdate) => void,
): Promise<VideoPlan> {
  const { document, supplies, hasKeeper, meter } = render;
  const media = everyWantedMedia(render);
  if (media.length > 0) supplies.ask(media);
  const { script, provider: scriptProvider } = await writeScenes(render, signal);
  const title = document.title ?? script.title;
  const told = script.scenes.map((scene) => ({ title: scene.title, text: scene.narration }));
  onUpdate({ type: "script", title, scenes: told });
  meter.scripted();

  const wanted = [...everyWantedSpeech(render, script), ...everyWantedPicture(render, script)];
  if (wanted.length > 0) supplies.ask(wanted);
  const gallery = openGallery(render, script, title, signal);
  // A scene that has never been spoken has most likely never been drawn either, and now there is time for it.
  const drawAhead = (scene: number) => {
    gallery.picture(scene).catch(() => undefined);
  };
  if (!hasKeeper) for (const scene of script.scenes.keys()) drawAhead(scene);

  let narrations: Narration[] = [];
  let music: OwnMedia | undefined;
  let logo: OwnMedia | undefined;
  const { music: wantedMusic, brand } = document;
  await together(signal, [
    async (shared) => {
      narrations = await narrate(render, script, shared, drawAhead);
    },
    async (shared) => {
      if (wantedMusic.bed.kind === "media") music = await ownMedia(render, shared, wantedMusic.bed.media, "music");
      if (brand.logo) logo = await ownMedia(render, shared, brand.logo, "logo");
    },
  ]);

  const scenes = timeScenes(render, script, narrations);
  const overlays = layRenderOverlays(render, { scenes, title, logo });
  const film = await planFilm(render, { scenes, overlays: overlays.film, logo, gallery });
  const durationSeconds = totalFrames(scenes) / document.fps;
  const sound = planSound(render, { scenes, narrations, durationSeconds, music });
  const poster = await planPoster(render, gallery, { sceneCount: scenes.length, overlays: overlays.poster });
  return { title, script, scriptProvider, narrations, scenes, gallery, film, sound, poster };
}

function timeScenes({ document }: Render, script: Script, narrations: Narration[]): TimedScene[] {
  const { fps, source } = document;
  const asked = askedScenes(document);
  const speeches = speechesOf(narrations, script.scenes.length);
  return layTimeline(
    script.scenes.map((scene, index) => ({
      script: scene,
      speech: at(speeches, index),
      durationSeconds: asked[index]?.durationSeconds,
    })),
    source.kind === "prompt" ? { fps, ceilingSeconds: promptSceneCeilingSeconds } : { fps },
  );
}

/** Frames, sound and poster side by side; then they are joined. */
async function produce(render: Render, plan: VideoPlan, signal: AbortSignal): Promise<RenderOutput> {
  const { document, frame, supplies, outputDirectory, workDirectory, hasKeeper, stepLimitMs, meter } = render;
  const { fps, format, aspect } = document;
  const { film, sound, poster, gallery, scenes, narrations } = plan;
  meter.encoded(0);
  if (hasKeeper) {
    supplies.ask([...film.segments.map(wantedSegment), ...(sound ? [wantedSound(sound)] : []), wantedPoster(poster)]);
  }
  let soundFile: string | undefined;
  await together(signal, [
    (shared) => makeSegments(render, film, gallery, shared),
    async (shared) => {
      if (sound) soundFile = await makeSound(render, sound, shared);
    },
    (shared) => makePoster(render, poster, gallery, shared),
    async () => writeCaptionFiles(scenes, { aspect, fps, directory: outputDirectory }),
  ]);
  await joinFilm({
    segments: film.segments.map(({ file, segment }) => ({ file, frameCount: segment.frameCount })),
    ...{ soundFile, fps, format, directory: workDirectory, signal, silenceLimitMs: stepLimitMs },
    outputFile: path.join(outputDirectory, videoNames[format]),
  });

  const voices = narrations.map(({ provider }) => provider);
  const pictures = await Promise.all(scenes.map((_, scene) => gallery.provider(scene)));
  const output: RenderOutput = {
    title: plan.title,
    ...joinedShape({ ...frame, fps }, format),
    durationSeconds: totalFrames(scenes) / fps,
    scenes: scenes.map((scene) => ({
      title: scene.title,
      text: scene.narration,
      startSeconds: scene.startFrame / fps,
      durationSeconds: scene.frameCount / fps,
    })),
    providers: { script: plan.scriptProvider, voice: namesOf(voices), pictures: namesOf(pictures) },
    sources: sourcesOf(document, voices, pictures),
    files: await describeOutputs(outputDirectory, format, signal),
  };
  meter.finished();
  return output;
}
