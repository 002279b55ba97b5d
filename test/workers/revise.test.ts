/** Videos made from videos: tried again, promoted, in other shapes, and revised. Each pays for what is new. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  aspectsAccepted,
  promotionAccepted,
  quoteAnswer,
  retryAccepted,
  videoAccepted,
} from "../../src/contract/videos.ts";
import { read, readPointers, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { finish, finishedOf } from "../support/finished-video.ts";
import { holdQueue } from "../support/held-queue.ts";
import { bodyOf, readMoney, readVideo, setPlan, submit, untilStatus } from "../support/videos.ts";

const scene = (text: string) => ({ text });
const ten = Array.from({ length: 10 }, (_, index) => scene(`Scene ${index} of the day in Nairobi.`));
/** As a renderer would end it, for good. */
async function failVideo(id: string): Promise<void> {
  await env.DB.prepare("UPDATE videos SET status = 'failed', finished_at_ms = ?, error = ? WHERE id = ?")
    .bind(Date.now(), JSON.stringify({ code: "encode_failed", detail: "x", isRetryable: true }), id)
    .run();
}
const seedOf = (id: string) => env.DB.prepare("SELECT seed FROM videos WHERE id = ?").bind(id).first<string>("seed");

async function rich(): Promise<Tenant> {
  const amina = await signUp();
  await setPlan(amina, "pro");
  return amina;
}

describe("a failed video", () => {
  it("is tried again as a new one with the same seed, charged as new, once a key", async () => {
    const amina = await signUp();
    const { id } = await submit(amina, "fail:encode_failed");
    await untilStatus(amina, id, "failed");
    const headers = { "Idempotency-Key": "again" };
    const retry = read(await amina.post(`/api/videos/${id}/retry`, undefined, headers), 202, retryAccepted);
    expect(retry).toMatchObject({ retry_of: id, credits_used: 3, status: "queued" });
    expect(retry.id).not.toBe(id);
    const repeat = await amina.post(`/api/videos/${id}/retry`, undefined, headers);
    expect(repeat.headers.get("Idempotent-Replayed")).toBe("true");
    expect(read(repeat, 202, retryAccepted)).toEqual(retry);
    expect(await seedOf(retry.id)).toBe(id);
    expect((await readVideo(amina, retry.id)).derived_from).toEqual({ video_id: id, as: "retry" });
    await untilStatus(amina, retry.id, "failed");
    expect((await readMoney(amina)).amounts).toEqual([10, -3, 3, -3, 3]);
  });

  it("alone can be tried again", async () => {
    const amina = await signUp();
    const { id } = await finish(amina, bodyOf("plain", 1));
    const refusal = readProblem(await amina.post(`/api/videos/${id}/retry`), "not_retryable");
    expect(refusal.detail).toBe("This video has succeeded, so there is nothing to try again. Nothing was charged.");
    const juma = await signUp();
    for (const verb of ["retry", "promote", "aspects"]) {
      readProblem(
        await juma.post(`/api/videos/${id}/${verb}`, { aspects: ["1:1"] }),
        verb === "promote" ? "validation_failed" : "not_found",
      );
      readProblem(
        await juma.post(`/api/videos/${id}/${verb}`, verb === "aspects" ? { aspects: ["1:1"] } : {}),
        "not_found",
      );
    }
  });
});

