/**
 * What the stand-in renderer says while it renders nothing. The first word of the prompt (or of the first scene) decides:
 *
 *   short                finishes at half the ceiling it is expected to keep within
 *   fail:CODE            fails for good                  fail-again:CODE   fails, and may be retried, each time
 *   fail-once:CODE       fails the first time, and may be retried
 *   gate                 half-way, waits until its gate is opened or it is deleted
 *   drop-after-N         breaks off after N events the first time; whoever attaches again gets all of them
 *   busy:N               answers 429 the first N times   refuse-once:STATUS   answers STATUS the first time
 *   gate-file:NAME       holds that file back until its gate is opened
 *   nonsense-once        sends a line that is no event the first time
 *   wrong-digest:NAME, cut-file:NAME   declares another SHA-256, or more bytes, than that file has
 *   keeps:N              wants a speech and N segments of ten seconds, made of the prompt's own words; makes what is missing
 *   keeps-wrong:N        as keeps, but its first segment is not what it says
 *   fail-kept:N          as keeps, and then fails for once
 *   gate-part:N          as keeps:4, but part N waits at its gate
 *   part-fails, part-busy, part-dies-once   as keeps:4, but each part fails, finds no slot, or breaks off the first time
 *   media                wants the media of the first scene's picture, and fails without
 *   models               wants what models make, as far as it is offered, and says who made it
 */
import { createHash } from "node:crypto";
import type { Offer, RenderRequest } from "../../src/contract/container-protocol.ts";
import type {
  OutputName,
  RenderErrorCode,
  RenderEvent,
  RenderOutput,
  Wanted,
} from "../../src/contract/render-events.ts";
import { frameSize, promptSceneCeilingSeconds, type VideoDocument } from "../../src/contract/video.ts";

export type Journal = {
  starts: number;
  attached: number;
  refused: number;
  discards: number;
  files: string[];
  offers: Offer[];
  supplied: { key: string; provider: string; contentType: string; text: string }[];
  missing: string[];
  /** Keys of the segments it made itself. */
  made: string[];
};

export type Job = {
  id: string;
  request: string;
  gatedFile: string;
  journal: Journal;
  files: Map<string, Buffer>;
  artefacts: Map<string, Buffer>;
  /** By key: what was supplied, or null for what is missing. */
  answers: Map<string, { bytes: Buffer; provider: string } | null>;
  isOpen: boolean;
  isDeleted: boolean;
  gate: PromiseWithResolvers<void>;
};
export type Script = { word: string; argument: string; isFirst: boolean };
type Unnumbered = RenderEvent extends infer Event
  ? Event extends RenderEvent
    ? Omit<Event, "sequence">
    : never
  : never;
type Events = AsyncGenerator<Unnumbered, boolean>;

export function newJob(id: string): Job {
  return {
    id,
    request: "",
    gatedFile: "",
    journal: {
      starts: 0,
      attached: 0,
      refused: 0,
      discards: 0,
      files: [],
      offers: [],
      supplied: [],
      missing: [],
      made: [],
    },
    files: new Map(),
    artefacts: new Map(),
    answers: new Map(),
    isOpen: false,
    isDeleted: false,
    gate: Promise.withResolvers<void>(),
  };
}

export function scriptOf(document: VideoDocument): string {
  const text = document.source.kind === "prompt" ? document.source.prompt : (document.source.scenes[0]?.text ?? "");
  return text.split(" ", 1)[0] ?? "";
}

const keepers: Record<string, number> = { "gate-part": 4, "part-fails": 4, "part-busy": 4, "part-dies-once": 4 };
const segmentSeconds = 10;

