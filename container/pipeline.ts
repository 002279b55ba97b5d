import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { RenderRequest } from "../src/contract/container-protocol.ts";
import type { RenderEvent, RenderOutput } from "../src/contract/render-events.ts";
import { frameSize, promptSceneCeilingSeconds, type VideoDocument } from "../src/contract/video.ts";
import { inLanes, retried, together, withinTime } from "./bounded.ts";
import { prepareBurn, writeCaptionFiles } from "./captions/write-captions.ts";
import { asRenderFault, RenderFault } from "./failure.ts";
import { createMeter, type Meter } from "./meter.ts";
import { describeOutputs } from "./outputs.ts";
import type { Providers } from "./providers.ts";
import type { Script, Speech, TimedScene } from "./scenes.ts";
import { scriptFromScenes } from "./script-from-scenes.ts";
import { encodeFilm } from "./video/film.ts";
import { joinSegments } from "./video/join.ts";
import { drawnSize, type FrameSize, type PicturePlanes, preparePlanes } from "./video/picture-planes.ts";
import { planSegments } from "./video/plan.ts";
import { layTimeline, totalFrames } from "./video/timeline.ts";

type Unnumbered<Event> = Event extends RenderEvent ? Omit<Event, "sequence"> : never;
/** What a render says about itself; its job numbers it. */
export type RenderUpdate = Unnumbered<Extract<RenderEvent, { type: "progress" | "script" }>>;

export type RenderOptions = {
  /** An existing, empty directory: the outputs end up in it, by their names. */
  directory: string;
  providers: Providers;
  /** Aborting stops every process at once; the render then rejects with the reason. */
  signal: AbortSignal;
  onUpdate(update: RenderUpdate): void;
  /** How long any one step may take without progress. 60 s unless told. */
  stepLimitMs?: number;
};

const defaultStepLimitMs = 60_000;
const picturesAtATime = 2;

/** What every step of one render shares. */
type Render = {
  document: VideoDocument;
  seed: string;
  title: string;
  script: Script;
  frame: FrameSize;
  /** Holds passing files; gone when the render ends. */
  workDirectory: string;
  outputDirectory: string;
  providers: Providers;
  stepLimitMs: number;
  meter: Meter;
};

