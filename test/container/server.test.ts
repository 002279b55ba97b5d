import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RenderFault } from "../../container/failure.ts";
import { openJobs } from "../../container/jobs.ts";
import type { Providers } from "../../container/providers.ts";
import { readRendererVersion } from "../../container/renderer-version.ts";
import { mediaFacts, rendererHealth } from "../../src/contract/container-protocol.ts";
import { type RenderEvent, renderedFile } from "../../src/contract/render-events.ts";
import { sceneRequest } from "../support/render-requests.ts";
import {
  collect,
  eventsOf,
  eventWhere,
  type Renderer,
  renderAll,
  startRenderer,
  stopRenderer,
} from "../support/renderer.ts";
import { quickProviders, syntheticVoice } from "../support/stand-in-providers.ts";

const short = sceneRequest(["Hello there."]);
/** Long enough to be caught in the middle of it. */
const long = sceneRequest(
  Array.from({ length: 8 }, (_, index) => `Scene ${index}: ${"the river rose again. ".repeat(6)}`),
);

const isRendering = (event: RenderEvent) => event.type === "progress" && event.stage === "rendering";
const errorOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

/** Files a render has been brought, or is just being brought. */
async function keptIn(directory: string, id: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  return names.filter((name) => name.includes(`-${id}/kept/`));
}

/** What is under the renderer's directory, its own process directories apart. */
async function workIn(directory: string): Promise<string[]> {
  const renderers = await readdir(directory);
  return (await Promise.all(renderers.map((name) => readdir(path.join(directory, name))))).flat();
}

