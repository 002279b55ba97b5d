/**
 * A renderer that renders nothing: it speaks src/contract/container-protocol.ts, makes tiny files with true digests, and
 * does what the first word of the prompt (or of the first scene) asks for:
 *
 *   short                finishes at half the ceiling it is expected to keep within
 *   fail:CODE            fails for good                  fail-again:CODE   fails, and may be retried, each time
 *   fail-once:CODE       fails the first time, and may be retried
 *   gate                 half-way, waits until `POST /stand-in/:id/open` or its deletion
 *   drop-after-N         breaks off after N events the first time; whoever attaches again gets all of them
 *   busy-once            answers 429 the first time      refuse-once:STATUS   answers STATUS the first time
 *   nonsense-once        sends a line that is no event the first time
 *   wrong-digest, cut-file   declare another SHA-256, or more bytes, than the video has
 *
 * `GET /stand-in/:id` tells what was asked of it, so that a test can see what the consumer did.
 */
import { createHash } from "node:crypto";
import { type Request, Response } from "miniflare";
import { type RenderRequest, renderRequest } from "../../src/contract/container-protocol.ts";
import {
  type OutputName,
  outputNames,
  type RenderErrorCode,
  type RenderEvent,
  type RenderOutput,
} from "../../src/contract/render-events.ts";
import { frameSize, promptSceneCeilingSeconds, type VideoDocument } from "../../src/contract/video.ts";

export type Journal = { starts: number; attached: number; discards: number; files: string[] };

type Job = {
  request: string;
  journal: Journal;
  files: Map<string, Buffer>;
  isOpen: boolean;
  isDeleted: boolean;
  wake: () => void;
  woken: Promise<void>;
};
type Unnumbered = RenderEvent extends infer Event
  ? Event extends RenderEvent
    ? Omit<Event, "sequence">
    : never
  : never;

const contentTypes: Record<OutputName, string> = {
  "video.mp4": "video/mp4",
  "poster.jpg": "image/jpeg",
  "captions.vtt": "text/vtt",
  "captions.srt": "application/x-subrip",
  "words.json": "application/json",
};

const jobs = new Map<string, Job>();

/** Answers each request that a Worker under test sends out. */
export async function standInRenderer(request: Request): Promise<Response> {
  const [, place, id = "", , name = ""] = new URL(request.url).pathname.split("/");
  if (place === "health") {
    return Response.json({ ok: true, version: "stand-in", ffmpeg: "none", running: 0, slots: 1 });
  }
  if (place === "stand-in") return control(request, jobOf(id));
  if (place !== "renders") return refuse(404, "not_found");
  if (request.method === "POST") return render(id, await request.text());
  if (request.method === "DELETE") return discard(id);
  const job = jobOf(id);
  const file = job.files.get(name);
  if (file === undefined) return refuse(404, "not_found");
  job.journal.files.push(name);
  return new Response(file, { headers: { "Content-Type": "application/octet-stream" } });
}

function jobOf(id: string): Job {
  const known = jobs.get(id);
  if (known !== undefined) return known;
  const journal = { starts: 0, attached: 0, discards: 0, files: [] };
  const { promise, resolve } = Promise.withResolvers<void>();
  const job = {
    request: "",
    journal,
    files: new Map(),
    isOpen: false,
    isDeleted: false,
    wake: resolve,
    woken: promise,
  };
  jobs.set(id, job);
  return job;
}

function control(request: Request, job: Job): Response {
  if (request.method === "POST") {
    job.isOpen = true;
    job.wake();
  }
  return Response.json(job.journal);
}

function discard(id: string): Response {
  const job = jobOf(id);
  job.journal.discards += 1;
  job.isDeleted = true;
  job.files.clear();
  job.request = "";
  job.wake();
  return new Response(null, { status: 204 });
}

