/** The renderer's own HTTP server against who does not speak HTTP as clients do. */
import { readdir } from "node:fs/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sceneRequest } from "../../support/render-requests.ts";
import { type Renderer, startRenderer, stopRenderer } from "../../support/renderer.ts";
import { fuzz, shares } from "../budget.ts";
import { conversationsWith } from "./conversations.ts";
import { damaged, expectSense, hold } from "./hold.ts";
import { type Heard, request, speak } from "./wire.ts";

let renderer: Renderer;
/** A head that is never said to its end: what comes of it takes as long as all the rest. */
let unended: Promise<Heard>;
beforeAll(async () => {
  renderer = await startRenderer();
  unended = speak(renderer.url, ["GET /health HTTP/1.1\r\nHost: x\r\n"], { limitMs: 30_000 });
});
afterAll(() => stopRenderer(renderer));

/** The same process as before, at once, and with nothing under way. */
async function expectWell(): Promise<void> {
  const answer = await fetch(`${renderer.url}/health`, { signal: AbortSignal.timeout(5_000) });
  expect(await answer.json()).toMatchObject({ ok: true, running: 0 });
  expect(renderer.child.exitCode).toBeNull();
}

const missing = JSON.stringify({ keys: [] });
const render = JSON.stringify(sceneRequest(["Hello there."]));

it("answers or ends what no client says, and is well afterwards", async () => {
  const wrong = await hold(renderer.url, [
    ...conversationsWith({ path: "/renders/unknown/missing", headers: [], body: missing }),
    ...conversationsWith({ path: "/media", headers: [], body: missing }),
  ]);
  expect(wrong).toEqual([]);
  await expectWell();
});

it("answers two hundred requests that come in one piece, each in its turn", async () => {
  const one = request("GET /health", []).toString("latin1");
  const { statuses } = await speak(renderer.url, [one.repeat(200)]);
  expect(statuses).toEqual(Array.from({ length: 200 }, () => 200));
});

it("lets go of forty who leave in the middle of what they send, at once", async () => {
  const half = request("POST /media", ["Content-Length: 5000000"], Buffer.alloc(1_000_000, 7));
  await Promise.all(Array.from({ length: 40 }, () => speak(renderer.url, [half, { pauseMs: 100 }], { leave: 0 })));
  // Two are looked at at a time, and twenty may wait: who is not let go of would still be in the way.
  await vi.waitFor(async () => {
    const heard = await speak(renderer.url, [request("POST /media", ["Content-Length: 5"], "plain")]);
    expect(heard.statuses).toEqual([422]);
  }, 5_000);
  await expectWell();
  const left = (await readdir(renderer.directory, { recursive: true })).filter((name) => /desk\/.+/.test(name));
  expect(left).toEqual([]);
});

it("goes on with a render whose caller leaves in the middle of the answer, and drops it when it is told to", async () => {
  const asked = request("POST /renders/left", [`Content-Length: ${render.length}`], render);
  const heard = await speak(renderer.url, [asked], { leave: 200 });
  expect(heard.statuses).toEqual([200]);
  expect((await fetch(`${renderer.url}/renders/left`, { method: "DELETE" })).status).toBe(204);
  await expectWell();
});

it("makes sense of damaged requests", async () => {
  const whole = request("POST /renders/unknown/missing", [`Content-Length: ${missing.length}`], missing);
  await fuzz(
    fc.asyncProperty(damaged(whole), (bytes) => expectSense(renderer.url, bytes)),
    shares.sockets,
  );
  await expectWell();
});

it("does not wait for ever for the end of a head", async () => {
  expect(await unended).toMatchObject({ isClosed: true, statuses: [408] });
});