export async function* play(job: Job, request: RenderRequest, script: Script): AsyncGenerator<Unnumbered, undefined> {
  const { word, argument, isFirst } = script;
  const scenes = scenesOf(request.document, word === "short" ? 0.5 : 1);
  yield { type: "progress", stage: "scripting", percent: 5 };
  if (word === "models" && !(yield* useModels(job, request))) return undefined;
  yield { type: "script", title: "A day in Nairobi", scenes: scenes.map(({ title, text }) => ({ title, text })) };
  yield { type: "progress", stage: "voicing", percent: 20 };
  if (isFirst && word === "nonsense-once") {
    yield { type: "progress", stage: "voicing", percent: 500 };
    return undefined;
  }
  yield { type: "progress", stage: "illustrating", percent: 35 };
  if (word === "media" && !(yield* useMedia(job, request))) return undefined;
  yield { type: "progress", stage: "rendering", percent: 50 };
  // Within one stage: told to the watchers, but not yet written to the row.
  yield { type: "progress", stage: "rendering", percent: 70 };
  const segments = keepers[word] ?? (/^(keeps|keeps-wrong|fail-kept)$/.test(word) ? Number(argument) : 0);
  if (segments > 0 && !(yield* makeSegments(job, request, script, segments))) return undefined;
  if (request.part !== undefined) {
    yield { type: "part_done" };
    return undefined;
  }
  if (word === "gate" && !(yield* waitAtGate(job))) return undefined;
  yield { type: "progress", stage: "rendering", percent: 90 };
  if (word === "fail" || word === "fail-again" || ((word === "fail-once" || word === "fail-kept") && isFirst)) {
    // What may be retried starts afresh when it is asked for again.
    if (word !== "fail") job.request = "";
    const code = word === "fail-kept" ? "encode_failed" : (argument as RenderErrorCode);
    yield { type: "failed", error: failure(code, word !== "fail") };
    return undefined;
  }
  yield { type: "done", output: makeOutput(job, request, scenes, script) };
  return undefined;
}

const beatMs = 25;

async function beat(job: Job): Promise<Unnumbered> {
  await Promise.race([
    job.isOpen || job.isDeleted ? null : job.gate.promise,
    new Promise((resolve) => setTimeout(resolve, beatMs)),
  ]);
  if (job.isOpen) await new Promise((resolve) => setTimeout(resolve, beatMs));
  return { type: "heartbeat" };
}

/** false: it was deleted meanwhile. */
async function* waitAtGate(job: Job): Events {
  while (!job.isOpen && !job.isDeleted) yield await beat(job);
  return !job.isDeleted;
}

async function* ask(job: Job, items: Wanted[]): Events {
  if (items.length === 0) return true;
  yield { type: "wanted", items };
  while (!job.isDeleted && items.some(({ key }) => !job.answers.has(key))) yield await beat(job);
  return !job.isDeleted;
}

async function* makeSegments(job: Job, request: RenderRequest, script: Script, count: number): Events {
  const { document, part } = request;
  const speech = keyOf(document, "speech");
  if (!(yield* ask(job, [{ type: "artefact", key: speech, kind: "speech" }]))) return false;
  if (job.answers.get(speech) === null) yield make(job, "speech", speech, false);
  if (part !== undefined && script.word === "part-fails") {
    yield { type: "failed", error: failure("encode_failed", false) };
    return false;
  }
  if (part !== undefined && script.word === "part-dies-once" && script.isFirst) return false;
  const isGated = script.word === "gate-part" && job.id.endsWith(`-p${script.argument}`);
  if (isGated && !(yield* waitAtGate(job))) return false;

  const all = Array.from({ length: count }, (_, index) => keyOf(document, `segment ${index}`));
  const keys = part === undefined ? all : all.filter((key) => part.segments.includes(key));
  const frames = segmentSeconds * document.fps;
  const items = keys.map((key): Wanted => ({ type: "artefact", key, kind: "segment", frames }));
  yield { type: "wanted", items };
  const open = new Set(keys);
  while (open.size > 0 && !job.isDeleted) {
    for (const key of [...open].filter((one) => job.answers.has(one))) {
      open.delete(key);
      if (job.answers.get(key) !== null) continue;
      job.journal.made.push(key);
      yield make(job, "segment", key, script.word === "keeps-wrong" && key === all[0]);
    }
    yield await beat(job);
  }
  return !job.isDeleted;
}

function keyOf(document: VideoDocument, what: string): string {
  return createHash("sha256")
    .update(`${JSON.stringify(document.source)} ${what}`)
    .digest("hex");
}

