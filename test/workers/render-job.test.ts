import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { problems } from "../../src/contract/errors.ts";
import { readProblem, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import {
  journalOf,
  openGate,
  readMoney,
  readVideo,
  setPlan,
  storedKeys,
  submit,
  tenantIdOf,
} from "../support/videos.ts";

async function submitted(script: string) {
  const queue = holdQueue();
  const amina = await signUp({ send: queue.send });
  const { id } = await submit(amina, script);
  return { queue, amina, id };
}

const charged = { balance: 7, held: 0, amounts: [10, -3] };
const givenBack = { balance: 10, held: 0, amounts: [10, -3, 3] };

describe("a failure", () => {
  it.each(["encode_failed", "picture_timeout", "disk_full"] as const)(
    "for good (%s) ends the video at once, with what it was, and gives it back",
    async (code) => {
      const { queue, amina, id } = await submitted(`fail:${code}`);
      expect(await queue.deliverAll()).toBe(1);
      const video = await readVideo(amina, id);
      expect(video).toMatchObject({ status: "failed", stage: "failed", credits_used: 0 });
      expect(video.error).toEqual({
        code,
        title: problems[code].title,
        detail: "The stand-in was told to fail.",
        scene: 1,
        retryable: false,
        charged: false,
      });
      expect(video.output).toBeUndefined();
      expect(await readMoney(amina)).toEqual(givenBack);
      expect(await storedKeys(await tenantIdOf(amina))).toEqual([]);
      readProblem(await amina.get(`/api/videos/${id}/file`), "video_gone");
      readProblem(await amina.post(`/api/videos/${id}/cancel`), "video_finished");
    },
  );

  it("that may pass is tried three times, later each time, and then given back once", async () => {
    const { queue, amina, id } = await submitted("fail-again:voice_failed");
    const waits = [];
    for (let count = 0; count < 2; count += 1) {
      await queue.deliver();
      expect(await readVideo(amina, id)).toMatchObject({ status: "queued", progress: 86, credits_used: 3 });
      expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
      waits.push(queue.waiting[0]?.delaySeconds ?? 0);
    }
    expect(waits[0]).toBeGreaterThanOrEqual(2);
    expect(waits[0]).toBeLessThanOrEqual(4);
    expect(waits[1]).toBeGreaterThanOrEqual(8);
    expect(waits[1]).toBeLessThanOrEqual(16);
    expect(await queue.deliverAll()).toBe(1);
    const video = await readVideo(amina, id);
    expect(video).toMatchObject({ status: "failed", error: { code: "voice_failed", retryable: true, charged: false } });
    expect(await readMoney(amina)).toEqual(givenBack);
    expect((await journalOf(id)).starts).toBe(3);
  });

  it("that has passed leaves no trace: the second try makes the video", async () => {
    const { queue, amina, id } = await submitted("fail-once:picture_failed");
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded", credits_used: 3 });
    expect(await readMoney(amina)).toEqual(charged);
  });

  it("gives the day's place back with the credits", async () => {
    const { queue, amina } = await submitted("fail:encode_failed");
    await queue.deliverAll();
    for (let count = 1; count <= 3; count += 1) expect((await submit(amina, "plain", 1)).daily.used).toBe(count);
  });
});

describe("a renderer", () => {
  it.each([
    ["breaks off after no event", "drop-after-0"],
    ["breaks off after two events", "drop-after-2"],
    ["breaks off before the last event", "drop-after-5"],
    ["answers 500", "refuse-once:500"],
    ["says what is no event", "nonsense-once"],
  ])("that %s is asked again, and the video is made and charged once", async (_name, script) => {
    const { queue, amina, id } = await submitted(script);
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded", progress: 100, credits_used: 3 });
    expect(await readMoney(amina)).toEqual(charged);
    expect(await storedKeys(await tenantIdOf(amina))).toHaveLength(5);
  });

  it("is attached to again after a break, not started anew", async () => {
    const { queue, id } = await submitted("drop-after-2");
    await queue.deliverAll();
    expect(await journalOf(id)).toMatchObject({ starts: 1, attached: 1 });
  });

  it("that is busy for an hour costs the video no try: it waits for its turn", async () => {
    const { queue, amina, id } = await submitted("busy:30");
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded", credits_used: 3 });
    expect(await readMoney(amina)).toEqual(charged);
  });

  it("that is busy is asked again in a few seconds, and the video waits in the queue", async () => {
    const { queue, amina, id } = await submitted("busy:1");
    await queue.deliver();
    expect(await readVideo(amina, id)).toMatchObject({ status: "queued" });
    expect(queue.waiting).toMatchObject([{ body: { type: "render", videoId: id }, delaySeconds: 5 }]);
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
  });

  it.each(["wrong-digest:video.mp4", "cut-file:video.mp4", "wrong-digest:words.json"])(
    "whose file is not what it said (%s) is not believed: nothing is kept or charged",
    async (script) => {
      const { queue, amina, id } = await submitted(script);
      await queue.deliverAll();
      const video = await readVideo(amina, id);
      expect(video).toMatchObject({
        status: "failed",
        credits_used: 0,
        error: { code: "storage_failed", retryable: true, charged: false },
      });
      expect(await readMoney(amina)).toEqual(givenBack);
      expect(await storedKeys(await tenantIdOf(amina))).toEqual([]);
      expect((await journalOf(id)).files.filter((name) => name === script.split(":")[1])).toHaveLength(3);
    },
  );

  it("is told to forget a video when its files are stored", async () => {
    const { queue, id } = await submitted("plain");
    await queue.deliverAll();
    expect(await journalOf(id)).toMatchObject({ starts: 1, discards: 1 });
  });
});

describe("a message", () => {
  it("that is delivered twice at once renders once", async () => {
    const { queue, amina, id } = await submitted("plain");
    const [message] = queue.waiting;
    await Promise.all([queue.deliver(message), queue.deliver(message)]);
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    expect(await journalOf(id)).toMatchObject({ starts: 1, attached: 0 });
    expect(await readMoney(amina)).toEqual(charged);
  });

  it("that comes again after the end changes nothing", async () => {
    const { queue, amina, id } = await submitted("plain");
    const [message] = queue.waiting;
    await queue.deliverAll();
    const before = await readVideo(amina, id);
    await queue.deliver(message);
    expect(queue.waiting).toEqual([]);
    expect(await readVideo(amina, id)).toEqual(before);
    expect(await journalOf(id)).toMatchObject({ starts: 1, discards: 1 });
  });

  it("that comes while another consumer renders leaves it alone", async () => {
    const { queue, amina, id } = await submitted("gate");
    const [message] = queue.waiting;
    const running = queue.deliver(message);
    await vi.waitFor(async () => expect(await readVideo(amina, id)).toMatchObject({ status: "rendering" }), 5_000);
    await queue.deliver(message);
    expect(queue.waiting).toEqual([]);
    expect(await journalOf(id)).toMatchObject({ starts: 1, attached: 0 });
    await openGate(id);
    await running;
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    expect(await readMoney(amina)).toEqual(charged);
  });

  it("that is dead fails its video, which is given back once", async () => {
    const { queue, amina, id } = await submitted("plain");
    const dead = { queue: "shujaa-render-dead", body: { type: "render", videoId: id }, attempts: 1, delaySeconds: 0 };
    await queue.deliver(dead);
    await queue.deliver(dead);
    expect(await readVideo(amina, id)).toMatchObject({
      status: "failed",
      credits_used: 0,
      error: { code: "render_interrupted", retryable: true, charged: false },
    });
    expect(await readMoney(amina)).toEqual(givenBack);
    await queue.deliverAll();
    expect((await journalOf(id)).starts).toBe(0);
  });

  it("that is dead leaves a finished video alone", async () => {
    const { queue, amina, id } = await submitted("plain");
    await queue.deliverAll();
    const body = { type: "render", videoId: id };
    await queue.deliver({ queue: "shujaa-render-priority-dead", body, attempts: 1, delaySeconds: 0 });
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    expect(await readMoney(amina)).toEqual(charged);
  });

  it.each([
    [null],
    ["render"],
    [{}],
    [{ type: "render" }],
    [{ type: "render", videoId: "vid_1" }],
    [{ type: "render", videoId: "vid_00000000000000000000000000", more: true }],
    [{ type: "burn", videoId: "vid_00000000000000000000000000" }],
  ])("that is rubbish ends with the dead letters, and nobody else's waits for it: %j", async (body) => {
    const { queue, amina, id } = await submitted("plain");
    queue.waiting.unshift({ queue: "shujaa-render", body, attempts: 1, delaySeconds: 0 });
    await queue.deliver();
    expect(queue.waiting.map((message) => message.body)).toContainEqual(body);
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
  });

  it("of a video that is not there is done with", async () => {
    const queue = holdQueue();
    const body = { type: "render", videoId: "vid_00000000000000000000000000" };
    queue.waiting.push({ queue: "shujaa-render", body, attempts: 1, delaySeconds: 0 });
    expect(await queue.deliverAll()).toBe(1);
  });
});

describe("an end that another end overtakes", () => {
  it("a cancel while files are being stored keeps none of them", async () => {
    const { queue, amina, id } = await submitted("gate-file:poster.jpg");
    const running = queue.deliver();
    await vi.waitFor(async () => expect((await journalOf(id)).files).toContain("poster.jpg"), 5_000);
    expect((await amina.post(`/api/videos/${id}/cancel`)).status).toBe(200);
    await openGate(id);
    await running;
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "cancelled", credits_used: 0 });
    expect(await storedKeys(await tenantIdOf(amina))).toEqual([]);
    expect(await readMoney(amina)).toEqual(givenBack);
  });

  it("a paying plan's videos go through the queue of their own", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "pro");
    const { id } = await submit(amina, "plain");
    expect(queue.waiting).toMatchObject([{ queue: "shujaa-render-priority" }]);
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    const row = env.DB.prepare("SELECT settled_at_ms AS at FROM videos WHERE id = ?").bind(id);
    expect(await row.first("at")).not.toBeNull();
  });
});
