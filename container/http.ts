import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { z } from "zod";
import {
  imageRequest,
  mediaMaxBytes,
  missingRequest,
  type RendererHealth,
  renderRequest,
} from "../src/contract/container-protocol.ts";
import { outputNames, type RenderEvent } from "../src/contract/render-events.ts";
import { type Desk, DeskBusy } from "./desk.ts";
import { RenderFault } from "./failure.ts";
import type { RenderJob } from "./job.ts";
import type { Jobs } from "./jobs.ts";
import { causesOf, log } from "./log.ts";
import { contentTypes } from "./outputs.ts";
import { Refusal } from "./refusal.ts";
import { SupplyTooLarge } from "./supplies.ts";

/** Twenty scenes of the longest texts with their addresses, and a thousand keys, are about 250 kB. */
const bodyLimitBytes = 512 * 1024;
/** About what a short render takes. */
const retryAfterSeconds = 10;
const deskRetryAfterSeconds = 2;

/** Callers are machines of ours, and near. */
const headLimitMs = 10_000;
/** Longer than the Worker takes for the largest file, which it gives up after 90 s. */
const requestLimitMs = 120_000;
const limitsCheckedEveryMs = 2_000;

export type Renderer = { jobs: Jobs; desk: Desk; about: Pick<RendererHealth, "version" | "ffmpeg"> };

type Exchange = { request: IncomingMessage; response: ServerResponse; renderer: Renderer };
type Route = {
  path: RegExp;
  methods: Record<string, (exchange: Exchange, named: Record<string, string>) => Promise<void>>;
};

const id = "(?<id>[A-Za-z0-9_-]{1,64})";
const key = "(?<key>[0-9a-f]{64})";

const routes: Route[] = [
  { path: /^\/health$/, methods: { GET: health } },
  { path: new RegExp(`^/renders/${id}$`), methods: { POST: attach, DELETE: remove } },
  { path: new RegExp(`^/renders/${id}/supplies/${key}$`), methods: { PUT: supply } },
  { path: new RegExp(`^/renders/${id}/missing$`), methods: { POST: miss } },
  { path: new RegExp(`^/renders/${id}/artefacts/${key}$`), methods: { GET: sendArtefact } },
  { path: new RegExp(`^/renders/${id}/files/(?<name>[a-z0-9.]{1,32})$`), methods: { GET: sendOutput } },
  { path: /^\/media$/, methods: { POST: probe } },
  { path: /^\/images$/, methods: { POST: draw } },
];

const nothingHere = () => new Refusal(404, "not_found", "There is nothing here.");
const tooLarge = (words: string) => new Refusal(413, "payload_too_large", words, { connection: "close" });

/** Speaks the protocol of src/contract/container-protocol.ts. */
export function createRendererServer(renderer: Renderer): Server {
  const limits = {
    headersTimeout: headLimitMs,
    requestTimeout: requestLimitMs,
    connectionsCheckingInterval: limitsCheckedEveryMs,
  };
  return createServer(limits, (request, response) => {
    answer({ request, response, renderer }).catch((error: unknown) => refuse(response, error));
  });
}

async function answer(exchange: Exchange): Promise<void> {
  const { method = "", url = "" } = exchange.request;
  const [path = ""] = url.split("?");
  for (const route of routes) {
    const match = route.path.exec(path);
    if (!match) continue;
    const take = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
    if (take) return take(exchange, match.groups ?? {});
    const allow = Object.keys(route.methods).join(", ");
    throw new Refusal(405, "method_not_allowed", "This path does not take that method.", { allow });
  }
  throw nothingHere();
}

async function health({ response, renderer: { about, jobs } }: Exchange): Promise<void> {
  const said: RendererHealth = { ok: true, ...about, running: jobs.running(), slots: jobs.slots };
  sendJson(response, 200, said);
}

async function attach({ request, response, renderer }: Exchange, named: Record<string, string>): Promise<void> {
  const attached = renderer.jobs.attach(named.id ?? "", await readJson(request, renderRequest));
  if (attached.kind === "conflict") throw new Refusal(409, "conflict", "This id belongs to another request.");
  if (attached.kind === "full") {
    throw new Refusal(429, "backlog_full", "Every slot is taken.", { "retry-after": String(retryAfterSeconds) });
  }
  response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
  await pipeline(Readable.from(toLines(attached.job.follow(whileOpen(response)))), response);
}