describe("one renderer", () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await startRenderer();
  });
  afterAll(() => stopRenderer(renderer));

  test("says how it is", async () => {
    const health = rendererHealth.parse(await (await fetch(`${renderer.url}/health`)).json());
    expect(health).toMatchObject({ ok: true, running: 0, slots: 1 });
    expect(health.ffmpeg).toMatch(/\d/);
  });

  test("refuses what is not in the protocol", async () => {
    const call = (where: string, method = "GET") => fetch(`${renderer.url}${where}`, { method });
    expect(await errorOf(await call("/"))).toEqual([404, "not_found"]);
    expect(await errorOf(await call("/renders/a%2Fb", "POST"))).toEqual([404, "not_found"]);
    expect(await errorOf(await call(`/renders/${"a".repeat(65)}`, "POST"))).toEqual([404, "not_found"]);
    expect(await errorOf(await call("/renders/unknown/files/video.mp4"))).toEqual([404, "not_found"]);
    expect(await errorOf(await call("/renders/unknown/files/..%2f..%2fetc%2fpasswd"))).toEqual([404, "not_found"]);
    const put = await call("/renders/one", "PUT");
    expect(put.headers.get("allow")).toBe("POST, DELETE");
    expect(await errorOf(put)).toEqual([405, "method_not_allowed"]);
    expect((await call("/renders/unknown", "DELETE")).status).toBe(204);
  });

  test("refuses a request that is not valid, and says where", async () => {
    const wrong = { ...short, document: { ...short.document, fps: 23 } };
    const refused = await renderer.post("wrong", wrong);
    expect(refused.status).toBe(422);
    const problem = (await refused.json()) as { code: string; detail: string };
    expect([problem.code, problem.detail]).toEqual(["validation_failed", expect.stringContaining("document.fps")]);
    const broken = await fetch(`${renderer.url}/renders/wrong`, { method: "POST", body: "{" });
    expect(await errorOf(broken)).toEqual([422, "validation_failed"]);
  });

  test("refuses a request that is too large", async () => {
    const large = await renderer.post("large", { ...short, seed: "x".repeat(600_000) });
    expect(await errorOf(large)).toEqual([413, "payload_too_large"]);
  });

  test("renders, and gives out files that are what it said of them", async () => {
    const events = await renderAll(renderer, "whole", short);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
    const done = events.at(-1);
    if (done?.type !== "done") throw new Error(`ended with ${JSON.stringify(done)}`);
    for (const file of done.output.files) {
      const response = await fetch(`${renderer.url}/renders/whole/files/${file.name}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      expect(response.headers.get("content-length")).toBe(String(file.size));
      expect(response.headers.get("content-type")).toBe(renderedFile.parse(file).contentType);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256);
    }
    expect(await renderAll(renderer, "whole", short)).toEqual(events);
    expect(await errorOf(await renderer.post("whole", { ...short, seed: "other" }))).toEqual([409, "conflict"]);
    expect((await fetch(`${renderer.url}/renders/whole`, { method: "DELETE" })).status).toBe(204);
    expect((await fetch(`${renderer.url}/renders/whole/files/video.mp4`)).status).toBe(404);
  });

  test("goes on without its listener, lets another join, has no room for a third, and stops when told", async () => {
    const leaving = new AbortController();
    const first = eventsOf(await renderer.post("long", long, leaving.signal));
    await eventWhere(first, (event) => event.type === "script");
    leaving.abort();
    await first.next().catch(() => undefined);

    const second = eventsOf(await renderer.post("long", long));
    const seen: RenderEvent[] = [];
    await eventWhere(second, (event) => {
      seen.push(event);
      return isRendering(event);
    });
    expect(seen[0]).toMatchObject({ sequence: 1, stage: "scripting" });
    expect((await fetch(`${renderer.url}/renders/long/files/video.mp4`)).status).toBe(404);

    const refused = await renderer.post("third", short);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await errorOf(refused)).toEqual([429, "backlog_full"]);

    const startedAt = performance.now();
    expect((await fetch(`${renderer.url}/renders/long`, { method: "DELETE" })).status).toBe(204);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    const last = await eventWhere(second, (event) => event.type === "failed");
    expect(last).toMatchObject({ error: { code: "render_interrupted", isRetryable: false } });
    expect(await workIn(renderer.directory)).toEqual([]);

    const next = await renderAll(renderer, "third", short);
    expect(next.at(-1)?.type).toBe("done");
  });
});

describe("what is asked for and what is made", () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await startRenderer();
  });
  afterAll(() => stopRenderer(renderer));
  const kept = { ...sceneRequest(["Hello there."], { isDraft: true }), offers: ["artefact" as const] };
  const call = (where: string, init: RequestInit = {}) => fetch(`${renderer.url}${where}`, init);
  const put = (where: string, body: BodyInit) => call(where, { method: "PUT", body });
  const miss = (id: string, keys: string[]) =>
    call(`/renders/${id}/missing`, { method: "POST", body: JSON.stringify({ keys }) });

  /** Plays the Worker over HTTP: brings what it has, misses the rest, keeps what is made. */
  async function play(id: string, store: Map<string, Buffer>): Promise<RenderEvent[]> {
    const seen: RenderEvent[] = [];
    for await (const event of eventsOf(await renderer.post(id, kept))) {
      seen.push(event);
      if (event.type === "wanted") {
        for (const { key } of event.items) {
          const bytes = store.get(key);
          if (bytes) expect((await put(`/renders/${id}/supplies/${key}`, new Uint8Array(bytes))).status).toBe(204);
          else expect((await miss(id, [key])).status).toBe(204);
        }
      }
      if (event.type === "made") {
        const response = await call(`/renders/${id}/artefacts/${event.artefact.key}`);
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(response.headers.get("content-length")).toBe(String(event.artefact.size));
        expect(createHash("sha256").update(bytes).digest("hex")).toBe(event.artefact.sha256);
        store.set(event.artefact.key, bytes);
      }
    }
    return seen;
  }

  test("artefacts go out and come back over HTTP; the second render makes nothing", async () => {
    const store = new Map<string, Buffer>();
    const first = await play("first", store);
    const second = await play("second", store);
    expect(first.filter((event) => event.type === "made").length).toBe(store.size);
    expect(second.filter((event) => event.type === "made")).toEqual([]);
    const outputs = [first, second].map((events) => events.at(-1));
    expect(outputs[0]).toMatchObject({ type: "done" });
    expect(outputs[1]).toMatchObject({ output: outputs[0]?.type === "done" ? outputs[0].output : {} });
  });

  test("supplies for nobody: unknown renders are not found, keys that nobody wants are taken and dropped", async () => {
    const key = "a".repeat(64);
    expect(await errorOf(await put(`/renders/nobody/supplies/${key}`, "x"))).toEqual([404, "not_found"]);
    expect(await errorOf(await miss("nobody", [key]))).toEqual([404, "not_found"]);
    expect((await put(`/renders/first/supplies/${key}`, "x".repeat(1_000_000))).status).toBe(204);
    expect(await errorOf(await call(`/renders/first/artefacts/${key}`))).toEqual([404, "not_found"]);
    expect(await errorOf(await put("/renders/first/supplies/short", "x"))).toEqual([404, "not_found"]);
    const wrong = await call("/renders/first/missing", { method: "POST", body: '{"keys":["no"]}' });
    expect(await errorOf(wrong)).toEqual([422, "validation_failed"]);
  });

  test("a render that waits for a supply is cancelled within two seconds, in the middle of the bytes too", async () => {
    const recording = { asset: `ast_${"a".repeat(26)}` };
    const source = { kind: "scenes" as const, scenes: [{ text: "Hello.", recording }] };
    const events = eventsOf(await renderer.post("waiting", sceneRequest([], { source })));
    const asked = await eventWhere(events, (event) => event.type === "wanted");
    const key = asked.type === "wanted" ? asked.items[0]?.key : "";
    // The first bytes, and then never the rest.
    const begun = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(1_000)) });
    const leaving = new AbortController();
    const init = { method: "PUT", body: begun, duplex: "half", signal: leaving.signal };
    const sending = call(`/renders/waiting/supplies/${key}`, init as RequestInit).catch(() => undefined);
    await expect.poll(() => keptIn(renderer.directory, "waiting"), { timeout: 5_000 }).toHaveLength(1);
    const startedAt = performance.now();
    expect((await call("/renders/waiting", { method: "DELETE" })).status).toBe(204);
    await eventWhere(events, (event) => event.type === "failed");
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    leaving.abort();
    await sending;
    expect((await workIn(renderer.directory)).filter((name) => name.includes("waiting"))).toEqual([]);
  });

  test("looks at files and draws pictures outside of any render", async () => {
    const image = await call("/images", {
      method: "POST",
      body: JSON.stringify({ prompt: "A market at dawn", aspect: "1:1", style: "flat", seed: "one" }),
    });
    expect([image.status, image.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    const bytes = Buffer.from(await image.arrayBuffer());
    expect(image.headers.get("content-length")).toBe(String(bytes.length));

    const facts = mediaFacts.parse(
      await (await call("/media", { method: "POST", body: new Uint8Array(bytes) })).json(),
    );
    expect(facts).toMatchObject({ kind: "image", contentType: "image/jpeg", width: 2048, height: 2048 });
    expect(Buffer.from(facts.thumbnail ?? "", "base64").subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    const cut = new Uint8Array(bytes.subarray(0, bytes.length >> 1));
    const refused = await call("/media", { method: "POST", body: cut });
    const problem = (await refused.json()) as { code: string; detail: string };
    expect([refused.status, problem.code]).toEqual([422, "media_refused"]);
    expect(problem.detail).toContain("cut off");
    const wrong = await call("/images", { method: "POST", body: '{"prompt":"!"}' });
    expect(await errorOf(wrong)).toEqual([422, "validation_failed"]);
  });
});

test("a renderer killed in the middle leaves nothing that the next one minds", async () => {
  const killed = await startRenderer();
  const events = eventsOf(await killed.post("again", long));
  await eventWhere(events, isRendering);
  killed.child.kill("SIGKILL");
  await killed.exited;
  await events.next().catch(() => undefined);
  expect(await workIn(killed.directory)).not.toEqual([]);

  const next = await startRenderer({ directory: killed.directory });
  try {
    expect(await workIn(next.directory)).toEqual([]);
    const again = await renderAll(next, "again", short);
    expect(again[0]?.sequence).toBe(1);
    expect(again.at(-1)?.type).toBe("done");
  } finally {
    await stopRenderer(next);
  }
});

test("SIGTERM interrupts the render, says so, and clears up", async () => {
  const renderer = await startRenderer();
  try {
    const events = eventsOf(await renderer.post("stopped", long));
    await eventWhere(events, isRendering);
    renderer.child.kill("SIGTERM");
    const last = await eventWhere(events, (event) => event.type === "failed");
    expect(last).toMatchObject({ error: { code: "render_interrupted", isRetryable: true } });
    expect(await renderer.exited).toBe(0);
    expect(await readdir(renderer.directory)).toEqual([]);
  } finally {
    await stopRenderer(renderer);
  }
});

test("with EXIT_WITH_PARENT it ends when its standard input does", async () => {
  const renderer = await startRenderer({ env: { EXIT_WITH_PARENT: "1" } });
  try {
    renderer.child.stdin?.end();
    expect(await renderer.exited).toBe(0);
  } finally {
    await stopRenderer(renderer);
  }
});

describe("the registry", () => {
  const directories: string[] = [];
  afterAll(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true }))));

  async function registry(voice: Providers["voice"], times: { heartbeatMs?: number; keepFinishedMs?: number } = {}) {
    const rootDirectory = await mkdtemp(path.join(tmpdir(), "jobs-test-"));
    directories.push(rootDirectory);
    const providers = { ...quickProviders, voice };
    const version = await readRendererVersion("test");
    const options = { rootDirectory, slots: 1, providers, version, heartbeatMs: 5_000, keepFinishedMs: 60_000 };
    return openJobs({ ...options, ...times });
  }

  const mute: Providers["voice"] = { name: "mute", open: () => new Promise(() => {}) };

  function follow(jobs: Awaited<ReturnType<typeof registry>>, id: string) {
    const attached = jobs.attach(id, short);
    if (attached.kind !== "attached") throw new Error(attached.kind);
    return attached.job.follow(new AbortController().signal);
  }

  test("says something often while a step is long", async () => {
    const jobs = await registry(mute, { heartbeatMs: 20 });
    const events = follow(jobs, "slow");
    const first = await eventWhere(events, (event) => event.type === "heartbeat");
    const second = await eventWhere(events, (event) => event.type === "heartbeat");
    expect(second.sequence).toBe(first.sequence + 1);
    await jobs.close();
  });

  test("forgets a finished render after its time, files and all", async () => {
    const jobs = await registry(syntheticVoice, { keepFinishedMs: 300 });
    await eventWhere(follow(jobs, "brief"), (event) => event.type === "done");
    expect(jobs.find("brief")?.outputFile("video.mp4")).toBeDefined();
    await expect.poll(() => jobs.find("brief"), { timeout: 5_000 }).toBeUndefined();
    await jobs.close();
  });

  test("starts a render again that failed and may be retried", async () => {
    let isBroken = true;
    const open: Providers["voice"]["open"] = async (request) => {
      if (isBroken) throw new Error("not now");
      return syntheticVoice.open(request);
    };
    const jobs = await registry({ name: "moody", open });
    await eventWhere(follow(jobs, "again"), (event) => event.type === "failed");
    isBroken = false;
    await eventWhere(follow(jobs, "again"), (event) => event.type === "done");
    await jobs.close();
  });

  test("replays a failure that is final", async () => {
    let opened = 0;
    const open = async () => {
      opened += 1;
      throw new RenderFault("voice_failed", "There is nothing to read.", { isRetryable: false });
    };
    const jobs = await registry({ name: "refusing", open });
    const failed = await collect(follow(jobs, "final"));
    expect(failed.at(-1)).toMatchObject({ type: "failed", error: { code: "voice_failed", isRetryable: false } });
    expect(await collect(follow(jobs, "final"))).toEqual(failed);
    expect(opened).toBe(1);
    await jobs.close();
  });
});