function make(job: Job, kind: "speech" | "segment", key: string, isWrong: boolean): Unnumbered {
  const bytes = Buffer.from(`${kind} ${key}`);
  job.artefacts.set(key, bytes);
  const sha256 = createHash("sha256")
    .update(isWrong ? "something else" : bytes)
    .digest("hex");
  return { type: "made", artefact: { key, kind, size: bytes.length, sha256 } };
}

async function* useMedia(job: Job, { document }: RenderRequest): Events {
  const picture = document.source.kind === "scenes" ? document.source.scenes[0]?.picture : undefined;
  if (picture?.kind !== "media") return true;
  const key = keyOf(document, "media");
  if (!(yield* ask(job, [{ type: "media", key, media: picture.media, use: "picture", scene: 0 }]))) return false;
  if (job.answers.get(key) !== null) return true;
  yield { type: "failed", error: failure("media_failed", false) };
  return false;
}

async function* useModels(job: Job, request: RenderRequest): Events {
  const { document, offers } = request;
  const { language, pictureStyle: style, aspect, voice } = document;
  const prompt = document.source.kind === "prompt" ? document.source.prompt : "";
  const sceneCount = document.source.kind === "prompt" ? document.source.sceneCount : 1;
  const items: Wanted[] = [
    { type: "script", key: keyOf(document, "script"), prompt, sceneCount, language },
    { type: "voice", key: keyOf(document, "voice"), scene: 0, text: prompt, language, name: voice.name },
    { type: "picture", key: keyOf(document, "picture"), scene: 0, prompt, style, aspect },
  ];
  return yield* ask(
    job,
    items.filter(({ type }) => (offers as string[]).includes(type)),
  );
}

function failure(code: RenderErrorCode, isRetryable: boolean) {
  return { code, detail: "The stand-in was told to fail.", scene: 1, isRetryable };
}

type Scenes = RenderOutput["scenes"];

function scenesOf(document: VideoDocument, share: number): Scenes {
  const { source } = document;
  const texts =
    source.kind === "scenes"
      ? source.scenes.map(({ text }) => text)
      : Array.from({ length: source.sceneCount }, (_, index) => `Scene ${index + 1} of the day.`);
  const durationSeconds = source.kind === "scenes" ? 2.5 : promptSceneCeilingSeconds * share;
  return texts.map((text, index) => ({
    title: `Scene ${index + 1}`,
    text,
    startSeconds: index * durationSeconds,
    durationSeconds,
  }));
}

const contentTypes: Record<OutputName, string> = {
  "video.mp4": "video/mp4",
  "video.webm": "video/webm",
  "video.gif": "image/gif",
  "poster.jpg": "image/jpeg",
  "captions.vtt": "text/vtt",
  "captions.srt": "application/x-subrip",
  "words.json": "application/json",
};

function makeOutput(job: Job, { document, seed }: RenderRequest, scenes: Scenes, script: Script): RenderOutput {
  const names: OutputName[] = [`video.${document.format}`, "poster.jpg", "captions.vtt", "captions.srt", "words.json"];
  const files = names.map((name) => {
    const bytes = Buffer.from(`${name} of ${seed}\n`.repeat(20));
    job.files.set(name, bytes);
    const isWrong = (lie: string) => script.word === lie && script.argument === name;
    return {
      name,
      contentType: contentTypes[name],
      size: bytes.length + (isWrong("cut-file") ? 1 : 0),
      sha256: isWrong("wrong-digest") ? "0".repeat(64) : createHash("sha256").update(bytes).digest("hex"),
    };
  });
  const madeBy = (what: string, offline: string) => job.answers.get(keyOf(document, what))?.provider || offline;
  const provider = {
    script: madeBy("script", document.source.kind === "prompt" ? "template" : "caller"),
    voice: madeBy("voice", "espeak-ng"),
    pictures: madeBy("picture", "drawn"),
  };
  return {
    title: "A day in Nairobi",
    ...frameSize(document),
    fps: document.fps,
    durationSeconds: scenes.reduce((sum, scene) => sum + scene.durationSeconds, 0),
    scenes,
    providers: provider,
    sources: [
      { what: "voice", scene: 0, provider: provider.voice, licence: "none" },
      { what: "picture", scene: 0, provider: provider.pictures, licence: "none" },
    ],
    files,
  };
}
