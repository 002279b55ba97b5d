/**
 * A renderer that renders nothing: it speaks src/contract/container-protocol.ts, makes tiny files with true digests, and
 * does what the first word of the prompt (or of the first scene) asks for:
 *
 *   short                finishes at half the ceiling it is expected to keep within
 *   fail:CODE            fails for good                  fail-again:CODE   fails, and may be retried, each time
 *   fail-once:CODE       fails the first time, and may be retried
 *   gate                 half-way, waits until `POST /stand-in/:id/open` or its deletion
 *   drop-after-N         breaks off after N events the first time; whoever attaches again gets all of them
 *   busy:N               answers 429 the first N times   refuse-once:STATUS   answers STATUS the first time
 *   gate-file:NAME       holds that file back until `POST /stand-in/:id/open`
 *   nonsense-once        sends a line that is no event the first time
 *   wrong-digest:NAME, cut-file:NAME   declares another SHA-256, or more bytes, than that file has
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

export type Journal = { starts: number; attached: number; refused: number; discards: number; files: string[] };

type Job = {
  request: string;
  gatedFile: string;
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
  if (name === job.gatedFile && !job.isOpen) await job.woken;
  return new Response(file, { headers: { "Content-Type": "application/octet-stream" } });
}

function jobOf(id: string): Job {
  const known = jobs.get(id);
  if (known !== undefined) return known;
  const journal = { starts: 0, attached: 0, refused: 0, discards: 0, files: [] };
  const { promise, resolve } = Promise.withResolvers<void>();
  const job = {
    request: "",
    gatedFile: "",
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
  const [word = "", ...rest] = scriptOf(parsed.data.document).split(":");
  const argument = rest.join(":");
  const { journal } = job;
  const isFirst = journal.starts + journal.attached === 0;
  if (word === "busy" && journal.refused < Number(argument)) return refuseOnce(journal, 429);
  if (word === "refuse-once" && journal.refused === 0) return refuseOnce(journal, Number(argument));

  if (job.request === body) journal.attached += 1;
  else journal.starts += 1;
  job.request = body;
  job.gatedFile = word === "gate-file" ? argument : "";
  job.isDeleted = false;
  return new Response(eventStream(job, parsed.data, { word, argument, isFirst }), {
    headers: { "Content-Type": "application/x-ndjson" },
  });
}

function refuseOnce(journal: Journal, status: number): Response {
  journal.refused += 1;
  return refuse(status, "refused");
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
  yield { type: "progress", stage: "rendering", percent: 50 };
  // Within one stage: told to the watchers, but not yet written to the row.
  yield { type: "progress", stage: "rendering", percent: 70 };
  if (word === "gate") {
    while (!job.isOpen && !job.isDeleted) yield await heartbeat(job);
    if (job.isDeleted) return undefined;
  }
  yield { type: "progress", stage: "rendering", percent: 90 };
  if (word === "fail" || word === "fail-again" || (word === "fail-once" && isFirst)) {
    // What may be retried starts afresh when it is asked for again.
    if (word !== "fail") job.request = "";
    yield { type: "failed", error: failure(argument as RenderErrorCode, word !== "fail") };
    return undefined;
  }
  yield { type: "done", output: makeOutput(job, request, scenes, script) };
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

function makeOutput(job: Job, { document, seed }: RenderRequest, scenes: Scenes, script: Script): RenderOutput {
  const files = outputNames.map((name) => {
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
