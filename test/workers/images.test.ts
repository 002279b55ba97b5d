import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { imageAnswer, imageMade, imagesAnswer } from "../../src/contract/images.ts";
import { newClient, read, readPointers, readProblem, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { readMoney, storedKeys, tenantIdOf } from "../support/videos.ts";

afterEach(() => vi.useRealTimers());

const prompt = "A fishing boat on Lake Victoria";
const usage = { images: 1, speech_seconds: 0, render_seconds: 0 };

describe("an image", () => {
  it("costs five credits, takes no place in the day, and is what it says", async () => {
    const amina = await signUp();
    const made = read(await amina.post("/api/images", { prompt, aspect: "9:16", style: "papercut" }), 201, imageMade);
    expect(made).toMatchObject({
      prompt,
      aspect: "9:16",
      style: "papercut",
      provider: "drawn",
      width: 720,
      height: 1280,
      credits_used: 5,
      balance: 5,
      content_type: "image/jpeg",
    });
    expect(await readMoney(amina)).toEqual({ balance: 5, held: 0, amounts: [10, -5] });
    const tenantId = await tenantIdOf(amina);
    const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(tenantId));
    const { daily, monthly } = await ledger.readUsage("free");
    expect([daily.used, monthly[0]]).toMatchObject([0, { metric: "images", used: 1 }]);
    expect(await storedKeys(tenantId)).toEqual([`tenants/${tenantId}/images/${made.id}/image`]);

    const file = await newClient().get(made.url);
    expect(file.status).toBe(200);
    expect(file.headers.get("Content-Type")).toBe("image/jpeg");
    expect(file.headers.get("Content-Length")).toBe(String(made.size));
    const { balance: _, ...image } = made;
    expect(read(await amina.get(`/api/images/${made.id}`), 200, imageAnswer)).toEqual(image);
    expect(read(await amina.get("/api/images"), 200, imagesAnswer).data).toEqual([image]);
  });

  it("is wide and flat unless asked otherwise, and goes by another name too", async () => {
    const made = read(await (await signUp()).post("/api/generate-image", { prompt }), 201, imageMade);
    expect(made).toMatchObject({ aspect: "16:9", style: "flat", width: 1280, height: 720 });
  });

  it("is told apart from videos in the history", async () => {
    const amina = await signUp();
    const made = read(await amina.post("/api/images", { prompt }), 201, imageMade);
    const [line] = JSON.parse((await amina.get("/api/credits/transactions")).text).data;
    expect(line).toMatchObject({ type: "usage", amount: -5, image_id: made.id, description: `Image: ${prompt}` });
    expect(line.video_id).toBeUndefined();
  });

  it.each([
    [{}, "/prompt"],
    [{ prompt: "" }, "/prompt"],
    [{ prompt: "a".repeat(601) }, "/prompt"],
    [{ prompt, aspect: "2:1" }, "/aspect"],
    [{ prompt, style: "oil" }, "/style"],
    [{ prompt, size: 9 }, "/size"],
  ])("is refused for %j", async (body, pointer) => {
    const amina = await signUp();
    expect(readPointers(await amina.post("/api/images", body))).toContain(pointer);
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10] });
  });

  it("is refused when the credits do not suffice", async () => {
    const amina = await signUp();
    for (let count = 0; count < 2; count += 1) read(await amina.post("/api/images", { prompt }), 201, imageMade);
    const problem = readProblem(await amina.post("/api/images", { prompt }), "insufficient_credits");
    expect(problem).toMatchObject({ needed: 5, available: 0 });
  });

  it("is refused when the month's images are used up, without a charge", async () => {
    const amina = await signUp();
    const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(await tenantIdOf(amina)));
    const all = { ...usage, images: 500 };
    await ledger.hold({ id: "img_all", credits: 0, plan: "free", description: "many", usage: all, isVideo: false });
    const problem = readProblem(await amina.post("/api/images", { prompt }), "quota_exceeded");
    expect(problem).toMatchObject({ metric: "images", used: 500, limit: 500 });
    expect(await readMoney(amina)).toMatchObject({ balance: 10, held: 0 });
  });

  it.each(["fail", "busy"])("that cannot be made (%s) costs nothing, and leaves nothing", async (word) => {
    const amina = await signUp();
    readProblem(await amina.post("/api/images", { prompt: `${word} a boat` }), "picture_failed");
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, -5, 5] });
    expect(await storedKeys(await tenantIdOf(amina))).toEqual([]);
    expect(read(await amina.get("/api/images"), 200, imagesAnswer).data).toEqual([]);
  });
});

