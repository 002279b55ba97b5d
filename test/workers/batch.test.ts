import { describe, expect, it } from "vitest";
import { batchAccepted } from "../../src/contract/batches.ts";
import { videosAnswer } from "../../src/contract/videos.ts";
import { read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { bodyOf, readMoney, readVideo, setPlan, tenantIdOf, untilStatus } from "../support/videos.ts";

describe("a batch", () => {
  it("is charged together and made one by one, in its order", async () => {
    const amina = await signUp();
    const videos = [bodyOf("plain", 1), { ...bodyOf("plain", 2), lang: "sw" }, { ...bodyOf("plain", 1), draft: true }];
    const batch = read(await amina.post("/api/videos/batch", { videos }), 202, batchAccepted);
    expect(batch.data.map(({ credits_used: credits }) => credits)).toEqual([1, 2, 1]);
    expect(batch).toMatchObject({ credits_used: 4, balance: 6 });
    for (const { id } of batch.data) await untilStatus(amina, id, "succeeded");
    const list = read(await amina.get("/api/videos"), 200, videosAnswer).data;
    expect(list.map(({ id }) => id)).toEqual(batch.data.map(({ id }) => id).reverse());
    expect(await readMoney(amina)).toMatchObject({ balance: 6, held: 0 });
  });

  it("tells of all that is wrong in it, with the place of each", async () => {
    const amina = await signUp();
    const good = bodyOf("plain", 1);
    const shape = { videos: [good, { ...good, fps: 29 }, { scenes: [{ text: "x", image: { url: "nowhere" } }] }] };
    expect(readPointers(await amina.post("/api/videos/batch", shape)).sort()).toEqual([
      "/videos/1/fps",
      "/videos/2/scenes/0/image/url",
    ]);
    const meaning = { videos: [{ ...good, lang: "ha" }, good, { template: "proverb", values: { proverb: "x" } }] };
    expect(readPointers(await amina.post("/api/videos/batch", meaning)).sort()).toEqual([
      "/videos/0/lang",
      "/videos/2/values/meaning",
      "/videos/2/values/today",
    ]);
    for (const videos of [[], Array.from({ length: 101 }, () => good)]) {
      expect(readPointers(await amina.post("/api/videos/batch", { videos }))).toEqual(["/videos"]);
    }
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10] });
  });

  it("is charged whole or not at all", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "pro");
    const videos = Array.from({ length: 4 }, () => bodyOf("plain", 3));
    const refusal = readProblem(await amina.post("/api/videos/batch", { videos }), "insufficient_credits");
    expect(refusal).toMatchObject({ needed: 12, available: 10 });
    expect(await readMoney(amina)).toMatchObject({ balance: 10, held: 0 });
    expect(queue.waiting).toEqual([]);
    expect(read(await amina.get("/api/videos"), 200, videosAnswer).data).toEqual([]);
    // Nor are the places in the day taken.
    await setPlan(amina, "free");
    const four = Array.from({ length: 4 }, () => bodyOf("plain", 1));
    const full = readProblem(await amina.post("/api/videos/batch", { videos: four }), "quota_exceeded");
    expect(full).toMatchObject({ metric: "videos_per_day", limit: 3, used: 0 });
    expect(full.detail).toMatch(
      /^Your plan leaves 3 of 3 videos per day. Nothing was charged; it resets at .* 00:00 UTC\.$/,
    );
    read(await amina.post("/api/videos/batch", { videos: four.slice(1) }), 202, batchAccepted);
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
  });

  it("is one batch for one key, also when it was cut off", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const body = { videos: [bodyOf("plain", 1), bodyOf("plain", 1)] };
    const headers = { "Idempotency-Key": "batch-1" };
    const first = read(await amina.post("/api/videos/batch", body, headers), 202, batchAccepted);
    const { env } = await import("cloudflare:workers");
    // As if the process had died before it wrote anything down.
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'batch-1'").run();
    await env.DB.prepare("DELETE FROM videos WHERE tenant_id = ?")
      .bind(await tenantIdOf(amina))
      .run();
    const second = read(await amina.post("/api/videos/batch", body, headers), 202, batchAccepted);
    expect(second.data.map(({ id }) => id)).toEqual(first.data.map(({ id }) => id));
    for (const { id } of second.data) expect((await readVideo(amina, id)).status).toBe("queued");
    expect(await readMoney(amina)).toMatchObject({ balance: 8, held: 2, amounts: [10, -1, -1] });
  });

  it("of a hundred long scripts is one request, and no larger one is taken in", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "enterprise");
    const script = "Habari ya leo ni njema sana, na kesho itakuwa njema zaidi. ".repeat(200).trim();
    const videos = Array.from({ length: 100 }, () => ({ script, lang: "sw" }));
    const { data } = read(await amina.post("/api/videos/batch", { videos }), 202, batchAccepted);
    expect(data).toHaveLength(100);
    const larger = videos.map((video) => ({ ...video, script: `${script}${" ".repeat(10_000)}` }));
    readProblem(await amina.post("/api/videos/batch", { videos: larger }), "payload_too_large");
  });

  it("of a hundred is one request", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "enterprise");
    const videos = Array.from({ length: 100 }, (_, index) => ({ prompt: `plain ${index}`, scenes: 1 }));
    const { data } = read(await amina.post("/api/videos/batch", { videos }), 202, batchAccepted);
    expect(new Set(data.map(({ id }) => id)).size).toBe(100);
    expect(queue.waiting).toHaveLength(100);
  });
});