describe("a draft", () => {
  it("and its promotion cost together what the video costs", async () => {
    const amina = await signUp();
    const body = bodyOf("plain", 3);
    const whole = read(await amina.post("/api/videos/quote", body), 200, quoteAnswer);
    const quote = read(await amina.post("/api/videos/quote", { ...body, draft: true }), 200, quoteAnswer);
    expect(quote.breakdown).toEqual([{ item: "video_draft", credits: 2 }]);
    const draft = await finish(amina, { ...body, draft: true });
    expect(draft).toMatchObject({ credits_used: 2, options: { draft: true, resolution: "720p" } });
    expect(draft.output).toMatchObject({ width: 854, height: 480 });

    const promoted = read(await amina.post(`/api/videos/${draft.id}/promote`, {}), 202, promotionAccepted);
    expect(promoted).toMatchObject({ promoted_from: draft.id, credits_used: (whole.credits ?? 0) - 2 });
    const real = await untilStatus(amina, promoted.id, "succeeded");
    expect(real).toMatchObject({ options: { draft: false }, derived_from: { video_id: draft.id, as: "promotion" } });
    expect(await seedOf(promoted.id)).toBe(draft.id);
    expect((await readMoney(amina)).amounts).toEqual([10, -2, -1]);
    // What the draft has paid is taken off once.
    const second = read(await amina.post(`/api/videos/${draft.id}/promote`, { fps: 25 }), 202, promotionAccepted);
    expect(second.credits_used).toBe(whole.credits);
  });

  it("has what it paid taken off once, though two promote it at once", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "pro");
    const draft = read(await amina.post("/api/videos", { ...bodyOf("plain", 3), draft: true }), 202, videoAccepted);
    await queue.deliverAll();
    const replies = await Promise.all([1, 2, 3].map(() => amina.post(`/api/videos/${draft.id}/promote`, {})));
    const accepted = replies.filter(({ status }) => status === 202).map((reply) => read(reply, 202, promotionAccepted));
    for (const reply of replies.filter(({ status }) => status !== 202)) readProblem(reply, "draft_being_promoted");
    // Those that come after the first was written down pay in full; one that comes beside it is refused and given back.
    const paid = accepted.map(({ credits_used: credits }) => credits).sort();
    expect(paid).toEqual([1, 3, 3].slice(0, paid.length));
    await queue.deliverAll();
    const made = paid.reduce((sum, credits) => sum + credits, 0);
    expect(await readMoney(amina)).toMatchObject({ balance: 8 - made, held: 0 });
  });

  it("has it taken off again when the promotion fails, and by a retry or another promotion, not both", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    await setPlan(amina, "pro");
    const draft = read(await amina.post("/api/videos", { ...bodyOf("plain", 3), draft: true }), 202, videoAccepted);
    await queue.deliverAll();
    const promote = async () => read(await amina.post(`/api/videos/${draft.id}/promote`, {}), 202, promotionAccepted);
    const first = await promote();
    expect(first.credits_used).toBe(1);
    await failVideo(first.id);
    const retried = read(await amina.post(`/api/videos/${first.id}/retry`), 202, retryAccepted);
    expect(retried.credits_used).toBe(1);
    expect((await promote()).credits_used).toBe(3);
    await failVideo(retried.id);
    const third = await promote();
    expect(third.credits_used).toBe(1);
    const late = await amina.post(`/api/videos/${first.id}/retry`);
    expect(readProblem(late, "insufficient_credits")).toMatchObject({ needed: 3, available: 2 });
  });

  it("is promoted as it is by a request without a body", async () => {
    const amina = await signUp();
    const draft = await finish(amina, { ...bodyOf("plain", 1), draft: true });
    expect(read(await amina.post(`/api/videos/${draft.id}/promote`), 202, promotionAccepted).promoted_from).toBe(
      draft.id,
    );
    const body = new TextEncoder().encode('{"fps":25}');
    readProblem(await amina.call("POST", `/api/videos/${draft.id}/promote`, { body }), "unsupported_media_type");
  });

  it("is promoted once for one key, also when the first try was cut off", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const draft = read(await amina.post("/api/videos", { ...bodyOf("plain", 3), draft: true }), 202, videoAccepted);
    await queue.deliverAll();
    const headers = { "Idempotency-Key": "promote-1" };
    const promote = async () =>
      read(await amina.post(`/api/videos/${draft.id}/promote`, {}, headers), 202, promotionAccepted);
    const first = await promote();
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'promote-1'").run();
    expect(await promote()).toMatchObject({ id: first.id, credits_used: 1 });
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 1 });
  });

  it("is the only thing that can be promoted", async () => {
    const amina = await signUp();
    const { id } = await finish(amina, bodyOf("plain", 1));
    readProblem(await amina.post(`/api/videos/${id}/promote`, {}), "not_a_draft");
    expect(readPointers(await amina.post(`/api/videos/${id}/promote`, { resolution: "8k" }))).toEqual(["/resolution"]);
    expect(await readMoney(amina)).toMatchObject({ balance: 9, held: 0 });
  });
});