function render(id: string, body: string): Response {
  const parsed = renderRequest.safeParse(JSON.parse(body));
  if (!parsed.success) return refuse(422, "validation_failed");
  const job = jobOf(id);
  if (job.request !== "" && job.request !== body) return refuse(409, "conflict");
  const isFirst = job.journal.starts + job.journal.attached === 0;
  if (job.request === body) job.journal.attached += 1;
  else job.journal.starts += 1;

  const [word = "", ...rest] = scriptOf(parsed.data.document).split(":");
  const argument = rest.join(":");
  if (isFirst && word === "busy-once") return refuse(429, "busy");
  if (isFirst && word === "refuse-once") return refuse(Number(argument), "refused");
  job.request = body;
  job.isDeleted = false;
  return new Response(eventStream(job, parsed.data, { word, argument, isFirst }), {
    headers: { "Content-Type": "application/x-ndjson" },
  });
}

function scriptOf(document: VideoDocument): string {
  const text = document.source.kind === "prompt" ? document.source.prompt : (document.source.scenes[0]?.text ?? "");
  return text.split(" ", 1)[0] ?? "";
}

type Script = { word: string; argument: string; isFirst: boolean };

function eventStream(job: Job, request: RenderRequest, script: Script): ReadableStream<Uint8Array> {
  const events = play(job, request, script);
  const encoder = new TextEncoder();
  const dropAfter = script.isFirst && script.word.startsWith("drop-after-") ? Number(script.word.slice(11)) : Infinity;
  let sequence = 0;
  return new ReadableStream({
    async pull(controller) {
      const { value: event } = sequence < dropAfter ? await events.next() : { value: undefined };
      if (event === undefined) return controller.close();
      sequence += 1;
      controller.enqueue(encoder.encode(`${JSON.stringify({ ...event, sequence })}\n`));
    },
  });
}

async function* play(job: Job, request: RenderRequest, script: Script): AsyncGenerator<Unnumbered, undefined> {
  const { word, argument, isFirst } = script;
  const scenes = scenesOf(request.document, word === "short" ? 0.5 : 1);
  yield { type: "progress", stage: "scripting", percent: 5 };
  yield { type: "script", title: "A day in Nairobi", scenes: scenes.map(({ title, text }) => ({ title, text })) };
  yield { type: "progress", stage: "voicing", percent: 20 };
  if (isFirst && word === "nonsense-once") {
    yield { type: "progress", stage: "voicing", percent: 500 };
    return undefined;
  }
  yield { type: "progress", stage: "illustrating", percent: 35 };
  if (word === "gate") {
    yield { type: "progress", stage: "rendering", percent: 50 };
    while (!job.isOpen && !job.isDeleted) yield await heartbeat(job);
    if (job.isDeleted) return undefined;
  }
  yield { type: "progress", stage: "rendering", percent: 90 };
  if (word === "fail" || word === "fail-again" || (word === "fail-once" && isFirst)) {
    yield { type: "failed", error: failure(argument as RenderErrorCode, word !== "fail") };
    return undefined;
  }
  yield { type: "done", output: makeOutput(job, request, scenes, word) };
  return undefined;
}

const heartbeatMs = 200;

async function heartbeat(job: Job): Promise<Unnumbered> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    job.woken,
    new Promise((resolve) => {
      timer = setTimeout(resolve, heartbeatMs);
    }),
  ]);
  clearTimeout(timer);
  return { type: "heartbeat" };
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

function makeOutput(job: Job, { document, seed }: RenderRequest, scenes: Scenes, word: string): RenderOutput {
  const files = outputNames.map((name) => {
    const bytes = Buffer.from(`${name} of ${seed}\n`.repeat(20));
    job.files.set(name, bytes);
    const isVideo = name === "video.mp4";
    return {
      name,
      contentType: contentTypes[name],
      size: bytes.length + (isVideo && word === "cut-file" ? 1 : 0),
      sha256: isVideo && word === "wrong-digest" ? "0".repeat(64) : createHash("sha256").update(bytes).digest("hex"),
    };
  });
  return {
    title: "A day in Nairobi",
    ...frameSize(document.aspect, document.resolution),
    fps: document.fps,
    durationSeconds: scenes.reduce((sum, scene) => sum + scene.durationSeconds, 0),
    scenes,
    providers: { script: "stand-in", voice: "stand-in", pictures: "stand-in" },
    files,
  };
}

function refuse(status: number, code: string): Response {
  return Response.json({ code, detail: "The stand-in refused." }, { status, headers: { "Retry-After": "1" } });
}