/** Renders one request into `directory`. Throws a RenderFault, or the signal's reason. */
export async function renderVideo(request: RenderRequest, options: RenderOptions): Promise<RenderOutput> {
  const { document, seed } = request;
  const { directory, providers, signal, onUpdate } = options;
  const sceneCount = document.source.kind === "prompt" ? document.source.sceneCount : document.source.scenes.length;
  const meter = createMeter(sceneCount, (stage, percent) => onUpdate({ type: "progress", stage, percent }));
  const workDirectory = path.join(directory, "work");
  try {
    await mkdir(workDirectory);
    meter.started();
    const script = writeScenes(request, providers);
    const title = document.title ?? script.title;
    onUpdate({
      type: "script",
      title,
      scenes: script.scenes.map((scene) => ({ title: scene.title, text: scene.narration })),
    });
    meter.scripted();
    return await produce(
      {
        ...{ document, seed, title, script, workDirectory, providers, meter },
        frame: frameSize(document.aspect, document.resolution),
        outputDirectory: directory,
        stepLimitMs: options.stepLimitMs ?? defaultStepLimitMs,
      },
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    throw asRenderFault(error, { code: "encode_failed", detail: "The video could not be made." });
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
  }
}

async function produce(render: Render, signal: AbortSignal): Promise<RenderOutput> {
  const { document, frame, script, outputDirectory, meter } = render;
  const { fps, aspect, source } = document;

  const speeches: Speech[] = [];
  const pictures: PicturePlanes[] = [];
  await together(signal, [
    (shared) => speakScenes(render, shared, speeches),
    (shared) => drawScenes(render, shared, pictures),
  ]);

  const asked = source.kind === "scenes" ? source.scenes : [];
  const scenes = layTimeline(
    script.scenes.map((scene, index) => ({
      script: scene,
      speech: at(speeches, index),
      durationSeconds: asked[index]?.durationSeconds,
    })),
    source.kind === "prompt" ? { fps, ceilingSeconds: promptSceneCeilingSeconds } : { fps },
  );
  await writeCaptionFiles(scenes, { aspect, fps, directory: outputDirectory });
  await makeVideo(render, signal, { scenes, speeches, pictures, motions: asked.map((scene) => scene.motion) });

  const output: RenderOutput = {
    title: render.title,
    ...frame,
    fps,
    durationSeconds: totalFrames(scenes) / fps,
    scenes: scenes.map((scene) => ({
      title: scene.title,
      text: scene.narration,
      startSeconds: scene.startFrame / fps,
      durationSeconds: scene.frameCount / fps,
    })),
    providers: {
      script: source.kind === "prompt" ? render.providers.script.name : "caller",
      voice: render.providers.voice.name,
      pictures: render.providers.pictures.name,
    },
    files: await describeOutputs(outputDirectory, signal),
  };
  meter.finished();
  return output;
}

function writeScenes({ document, seed }: RenderRequest, providers: Providers): Script {
  const { source, language } = document;
  if (source.kind === "scenes") return scriptFromScenes(source.scenes);
  try {
    const script = providers.script.write({ prompt: source.prompt, sceneCount: source.sceneCount, language, seed });
    if (script.scenes.length === source.sceneCount) return script;
    throw new RangeError(`${script.scenes.length} scenes instead of ${source.sceneCount}`);
  } catch (error) {
    throw asRenderFault(error, { code: "script_failed", detail: "The script could not be written." });
  }
}

/** Into `speeches`, in the order of the scenes. */
async function speakScenes(render: Render, signal: AbortSignal, speeches: Speech[]): Promise<void> {
  const { document, script, providers, stepLimitMs, meter } = render;
  const detail = "The voice could not be made.";
  const limits = {
    signal,
    limitMs: stepLimitMs,
    late: () => new RenderFault("voice_failed", "The voice took too long.", { isRetryable: true }),
  };
  const open = () =>
    withinTime(limits, () =>
      providers.voice.open({ language: document.language, speed: document.voiceSpeed, signal }),
    ).catch((error: unknown) => {
      throw asRenderFault(error, { code: "voice_failed", detail });
    });
  const voice = await retried(signal, open);
  try {
    for (const [scene, { narration }] of script.scenes.entries()) {
      const speak = () =>
        withinTime(limits, () => voice.speak(narration)).catch((error: unknown) => {
          throw asRenderFault(error, { code: "voice_failed", detail, scene });
        });
      speeches.push(await retried(signal, speak));
      meter.voiced();
    }
  } finally {
    voice.close();
  }
}

/** Into `pictures`, by scene; the first one also becomes the poster. */
async function drawScenes(render: Render, signal: AbortSignal, pictures: PicturePlanes[]): Promise<void> {
  const { document, seed, title, script, frame, providers, stepLimitMs, meter } = render;
  await inLanes([...script.scenes.entries()], picturesAtATime, signal, async ([sceneIndex, scene], laneSignal) => {
    const limits = {
      signal: laneSignal,
      limitMs: stepLimitMs,
      late: () =>
        new RenderFault("picture_timeout", "The picture took too long.", { isRetryable: true, scene: sceneIndex }),
    };
    const request = {
      ...{ title: scene.title, narration: scene.narration, videoTitle: title, seed, ...frame },
      ...{ sceneIndex, sceneCount: script.scenes.length, hasHeading: sceneIndex === 0 && hasTitle(document) },
    };
    const draw = () =>
      withinTime(limits, async (drawSignal) => {
        const png = await providers.pictures.draw(request, drawnSize(frame));
        return preparePlanes({
          ...{ png, frame, name: `picture-${sceneIndex}`, directory: render.workDirectory, signal: drawSignal },
          ...(sceneIndex === 0 ? { posterFile: path.join(render.outputDirectory, "poster.jpg") } : {}),
          silenceLimitMs: stepLimitMs,
        });
      }).catch((error: unknown) => {
        const detail = "The picture could not be made.";
        throw asRenderFault(error, { code: "picture_failed", detail, scene: sceneIndex });
      });
    pictures[sceneIndex] = await retried(laneSignal, draw);
    meter.pictured();
  });
}

/** The sound is mixed beside the frames; then both are joined. */
async function makeVideo(
  render: Render,
  signal: AbortSignal,
  made: {
    scenes: TimedScene[];
    speeches: Speech[];
    pictures: PicturePlanes[];
    motions: Parameters<typeof planSegments>[1];
  },
): Promise<void> {
  const { document, frame, providers, meter, workDirectory, outputDirectory, stepLimitMs } = render;
  const { aspect, captions: style, fps } = document;
  const { scenes, speeches, pictures, motions } = made;
  const burn = await prepareBurn(scenes, { style, aspect, fps, ...frame, directory: workDirectory });
  const frames = totalFrames(scenes);
  meter.encoded(0);

  const audioFile = "sound.m4a";
  // Mixing and encoding a minute of sound takes a few seconds; it may take as long as it lasts.
  const mixLimits = {
    limitMs: stepLimitMs + (1_000 * frames) / fps,
    late: () => new RenderFault("render_timeout", "The sound took too long.", { isRetryable: true }),
  };
  let segments: { file: string; frameCount: number }[] = [];
  await together(signal, [
    async (shared) => {
      await withinTime({ ...mixLimits, signal: shared }, (mixSignal) =>
        providers.sound.mix({
          scenes: scenes.map((scene, index) => ({
            speech: at(speeches, index),
            startSeconds: scene.speechStartSeconds,
          })),
          music: document.music,
          seed: render.seed,
          durationSeconds: frames / fps,
          outputPath: path.join(workDirectory, audioFile),
          workDirectory,
          signal: mixSignal,
        }),
      );
    },
    async (shared) => {
      segments = await encodeFilm({
        ...{ pictures, frame, fps, captions: burn, directory: workDirectory, silenceLimitMs: stepLimitMs },
        segments: planSegments(scenes, motions, fps),
        signal: shared,
        onFrames: (done) => meter.encoded(done / frames),
      });
    },
  ]);
  await joinSegments({
    ...{ segments, audioFile, fps, signal, directory: workDirectory, silenceLimitMs: stepLimitMs },
    outputFile: path.join(outputDirectory, "video.mp4"),
  });
}

function at<Item>(items: Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing was made for scene ${index}`);
  return item;
}

/** Scenes without a title of their own are only called by their first words: nothing to write over the picture. */
function hasTitle(document: VideoDocument): boolean {
  return document.source.kind === "prompt" || document.title !== undefined;
}
