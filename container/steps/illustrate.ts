import path from "node:path";
import type { Wanted } from "../../src/contract/render-events.ts";
import type { ScenePicture } from "../../src/contract/video.ts";
import { createTurns, retried, withinTime } from "../bounded.ts";
import { digestOf } from "../canonical.ts";
import { asRenderFault, RenderFault } from "../failure.ts";
import { causesOf, log } from "../log.ts";
import { probeMedia } from "../media/probe-media.ts";
import { type ClipDemuxer, type PreparedPicture, prepareColour, prepareImage } from "../picture/prepared-picture.ts";
import type { DrawnScene } from "../providers.ts";
import type { Script } from "../scenes.ts";
import { ownMedia, sha256Of } from "./own-media.ts";
import type { Render } from "./render.ts";
import { askedScenes, at } from "./scene-facts.ts";

/** What a scene's picture is made from, known before it is made. */
type PictureSource =
  | { kind: "drawn"; provider: string; request: DrawnScene }
  | { kind: "image"; provider: string; file: string; sha256: string; ground: string }
  | { kind: "clip"; provider: string; file: string; sha256: string; demuxer: ClipDemuxer; durationSeconds: number }
  | { kind: "colour"; provider: string; colour: string };

export type Gallery = {
  /** Of everything a scene's picture is made from; it needs no picture. */
  fingerprint(scene: number): Promise<string>;
  /** Who makes it: `drawn`, `asset`, `url`, `colour` or a model's name. */
  provider(scene: number): Promise<string>;
  /** Made when it is first asked for. Rejects with a RenderFault that names the scene. */
  picture(scene: number): Promise<PreparedPicture>;
};

const picturesAtATime = 2;

/** What is asked for at once, as soon as the script is known: a model's pictures. The caller's own are asked for apart. */
export function everyWantedPicture(render: Render, script: Script): Wanted[] {
  return script.scenes.flatMap((_, scene) => wantedPicture(render, script, scene) ?? []);
}

function wantedPicture({ request, document }: Render, script: Script, scene: number): Wanted | undefined {
  const asked = askedScenes(document)[scene]?.picture;
  if (!document.isEnhanced || !request.offers.includes("picture") || (asked && asked.kind !== "generated"))
    return undefined;
  const { title, narration } = at(script.scenes, scene);
  const prompt = asked?.prompt ?? `${title}. ${narration}`;
  const { pictureStyle: style, aspect } = document;
  return {
    ...{ type: "picture", scene, prompt, style, aspect },
    key: digestOf({ type: "picture", prompt, style, aspect, seed: request.seed }),
  };
}

export function openGallery(render: Render, script: Script, title: string, signal: AbortSignal): Gallery {
  const turns = createTurns(picturesAtATime);
  const sources = script.scenes.map((_, scene) => quietly(findSource(render, script, title, scene, signal)));
  const pictures = new Map<number, Promise<PreparedPicture>>();
  const prepare = async (scene: number) => {
    const source = await at(sources, scene);
    const prepared = await turns(() => makePicture(render, source, scene, signal));
    render.meter.pictured();
    return prepared;
  };
  return {
    provider: async (scene) => (await at(sources, scene)).provider,
    fingerprint: async (scene) => {
      const { grade } = render.document;
      const source = await at(sources, scene);
      // Where a file lies is no part of what it is.
      const madeOf = "file" in source ? { ...source, file: undefined } : source;
      return digestOf({ source: { ...madeOf, provider: undefined }, grade, frame: render.frame });
    },
    picture: (scene) => {
      const known = pictures.get(scene) ?? quietly(prepare(scene));
      pictures.set(scene, known);
      return known;
    },
  };
}

/** Whoever needs it hears of its failure; until then it is nobody's. */
function quietly<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