async function* toLines(events: AsyncGenerator<RenderEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

async function remove({ response, renderer }: Exchange, named: Record<string, string>): Promise<void> {
  await renderer.jobs.remove(named.id ?? "");
  response.writeHead(204).end();
}

async function supply({ request, response, renderer }: Exchange, named: Record<string, string>): Promise<void> {
  const job = theJob(renderer, named);
  const provider = request.headers["x-provider"];
  const from = { provider: typeof provider === "string" ? provider.slice(0, 100) : undefined };
  await job.accept(named.key ?? "", request, from);
  // What nobody waited for is still on its way in.
  request.resume();
  response.writeHead(204).end();
}

async function miss({ request, response, renderer }: Exchange, named: Record<string, string>): Promise<void> {
  const job = theJob(renderer, named);
  job.miss((await readJson(request, missingRequest)).keys);
  response.writeHead(204).end();
}

async function sendArtefact({ response, renderer }: Exchange, named: Record<string, string>): Promise<void> {
  const found = theJob(renderer, named).artefact(named.key ?? "");
  if (!found) throw nothingHere();
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": found.size });
  await pipeline(found.stream(), response);
}

async function sendOutput({ response, renderer }: Exchange, named: Record<string, string>): Promise<void> {
  const name = outputNames.find((output) => output === named.name);
  const file = name && theJob(renderer, named).outputFile(name);
  if (!name || !file) throw nothingHere();
  const { size } = await stat(file);
  response.writeHead(200, { "content-type": contentTypes[name], "content-length": size });
  await pipeline(createReadStream(file), response);
}

async function probe({ request, response, renderer }: Exchange): Promise<void> {
  const facts = await renderer.desk.probe(request, whileOpen(response));
  sendJson(response, 200, facts);
}

async function draw({ request, response, renderer }: Exchange): Promise<void> {
  const jpeg = await renderer.desk.draw(await readJson(request, imageRequest), whileOpen(response));
  response.writeHead(200, { "content-type": "image/jpeg", "content-length": jpeg.length }).end(jpeg);
}

function theJob({ jobs }: Renderer, named: Record<string, string>): RenderJob {
  const job = jobs.find(named.id ?? "");
  if (!job) throw nothingHere();
  return job;
}

/** Aborts when the other side has left. */
function whileOpen(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once("close", () => left.abort());
  return left.signal;
}

async function readJson<Schema extends z.ZodType>(request: IncomingMessage, schema: Schema): Promise<z.infer<Schema>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) throw tooLarge(`A request is at most ${bodyLimitBytes / 1024} kB.`);
    chunks.push(chunk);
  }
  const parsed = schema.safeParse(parseJson(Buffer.concat(chunks).toString("utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "the request";
  throw new Refusal(422, "validation_failed", `${where}: ${issue?.message ?? "is not valid"}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(422, "validation_failed", "The request is not JSON.");
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  const refusal = asRefusal(error);
  if (refusal) {
    sendJson(response, refusal.status, { code: refusal.code, detail: refusal.message }, refusal.headers);
    return;
  }
  // The other side has left in the middle of an answer, or of its own request: a stream it can come back to.
  if (response.destroyed) return;
  log("request_failed", { causes: causesOf(error) });
  if (response.headersSent) response.destroy();
  else sendJson(response, 500, { code: "internal", detail: "Something went wrong on our side." });
}

function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof SupplyTooLarge) return tooLarge(`A file is at most ${mediaMaxBytes / 1_000_000} MB.`);
  if (error instanceof DeskBusy) {
    const headers = { "retry-after": String(deskRetryAfterSeconds), connection: "close" };
    return new Refusal(429, "backlog_full", "The renderer is busy.", headers);
  }
  if (!(error instanceof RenderFault)) return undefined;
  if (error.code === "media_refused") return new Refusal(422, error.code, error.detail);
  return new Refusal(error.code === "disk_full" ? 507 : 500, error.code, error.detail);
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(text);
}