describe("other shapes of a video", () => {
  it("pay for their minutes alone, and are all made or none", async () => {
    const amina = await signUp();
    const music = { url: "https://example.com/song.mp3" };
    const video = await finish(amina, { ...bodyOf("plain", 1), music });
    expect(video.credits_used).toBe(3);
    const path = `/api/videos/${video.id}/aspects`;
    expect(readPointers(await amina.post(path, { aspects: ["9:16", "16:9"] }))).toEqual(["/aspects/1"]);
    expect(readPointers(await amina.post(path, { aspects: ["9:16", "9:16"] }))).toEqual(["/aspects"]);
    const { data } = read(await amina.post(path, { aspects: ["9:16", "1:1"] }), 202, aspectsAccepted);
    expect(data.map(({ aspect, credits_used: credits }) => [aspect, credits])).toEqual([
      ["9:16", 1],
      ["1:1", 1],
    ]);
    for (const { id, aspect } of data) {
      expect(await untilStatus(amina, id, "succeeded")).toMatchObject({ options: { aspect, music }, credits_used: 1 });
      expect(await seedOf(id)).toBe(video.id);
    }
    const fourth = await amina.post(path, { aspects: ["4:5"] });
    expect(readProblem(fourth, "quota_exceeded")).toMatchObject({ metric: "videos_per_day", used: 3 });
    expect(await readMoney(amina)).toMatchObject({ balance: 5, held: 0 });
  });
});

describe("a revision", () => {
  it("pays for the scenes that differ, and nothing for none", async () => {
    const amina = await rich();
    const before = await finish(amina, { scenes: ten });
    expect(before).toMatchObject({ credits_used: 3, output: { duration: 25 } });
    const changed = ten.with(4, scene("Scene 4 has other words."));
    const one = await finish(amina, { scenes: changed, revises: before.id });
    expect(one).toMatchObject({ credits_used: 1, derived_from: { video_id: before.id, as: "revision" } });
    expect(await seedOf(one.id)).toBe(before.id);
    const none = await finish(amina, { scenes: changed, revises: one.id, music: "news", loudness_lufs: -16 });
    expect(none.credits_used).toBe(0);
    expect(await seedOf(none.id)).toBe(before.id);
    const moved = read(
      await amina.post("/api/videos/quote", { scenes: changed.toReversed(), revises: one.id }),
      200,
      quoteAnswer,
    );
    expect(moved.credits).toBe(0);
    const other = read(
      await amina.post("/api/videos/quote", { scenes: changed, revises: one.id, grade: "mono" }),
      200,
      quoteAnswer,
    );
    const full = read(await amina.post("/api/videos/quote", { scenes: changed, grade: "mono" }), 200, quoteAnswer);
    expect(other.credits).toBe(full.credits);
    expect((await readMoney(amina)).balance).toBe(6);
  });

  it("of a prompt's video keeps the scenes its script came to", async () => {
    const amina = await rich();
    const before = await finish(amina, bodyOf("plain", 3));
    const scenes = before.scenes.map(({ title, text }) => ({ title, text }));
    const same = read(
      await amina.post("/api/videos/quote", { scenes, title: before.title, revises: before.id }),
      200,
      quoteAnswer,
    );
    expect(same).toMatchObject({ valid: true, credits: 0 });
    const again = await finishedOf(
      amina,
      await amina.post("/api/videos", { ...bodyOf("plain", 3), revises: before.id }),
    );
    expect(again.credits_used).toBe(0);
  });

  it("is of a finished video of one's own", async () => {
    const amina = await signUp();
    const { id } = await submit(amina, "gate", 1);
    expect(readPointers(await amina.post("/api/videos", { ...bodyOf("plain", 1), revises: id }))).toEqual(["/revises"]);
    await amina.post(`/api/videos/${id}/cancel`);
    const done = await finish(amina, bodyOf("plain", 1));
    const juma = await signUp();
    const foreign = await juma.post("/api/videos", { ...bodyOf("plain", 1), revises: done.id });
    expect(readPointers(foreign)).toEqual(["/revises"]);
    expect(await readMoney(juma)).toMatchObject({ balance: 10, held: 0 });
  });
});