async function findSource(
  render: Render,
  script: Script,
  title: string,
  scene: number,
  signal: AbortSignal,
): Promise<PictureSource> {
  const asked = askedScenes(render.document)[scene]?.picture;
  if (asked?.kind === "colour") return { kind: "colour", provider: "colour", colour: asked.colour };
  if (asked?.kind === "media") return findOwn(render, asked, scene, signal);
  return (
    (await findModel(render, script, scene, signal)) ?? {
      ...{ kind: "drawn", provider: render.providers.pictures.name },
      request: drawnRequest(render, script, title, scene),
    }
  );
}

/** What is seen through a transparent image. */
const groundOf = ({ document }: Render) => document.brand.primary ?? "#ffffff";

async function findOwn(
  render: Render,
  { media }: Extract<ScenePicture, { kind: "media" }>,
  scene: number,
  signal: AbortSignal,
): Promise<PictureSource> {
  const { file, sha256, facts } = await ownMedia(render, signal, media, "picture", scene);
  const own = { provider: "asset" in media ? "asset" : "url", file, sha256 };
  if (facts.kind === "image") return { kind: "image", ...own, ground: groundOf(render) };
  const demuxer = facts.contentType === "video/webm" ? "matroska" : "mov";
  return { kind: "clip", ...own, demuxer, durationSeconds: facts.durationSeconds ?? 0 };
}

/** A model's picture, if there is one that can be shown; what is wrong with it is not the caller's to mend. */
async function findModel(
  render: Render,
  script: Script,
  scene: number,
  signal: AbortSignal,
): Promise<PictureSource | undefined> {
  const wanted = wantedPicture(render, script, scene);
  const supply = wanted && (await render.supplies.get(wanted, signal));
  if (!supply) return undefined;
  const { file, provider = "model" } = supply;
  try {
    const { kind } = await probeMedia(file, signal);
    if (kind === "image") {
      return { kind: "image", provider, file, sha256: await sha256Of(file, signal), ground: groundOf(render) };
    }
  } catch (error) {
    signal.throwIfAborted();
    log("picture_refused", { provider, scene, causes: causesOf(error) });
  }
  return undefined;
}

function drawnRequest({ request, document }: Render, script: Script, title: string, scene: number): DrawnScene {
  const asked = askedScenes(document)[scene]?.picture;
  const { narration, title: sceneTitle } = at(script.scenes, scene);
  return {
    ...{ title: sceneTitle, narration, videoTitle: title, seed: request.seed },
    ...{ sceneIndex: scene, sceneCount: script.scenes.length, style: document.pictureStyle },
    ...(asked?.kind === "generated" && asked.prompt !== undefined ? { prompt: asked.prompt } : {}),
  };
}

async function makePicture(
  render: Render,
  source: PictureSource,
  scene: number,
  signal: AbortSignal,
): Promise<PreparedPicture> {
  if (source.kind === "clip") {
    const { file, demuxer, durationSeconds } = source;
    return { kind: "clip", file, demuxer, durationSeconds };
  }
  const limits = {
    ...{ signal, limitMs: render.stepLimitMs },
    late: () => new RenderFault("picture_timeout", "The picture took too long.", { isRetryable: true, scene }),
  };
  const make = () =>
    withinTime(limits, (stepSignal) => prepareStill(render, source, scene, stepSignal)).catch((error: unknown) => {
      throw asRenderFault(error, { code: "picture_failed", detail: "The picture could not be made.", scene });
    });
  return retried(signal, make);
}

function prepareStill(
  { document, frame, providers, workDirectory }: Render,
  source: Exclude<PictureSource, { kind: "clip" }>,
  scene: number,
  signal: AbortSignal,
): Promise<PreparedPicture> {
  const target = { frame, grade: document.grade, file: path.join(workDirectory, `picture-${scene}.yuv`), signal };
  if (source.kind === "drawn") return providers.pictures.draw(source.request, target);
  if (source.kind === "colour") return prepareColour(source.colour, target);
  return prepareImage(source.file, { ...target, ground: source.ground });
}
