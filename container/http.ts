import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type RendererHealth, renderRequest } from "../src/contract/container-protocol.ts";
import { type OutputName, outputNames, type RenderEvent } from "../src/contract/render-events.ts";
import type { Jobs } from "./jobs.ts";
import { causesOf, log } from "./log.ts";
import { contentTypes } from "./outputs.ts";

/** Twenty scenes of the longest texts, escaped, are about 150 kB. */
const bodyLimitBytes = 256 * 1024;
/** About what a short render takes. */
const retryAfterSeconds = 10;

const renderPath = /^\/renders\/([A-Za-z0-9_-]{1,64})$/;
const filePath = /^\/renders\/([A-Za-z0-9_-]{1,64})\/files\/([a-z0-9.]{1,32})$/;

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

const nothingHere = () => new Refusal(404, "not_found", "There is nothing here.");

/** Speaks the protocol of src/contract/container-protocol.ts over `jobs`. */
export function createRendererServer(jobs: Jobs, about: Pick<RendererHealth, "version" | "ffmpeg">): Server {
  return createServer((request, response) => {
    answer(request, response, jobs, about).catch((error: unknown) => refuse(response, error));
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  jobs: Jobs,
  about: Pick<RendererHealth, "version" | "ffmpeg">,
): Promise<void> {
  const method = request.method ?? "";
  const [path = ""] = (request.url ?? "").split("?");
  const allow = (...methods: string[]) => {
    if (methods.includes(method)) return;
    throw new Refusal(405, "method_not_allowed", "This path does not take that method.", { allow: methods.join(", ") });
  };

  if (path === "/health") {
    allow("GET");
    const health: RendererHealth = { ok: true, ...about, running: jobs.running(), slots: jobs.slots };
    return sendJson(response, 200, health);
  }
  const [, renderId] = renderPath.exec(path) ?? [];
  if (renderId !== undefined) {
    allow("POST", "DELETE");
    if (method === "POST") return attach(request, response, jobs, renderId);
    await jobs.remove(renderId);
    response.writeHead(204).end();
    return;
  }
  const [, fileOwner, fileName] = filePath.exec(path) ?? [];
  if (fileOwner === undefined) throw nothingHere();
  allow("GET");
  const name = outputNames.find((output) => output === fileName);
  const file = name && jobs.outputFile(fileOwner, name);
  if (!name || !file) throw nothingHere();
  await sendFile(response, file, name);
}

async function attach(request: IncomingMessage, response: ServerResponse, jobs: Jobs, id: string): Promise<void> {
  const parsed = renderRequest.safeParse(await readJson(request));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") || "the request";
    throw new Refusal(422, "validation_failed", `${where}: ${issue?.message ?? "is not valid"}`);
  }
  const attached = jobs.attach(id, parsed.data);
  if (attached.kind === "conflict") throw new Refusal(409, "conflict", "This id belongs to another request.");
  if (attached.kind === "full") {
    throw new Refusal(429, "backlog_full", "Every slot is taken.", { "retry-after": String(retryAfterSeconds) });
  }
  const left = new AbortController();
  response.once("close", () => left.abort());
  response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
  await pipeline(Readable.from(toLines(attached.job.follow(left.signal))), response);
}

async function* toLines(events: AsyncGenerator<RenderEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

async function sendFile(response: ServerResponse, file: string, name: OutputName): Promise<void> {
  const { size } = await stat(file);
  response.writeHead(200, { "content-type": contentTypes[name], "content-length": size });
  await pipeline(createReadStream(file), response);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) {
      const detail = `A request is at most ${bodyLimitBytes / 1024} kB.`;
      throw new Refusal(413, "payload_too_large", detail, { connection: "close" });
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new Refusal(422, "validation_failed", "The request is not JSON.");
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof Refusal) {
    sendJson(response, error.status, { code: error.code, detail: error.message }, error.headers);
    return;
  }
  // The other side has left in the middle of an answer, or of its own request: a stream it can come back to.
  if (response.destroyed) return;
  log("request_failed", { causes: causesOf(error) });
  if (response.headersSent) response.destroy();
  else sendJson(response, 500, { code: "internal", detail: "Something went wrong on our side." });
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
  response.end(text);
}
