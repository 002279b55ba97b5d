/**
 * A running renderer is asked for what the contract lets in and for what it does not. It refuses with a code, or renders; it
 * never breaks down, never goes quiet, and nothing a text says is taken for an order.
 */
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { problemCodes } from "../../../src/contract/errors.ts";
import type { RenderEvent, RenderOutput, Wanted } from "../../../src/contract/render-events.ts";
import { probe } from "../../support/ffprobe.ts";
import { eventsOf, type Renderer, startRenderer, stopRenderer } from "../../support/renderer.ts";
import { fuzz, shares } from "../budget.ts";
import { brokenJson, nastyJson } from "../nasty-values.ts";
import { makeSeeds, type Seeds } from "./media-seeds.ts";
import { asRequest, brokenRequest, fitting, type RenderCase, renderCase } from "./render-requests.ts";

/** Two short scenes at a draft's size take seconds; whoever takes this long hangs. */
const renderLimitMs = 120_000;

let renderer: Renderer;
let directory: string;
let renders = 0;
const seeds: Seeds = makeSeeds({ url: "http://127.0.0.1:1/stolen", file: "/etc/passwd" });

beforeAll(async () => {
  renderer = await startRenderer();
  directory = await mkdtemp(path.join(tmpdir(), "fuzz-documents-"));
});
afterAll(async () => {
  await stopRenderer(renderer);
  await rm(directory, { recursive: true, force: true });
});

const call = (where: string, init: RequestInit = {}) =>
  fetch(`${renderer.url}${where}`, { signal: AbortSignal.timeout(renderLimitMs), ...init });

async function expectAlive(): Promise<void> {
  expect((await call("/health")).status).toBe(200);
}

const insides = /\n\s+at |node_modules|\.ts:\d|\/tmp\/|renderer-test-|ENOENT|TypeError|RangeError|Invalid data found/;

/** A refusal in the words of the protocol: a code, and a sentence. */
function expectRefusal(status: number, text: string, statuses: readonly number[]): void {
  expect(statuses, text).toContain(status);
  expect(JSON.parse(text)).toEqual({ code: expect.stringMatching(/^[a-z_]+$/), detail: expect.stringMatching(/./) });
  expect(text).not.toMatch(insides);
  expect(text).not.toMatch(/"internal"/);
}

it("refuses what is not in the contract", async () => {
  let refused = 0;
  const property = fc.asyncProperty(
    fc.constantFrom("/renders/broken", "/renders/broken/missing", "/images", "/renders/broken/supplies/x", "/media/x"),
    fc.oneof(
      brokenRequest.map((value) => JSON.stringify(value)),
      nastyJson.map((value) => JSON.stringify(value)),
      brokenJson,
      fc.string({ unit: "binary", maxLength: 100 }),
    ),
    async (where, body) => {
      const isRender = where === "/renders/broken";
      const response = await call(where, { method: "POST", body: Buffer.from(body ?? "", "utf8") });
      if (isRender && response.status === 200) {
        // It is no worse for being asked so: it is what the contract lets in after all.
        await response.body?.cancel();
        expect((await call(where, { method: "DELETE" })).status).toBe(204);
        return;
      }
      if (where === "/images" && response.status === 200) return void (await response.arrayBuffer());
      expectRefusal(response.status, await response.text(), [404, 405, 413, 422]);
      refused += 1;
    },
  );
  await fuzz(property, shares.documents / 4);
  expect(refused).toBeGreaterThan(0);
  await expectAlive();
});

it("renders what is, or says why not", async () => {
  const seen = new Map<string, number>();
  const property = fc.asyncProperty(renderCase(Object.keys(seeds)), async (one) => {
    renders += 1;
    const id = `fuzz-${renders}`;
    const request = asRequest(one.request);
    const response = await call(`/renders/${id}`, { method: "POST", body: JSON.stringify(one.request) });
    if (request === undefined) {
      expectRefusal(response.status, await response.text(), [422]);
      seen.set("refused", (seen.get("refused") ?? 0) + 1);
      return;
    }
    const last = await follow(id, response, one);
    expect((await call(`/renders/${id}/files/none.mp4`)).status).toBe(404);
    if (last?.type === "done") await expectWhole(id, last.output, request.document.format);
    else expectFailure(last, request);
    seen.set(last?.type ?? "silence", (seen.get(last?.type ?? "silence") ?? 0) + 1);
    await call(`/renders/${id}`, { method: "DELETE" });
  });
  await fuzz(property, (shares.documents * 3) / 4);
  console.log(JSON.stringify([...seen]));
  expect(seen.get("done")).toBeGreaterThan(0);
  await expectAlive();
});

