import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import { type RenderEvent, renderEvent } from "../../src/contract/render-events.ts";

const serverFile = fileURLToPath(new URL("../../container/server.ts", import.meta.url).href);

/** A renderer in a process of its own, on a port of its own. */
export type Renderer = {
  url: string;
  child: ChildProcess;
  /** Where it keeps its work. */
  directory: string;
  post(id: string, body: unknown, signal?: AbortSignal): Promise<Response>;
  /** Settles with the exit code, or the signal's name. */
  exited: Promise<number | string>;
};

export async function startRenderer(
  options: { directory?: string; env?: Record<string, string> } = {},
): Promise<Renderer> {
  const directory = options.directory ?? (await mkdtemp(path.join(tmpdir(), "renderer-test-")));
  const child = spawn(process.execPath, [serverFile], {
    env: { ...process.env, PORT: "0", RENDER_DIR: directory, RENDER_SLOTS: "1", ...options.env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | string);
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, "line"),
    exited.then((code) => Promise.reject(new Error(`the renderer ended with ${code}`))),
  ]);
  const { url } = JSON.parse(line) as { url: string };
  const post = (id: string, body: unknown, signal?: AbortSignal) =>
    fetch(`${url}/renders/${id}`, { method: "POST", body: JSON.stringify(body), signal: signal ?? null });
  return { url, child, directory, post, exited };
}

export async function stopRenderer(renderer: Renderer): Promise<void> {
  renderer.child.kill("SIGKILL");
  await renderer.exited;
  await rm(renderer.directory, { recursive: true, force: true });
}

/** The events of a render as they arrive, each checked against the contract. */
export async function* eventsOf(response: Response): AsyncGenerator<RenderEvent> {
  if (!response.ok || !response.body) throw new Error(`the renderer answered ${response.status}`);
  let rest = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield renderEvent.parse(JSON.parse(line));
  }
}

/** Reads on until an event fits. */
export async function eventWhere(
  events: AsyncIterator<RenderEvent>,
  fits: (event: RenderEvent) => boolean,
): Promise<RenderEvent> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error("the stream ended first");
    if (fits(value)) return value;
  }
}

export async function renderAll(renderer: Renderer, id: string, request: RenderRequest): Promise<RenderEvent[]> {
  return collect(eventsOf(await renderer.post(id, request)));
}

export async function collect(events: AsyncIterable<RenderEvent>): Promise<RenderEvent[]> {
  const collected: RenderEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}