describe("an Idempotency-Key", () => {
  const key = { "Idempotency-Key": "boat-1" };

  it("gives the same image again and charges once", async () => {
    const amina = await signUp();
    const first = await amina.post("/api/images", { prompt }, key);
    const again = await amina.post("/api/images", { prompt }, key);
    expect(again.text).toBe(first.text);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect((await readMoney(amina)).amounts).toEqual([10, -5]);
    readProblem(await amina.post("/api/images", { prompt: "another" }, key), "idempotency_key_reused");
  });

  it("gives the same image when the answer was lost, and when the work was cut off after its charge", async () => {
    const amina = await signUp();
    const first = read(await amina.post("/api/images", { prompt }, key), 201, imageMade);
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE scope = ?").bind(amina.session.user.id).run();
    const again = read(await amina.post("/api/images", { prompt }, key), 201, imageMade);
    expect([again.id, again.balance]).toEqual([first.id, 5]);
    expect((await readMoney(amina)).amounts).toEqual([10, -5]);
  });

  it("of one that failed may be tried again, and is charged as anew", async () => {
    const amina = await signUp();
    const body = { prompt: "fail a boat" };
    for (let count = 0; count < 2; count += 1)
      readProblem(await amina.post("/api/images", body, key), "picture_failed");
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, -5, 5, -5, 5] });
  });
});

describe("what was cut off is mended", () => {
  it("between the charge and the image: given back after ten minutes, once, and not before", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    const id = "img_00000000000000000000000009";
    const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(tenantId));
    await ledger.hold({ id, credits: 5, plan: "free", description: "Image: cut off", usage, isVideo: false });
    await env.FILES.put(`tenants/${tenantId}/images/${id}/image`, "half");
    expect(await readMoney(amina)).toMatchObject({ balance: 5, held: 5 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 9 * 60_000 });
    await queue.runCron();
    expect(await readMoney(amina)).toMatchObject({ balance: 5, held: 5 });
    vi.setSystemTime(Date.now() + 2 * 60_000);
    await queue.runCron();
    await queue.runCron();
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, -5, 5] });
    expect(await storedKeys(tenantId)).toEqual([]);
    expect((await ledger.readUsage("free")).daily.used).toBe(0);
  });

  it("between the image and its payment: it was made, so it is paid; and what is there is left alone", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const made = read(await amina.post("/api/images", { prompt }), 201, imageMade);
    const id = "img_00000000000000000000000008";
    const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(await tenantIdOf(amina)));
    await ledger.hold({ id, credits: 5, plan: "free", description: "Image: unpaid", usage, isVideo: false });
    await env.DB.prepare(
      `INSERT INTO images SELECT ?, tenant_id, user_id, prompt, aspect, style, provider, content_type, size, sha256, width,
         height, credits, created_at_ms, NULL, NULL, NULL FROM images WHERE id = ?`,
    )
      .bind(id, made.id)
      .run();
    await readMoney(amina);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11 * 60_000 });
    await queue.runCron();
    expect(await readMoney(amina)).toEqual({ balance: 0, held: 0, amounts: [10, -5, -5] });
  });
});

describe("deleting an image", () => {
  it("takes its file; it stays paid, and nobody else can", async () => {
    const amina = await signUp();
    const { id, url } = read(await amina.post("/api/images", { prompt }), 201, imageMade);
    const juma = await signUp();
    for (const method of ["GET", "DELETE"]) readProblem(await juma.call(method, `/api/images/${id}`), "not_found");
    readProblem(await juma.get(`/api/images/${id}/file`), "not_found");
    readProblem(await newClient().get(`/api/images/${id}/file`), "unauthenticated");
    expect((await amina.call("DELETE", `/api/images/${id}`)).status).toBe(204);
    readProblem(await amina.get(`/api/images/${id}`), "not_found");
    readProblem(await newClient().get(url), "not_found");
    expect(await storedKeys(await tenantIdOf(amina))).toEqual([]);
    expect(await readMoney(amina)).toEqual({ balance: 5, held: 0, amounts: [10, -5] });
  });
});