/** Plays the Worker: brings the media that the case has, misses all else. */
async function follow(id: string, response: Response, { supplies }: RenderCase): Promise<RenderEvent | undefined> {
  let last: RenderEvent | undefined;
  let brought = 0;
  for await (const event of eventsOf(response)) {
    last = event;
    if (event.type !== "wanted") continue;
    for (const item of event.items) {
      const { key } = item;
      const bytes = seeds[nameOf(item, supplies[brought % supplies.length] ?? "")];
      brought += 1;
      const answer = bytes
        ? await call(`/renders/${id}/supplies/${key}`, { method: "PUT", body: new Uint8Array(bytes) })
        : await call(`/renders/${id}/missing`, { method: "POST", body: JSON.stringify({ keys: [key] }) });
      expect(answer.status).toBe(204);
    }
  }
  return last;
}

function nameOf(item: Wanted, told: string): string {
  if (told !== fitting || item.type !== "media") return told;
  return item.use === "recording" || item.use === "music" ? "mp3" : "png";
}

function expectFailure(last: RenderEvent | undefined, request: unknown): void {
  if (last?.type !== "failed") throw new Error(`it ended with ${JSON.stringify(last)}`);
  expect(problemCodes).toContain(last.error.code);
  expect(last.error.detail).not.toMatch(insides);
  // Only what was to be supplied may be missing or unfit, and what cannot be said cannot be said.
  expect(
    ["media_failed", "media_refused", "voice_failed", "validation_failed"],
    JSON.stringify([last, request]),
  ).toContain(last.error.code);
}

async function expectWhole(id: string, output: RenderOutput, format: string): Promise<void> {
  const files = new Map<string, Buffer>();
  for (const { name, sha256, size } of output.files) {
    const bytes = Buffer.from(await (await call(`/renders/${id}/files/${name}`)).arrayBuffer());
    expect([name, bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([name, size, sha256]);
    files.set(name, bytes);
  }
  const textOf = (name: string) => files.get(name)?.toString("utf8") ?? "";
  expectCaptions(textOf("captions.vtt"), ".", output.durationSeconds);
  expectCaptions(textOf("captions.srt"), ",", output.durationSeconds);
  expect(textOf("captions.vtt")).not.toMatch(/<|&(?!amp;|lt;|gt;)/);
  JSON.parse(textOf("words.json"));
  if (format === "gif") return;
  const file = path.join(directory, `${id}.${format}`);
  await writeFile(file, files.get(`video.${format}`) ?? Buffer.alloc(0));
  const { video } = await probe(file);
  expect([video.width, video.height]).toEqual([output.width, output.height]);
  expect(Number(video.nb_read_frames)).toBe(Math.round(output.durationSeconds * output.fps));
  await rm(file);
}

/** Cues one after the other, each with its number, its times and its lines: no text has made a cue of its own. */
function expectCaptions(text: string, point: string, durationSeconds: number): void {
  const blocks = text
    .trim()
    .split("\n\n")
    .filter((block) => block !== "WEBVTT" && block !== "");
  const time = new RegExp(`^\\d{2}:\\d{2}:\\d{2}\\${point}\\d{3} --> (\\d{2}):(\\d{2}):(\\d{2})\\${point}(\\d{3})$`);
  blocks.forEach((block, index) => {
    const [number, times = "", ...lines] = block.split("\n");
    expect(number).toBe(String(index + 1));
    const [, hours, minutes, seconds, rest] = time.exec(times) ?? [];
    const end = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds) + Number(rest) / 1_000;
    expect(end).toBeLessThanOrEqual(durationSeconds + 0.001);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).not.toContain("-->");
  });
}
