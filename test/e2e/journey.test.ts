/** The journey of the README, over the real stack: sign up, pay, wait, watch. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import { type VideoAnswer, videoAccepted, videoAnswer } from "../../src/contract/videos.ts";
import { Account, call } from "../support/account.ts";
import { lumaFrames, probe } from "../support/ffprobe.ts";
import { type Product, removeState, startProduct } from "../support/product.ts";

const prompt = "A young Kenyan entrepreneur builds an AI startup in Nairobi";
/** The bound for a cold start of what is installed; a machine shared with a render is given twice that. */
const readyLimitMs = 30_000;

let stateDir: string;
let product: Product;
let account: Account;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "shujaa-e2e-"));
  product = await startProduct({ stateDir });
  account = await Account.signUp(product.url);
});
afterAll(async () => {
  await product.stop();
  await removeState(stateDir);
});

test("it is ready soon and healthy", async () => {
  expect(product.readyMs).toBeLessThan(readyLimitMs);
  const { status, body } = await call(product.url, "GET", "/api/health");
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "ok", checks: { renderer: { status: "ok" }, database: { status: "ok" } } });
});

describe("a prompt becomes a video that was paid for", () => {
  let video: VideoAnswer;
  let output: NonNullable<VideoAnswer["output"]>;
  let file: string;
  const events: { id: number; name: string; progress: number; stage: string }[] = [];

  beforeAll(async () => {
    const answer = await account.send("POST", "/api/videos", { prompt, scenes: 3, vertical: true });
    expect(answer.status).toBe(202);
    const accepted = videoAccepted.parse(answer.body);
    expect(accepted).toMatchObject({ status: "queued", credits_used: 3, balance: 7 });
    events.push(...(await readEvents(accepted.urls.events)));
    video = videoAnswer.parse(await account.waitFor(accepted.id));
    if (video.output === undefined) throw new Error(`it has no output: ${JSON.stringify(video.error)}`);
    output = video.output;
    file = join(stateDir, "video.mp4");
    await writeFile(file, Buffer.from(await (await fetch(output.url)).arrayBuffer()));
  }, 240_000);

  test("its progress was told to the end, and never went back", () => {
    const stages = new Set(events.map((event) => event.stage));
    for (const stage of ["voicing", "illustrating", "rendering", "storing", "succeeded"])
      expect(stages).toContain(stage);
    expect(events.at(-1)).toMatchObject({ name: "succeeded", progress: 100 });
    for (const [place, event] of events.entries()) {
      const before = events[place - 1];
      if (before === undefined) continue;
      expect(event.id).toBeGreaterThan(before.id);
      expect(event.progress).toBeGreaterThanOrEqual(before.progress);
    }
  });

  test("the file is the one that was promised", async () => {
    const bytes = await readFile(file);
    expect(bytes.length).toBe(output.size);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(output.sha256);
    const probed = await probe(file);
    expect(probed.video).toMatchObject({ codec_name: "h264", pix_fmt: "yuv420p", width: 720, height: 1280 });
    expect(probed.audio).toMatchObject({ codec_name: "aac" });
    expect(Number(probed.video.nb_read_frames)).toBe(Math.round(output.duration * 30));
    expect(Number(probed.audio.duration)).toBeCloseTo(output.duration, 1);
  });

  test("one hears the voice, and sees another picture in each scene", async () => {
    expect(await loudness(file)).toBeGreaterThan(-16);
    const middles = video.scenes.map(({ start = 0, duration = 0 }) => Math.round((start + duration / 2) * 30));
    const pictures = await lumaFrames(file, middles, { width: 36, height: 64 });
    for (const [index, picture] of pictures.entries()) {
      expect(spread(picture)).toBeGreaterThan(8);
      const next = pictures[index + 1];
      if (next !== undefined) expect(difference(picture, next)).toBeGreaterThan(8);
    }
  });

  test("a player gets ranges from the link alone", async () => {
    const response = await fetch(output.url, { headers: { Range: "bytes=0-99" } });
    expect(response.status).toBe(206);
    expect(response.headers.get("Content-Range")).toBe(`bytes 0-99/${output.size}`);
    expect((await response.arrayBuffer()).byteLength).toBe(100);
  });

  test("captions say what the narration says", async () => {
    const spoken = (await (await fetch(output.words_url)).json()) as { words: { text: string }[] };
    const narration = video.scenes.map((scene) => scene.text).join(" ");
    expect(spoken.words.map((word) => word.text).join(" ")).toBe(narration);
    const vtt = await (await fetch(output.captions_vtt_url)).text();
    expect(vtt.startsWith("WEBVTT")).toBe(true);
  });

  test("it cost what it is long, and the books add up", async () => {
    const price = Math.max(1, Math.ceil((5 * output.duration) / 60));
    expect(video.credits_used).toBe(price);
    const amounts = await account.amounts();
    const { balance, held } = await account.balance();
    expect(held).toBe(0);
    expect(balance).toBe(10 - price);
    expect(amounts.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
  });
});

test("Astella's client makes a video with its own words", async () => {
  const registered = await call(product.url, "POST", "/register", {
    body: { email: "astella@example.com", phone: "254712345678", password: "test1234secret" },
  });
  expect(registered.status).toBe(201);
  const headers = { Authorization: `Bearer ${String(registered.body.access_token)}` };
  const body = { prompt, lang: "sheng", scenes: 1, vertical: true, output_format: "mp4" };
  const generated = await call(product.url, "POST", "/generate-video", { body, headers });
  expect([200, 202]).toContain(generated.status);
  const file = await eventually(() => fetch(String(generated.body.video_path)));
  expect(file.headers.get("Content-Type")).toBe("video/mp4");
});

async function eventually(get: () => Promise<Response>): Promise<Response> {
  for (const untilMs = Date.now() + 120_000; ; ) {
    const response = await get();
    if (response.status === 200) return response;
    expect(response.status).toBe(202);
    if (Date.now() > untilMs) throw new Error("the file did not come");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function readEvents(url: string) {
  const text = await (await fetch(url)).text();
  return text
    .split("\n\n")
    .filter((block) => block.includes("data: "))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
      const data = JSON.parse(field("data")) as { progress: number; stage: string };
      return { id: Number(field("id")), name: field("event"), progress: data.progress, stage: data.stage };
    });
}

/** Integrated loudness in LUFS, by ffmpeg's own meter. */
async function loudness(file: string): Promise<number> {
  const { signal } = new AbortController();
  const { stderr } = await runFfmpeg(["-i", file, "-af", "ebur128=framelog=verbose", "-f", "null", "-"], { signal });
  return Number(/I:\s+(-?[\d.]+) LUFS/.exec(stderr.slice(stderr.lastIndexOf("Summary:")))?.[1]);
}

function spread(pixels: Buffer): number {
  const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  return Math.sqrt(pixels.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0) / pixels.length);
}

function difference(one: Buffer, other: Buffer): number {
  return one.reduce((sum, pixel, place) => sum + Math.abs(pixel - (other[place] ?? 0)), 0) / one.length;
}
