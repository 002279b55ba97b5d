/**
 * A renderer that renders nothing: it speaks src/contract/container-protocol.ts, and does what stand-in-play.ts reads in the
 * first word of the prompt (or of the first scene). `GET /stand-in/:id` tells what was asked of it, so that a test can see
 * what the consumer did; `POST /stand-in/:id/open` opens its gate.
 */
import { type Request, Response } from "miniflare";
import { missingRequest, renderRequest } from "../../src/contract/container-protocol.ts";
import { rendererUrl } from "./renderer-url.ts";
import { isMailHost, standInMail } from "./stand-in-mail.ts";
import { standInDraw, standInProbe } from "./stand-in-media.ts";
import { standInModels } from "./stand-in-models.ts";
import { isOauthHost, standInOauth } from "./stand-in-oauth.ts";
import { isPaymentHost, standInPayments } from "./stand-in-payments.ts";
import { type Job, type Journal, newJob, play, type Script, scriptOf } from "./stand-in-play.ts";
import { standInWeb } from "./stand-in-web.ts";

const jobs = new Map<string, Job>();

/** Answers each request that a Worker under test sends out. */
export async function standInRenderer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.hostname === "models.test") return standInModels(request);
  if (isMailHost(url.hostname)) return standInMail(request);
  if (isPaymentHost(url.hostname)) return standInPayments(request);
  if (isOauthHost(url.hostname)) return standInOauth(request);
  if (url.origin !== rendererUrl) return standInWeb(request);
  const [, place, id = "", thing = "", name = ""] = url.pathname.split("/");
  if (place === "health") {
    return Response.json({ ok: true, version: "stand-in", ffmpeg: "none", running: 0, slots: 1 });
  }
  if (place === "stand-in") return control(request, jobOf(id));
  if (place === "media") return standInProbe(request);
  if (place === "images") return standInDraw(request);
  if (place !== "renders") return refuse(404, "not_found");
  const job = jobOf(id);
  if (thing === "supplies") return supply(job, name, request);
  if (thing === "missing") return miss(job, await request.json());
  if (thing === "artefacts") return job.artefacts.has(name) ? send(job.artefacts.get(name)) : refuse(404, "not_found");
  if (request.method === "POST") return render(job, await request.text());
  if (request.method === "DELETE") return discard(job);
  const file = job.files.get(name);
  if (file === undefined) return refuse(404, "not_found");
  job.journal.files.push(name);
  if (name === job.gatedFile && !job.isOpen) await job.gate.promise;
  return send(file);
}

function jobOf(id: string): Job {
  const job = jobs.get(id) ?? newJob(id);
  jobs.set(id, job);
  return job;
}

function control(request: Request, job: Job): Response {
  if (request.method === "POST") {
    job.isOpen = true;
    job.gate.resolve();
  }
  return Response.json(job.journal satisfies Journal);
}

function discard(job: Job): Response {
  job.journal.discards += 1;
  job.isDeleted = true;
  job.files.clear();
  job.artefacts.clear();
  job.answers.clear();
  job.request = "";
  job.gate.resolve();
  return new Response(null, { status: 204 });
}

async function supply(job: Job, key: string, request: Request): Promise<Response> {
  const bytes = Buffer.from(await request.arrayBuffer());
  const provider = request.headers.get("X-Provider") ?? "";
  job.journal.supplied.push({
    key,
    provider,
    contentType: request.headers.get("Content-Type") ?? "",
    text: bytes.toString("latin1"),
  });
  job.answers.set(key, { bytes, provider });
  return new Response(null, { status: 204 });
}

function miss(job: Job, body: unknown): Response {
  for (const key of missingRequest.parse(body).keys) {
    job.journal.missing.push(key);
    if (!job.answers.has(key)) job.answers.set(key, null);
  }
  return new Response(null, { status: 204 });
}

function render(job: Job, body: string): Response {
  const parsed = renderRequest.safeParse(JSON.parse(body));
  if (!parsed.success) return refuse(422, "validation_failed");
  if (job.request !== "" && job.request !== body) return refuse(409, "conflict");
  const [word = "", ...rest] = scriptOf(parsed.data.document).split(":");
  const argument = rest.join(":");
  const { journal } = job;
  const isFirst = journal.starts + journal.attached === 0;
  if (word === "busy" && journal.refused < Number(argument)) return refuseOnce(journal, 429);
  if (word === "refuse-once" && journal.refused === 0) return refuseOnce(journal, Number(argument));
  if (word === "part-busy" && parsed.data.part !== undefined) return refuseOnce(journal, 429);

  if (job.request === body) journal.attached += 1;
  else {
    journal.starts += 1;
    job.answers.clear();
  }
  job.request = body;
  journal.offers = parsed.data.offers;
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

function eventStream(job: Job, request: Parameters<typeof play>[1], script: Script): ReadableStream<Uint8Array> {
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

function send(bytes: Buffer | undefined): Response {
  return new Response(bytes ?? Buffer.alloc(0), { headers: { "Content-Type": "application/octet-stream" } });
}

function refuse(status: number, code: string): Response {
  return Response.json({ code, detail: "The stand-in refused." }, { status, headers: { "Retry-After": "1" } });
}
