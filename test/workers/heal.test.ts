import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HoldRequest } from "../../src/core/credits/ledger.ts";
import { readProblem, signUp } from "../support/api-client.ts";
import { type HeldQueue, holdQueue } from "../support/held-queue.ts";
import { journalOf, openGate, readMoney, readVideo, storedKeys, submit, tenantIdOf } from "../support/videos.ts";

const startMs = Date.UTC(2031, 4, 10, 12);
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: startMs }));
afterEach(() => vi.useRealTimers());

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

async function submitted(script: string) {
  const queue = holdQueue();
  const amina = await signUp({ send: queue.send });
  const { id } = await submit(amina, script);
  return { queue, amina, id };
}

/** As a consumer leaves it that is killed while it renders: claimed, and nobody there. */
async function killConsumer(queue: HeldQueue, videoId: string): Promise<void> {
  queue.waiting.splice(0);
  await env.DB.prepare(
    "UPDATE videos SET status = 'rendering', progress = 40, lease_id = 'dead', lease_until_ms = ?, attempts = attempts + 1 WHERE id = ?",
  )
    .bind(Date.now() + 25_000, videoId)
    .run();
}

const charged = { balance: 7, held: 0, amounts: [10, -3] };
const givenBack = { balance: 10, held: 0, amounts: [10, -3, 3] };

it("150 lost messages are sent again, each once", async () => {
  const queue = holdQueue();
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
     INSERT INTO videos (id, tenant_id, user_id, status, title, document, queue, credits, ceiling_seconds,
       estimated_render_seconds, enqueued_at_ms, created_at_ms)
     SELECT printf('vid_%026d', i), 'nobody', 'nobody', 'queued', 't', '{}', 'standard', 0, 1, 1, ?, ? FROM n`,
  )
    .bind(startMs - 60_000, startMs - 60_000)
    .run();
  await queue.runCron();
  await queue.runCron();
  await queue.runCron();
  const sent = queue.waiting.map(({ body }) => (body as { videoId: string }).videoId);
  expect(new Set(sent).size).toBe(150);
  expect(sent).toHaveLength(150);
  await env.DB.prepare("DELETE FROM videos WHERE tenant_id = 'nobody'").run();
});

describe("a consumer that was killed", () => {
  it("is waited for as long as its lease lasts, and then its video is rendered once", async () => {
    const { queue, amina, id } = await submitted("plain");
    await killConsumer(queue, id);
    pass(20);
    await queue.runCron();
    expect(queue.waiting).toEqual([]);
    expect(await readVideo(amina, id)).toMatchObject({ status: "rendering" });

    pass(6);
    await queue.runCron();
    expect(queue.waiting).toMatchObject([{ body: { type: "render", videoId: id } }]);
    expect(await readVideo(amina, id)).toMatchObject({ status: "queued", queue_position: 1 });
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded", credits_used: 3 });
    expect(await readMoney(amina)).toEqual(charged);
    expect((await journalOf(id)).starts).toBe(1);
  });

  it("whose message comes again before the cron does is replaced as soon as its lease is over", async () => {
    const { queue, amina, id } = await submitted("plain");
    const [message] = queue.waiting;
    await killConsumer(queue, id);
    pass(26);
    await Promise.all([queue.runCron(), queue.deliver(message)]);
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    expect(await readMoney(amina)).toEqual(charged);
    expect((await journalOf(id)).starts).toBe(1);
  });

  it("three times over is given up and given back, without another try", async () => {
    const { queue, amina, id } = await submitted("plain");
    for (let count = 0; count < 3; count += 1) {
      await killConsumer(queue, id);
      pass(26);
      await queue.runCron();
    }
    expect(queue.waiting).toEqual([]);
    expect(await readVideo(amina, id)).toMatchObject({
      status: "failed",
      error: { code: "render_interrupted", charged: false },
    });
    expect(await readMoney(amina)).toEqual(givenBack);
    expect((await journalOf(id)).starts).toBe(0);
  });

  it("but lives on and comes back late leaves the render to the one who has taken it over", async () => {
    const { queue, amina, id } = await submitted("gate");
    const [message] = queue.waiting;
    const late = queue.deliver(message);
    await vi.waitFor(async () => expect((await journalOf(id)).starts).toBe(1), { timeout: 5_000 });
    await env.DB.prepare("UPDATE videos SET lease_id = 'another', lease_until_ms = ? WHERE id = ?")
      .bind(Date.now() + 25_000, id)
      .run();
    pass(6);
    await late;
    expect((await journalOf(id)).discards).toBe(0);
    expect(await readVideo(amina, id)).not.toMatchObject({ status: "failed" });
    await openGate(id);
    expect((await amina.post(`/api/videos/${id}/cancel`)).status).toBe(200);
  });

  it("twice over has one try left: a failure then is final", async () => {
    const { queue, amina, id } = await submitted("fail-again:encode_failed");
    for (let count = 0; count < 2; count += 1) {
      await killConsumer(queue, id);
      pass(26);
      await queue.runCron();
    }
    await queue.deliver();
    expect(await readVideo(amina, id)).toMatchObject({ status: "failed" });
    expect(await readMoney(amina)).toEqual(givenBack);
  });
});

describe("a message that was lost", () => {
  it("is sent again when nothing renders although a video waits", async () => {
    const { queue, amina, id } = await submitted("plain");
    queue.waiting.splice(0);
    pass(10);
    await queue.runCron();
    expect(queue.waiting).toEqual([]);
    pass(6);
    await queue.runCron();
    await queue.runCron();
    expect(queue.waiting).toMatchObject([{ body: { type: "render", videoId: id } }]);
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
  });

  it("because the queue did not take it is sent by the cron: the submit was accepted", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    queue.breakDown();
    const { id } = await submit(amina, "plain");
    expect(queue.waiting).toEqual([]);
    queue.mend();
    pass(16);
    await queue.runCron();
    await queue.deliverAll();
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    expect(await readMoney(amina)).toEqual(charged);
  });
});

describe("a money step that was cut off", () => {
  /** As a process leaves it that dies between the row and the ledger. */
  async function end(videoId: string, status: "cancelled" | "failed"): Promise<void> {
    await env.DB.prepare("UPDATE videos SET status = ?, finished_at_ms = ? WHERE id = ?")
      .bind(status, Date.now(), videoId)
      .run();
  }

  it.each(["cancelled", "failed"] as const)("after a video was %s is made up for, once", async (status) => {
    const { queue, amina, id } = await submitted("plain");
    await end(id, status);
    await queue.runCron();
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
    pass(31);
    await Promise.all([queue.runCron(), queue.runCron()]);
    await queue.runCron();
    expect(await readMoney(amina)).toEqual(givenBack);
    expect(await readVideo(amina, id)).toMatchObject({ status, credits_used: 0 });
  });

  it("after a video was finished is made up for at its price", async () => {
    const { queue, amina, id } = await submitted("short");
    const output = {
      width: 1280,
      height: 720,
      fps: 30,
      durationSeconds: 18,
      providers: { script: "s", voice: "v", pictures: "p" },
      files: [],
    };
    await env.DB.prepare("UPDATE videos SET status = 'succeeded', output = ?, finished_at_ms = ? WHERE id = ?")
      .bind(JSON.stringify(output), Date.now(), id)
      .run();
    pass(31);
    await queue.runCron();
    expect(await readMoney(amina)).toEqual({ balance: 8, held: 0, amounts: [10, -3, 1] });
    expect(await readVideo(amina, id)).toMatchObject({ credits_used: 2 });
  });

  it("is not lost when the video is deleted first: it was made, so it is paid", async () => {
    const { queue, amina, id } = await submitted("plain");
    await queue.deliverAll();
    // Rendered, stored and written down, but the ledger has not heard of it.
    const other = await submit(amina, "plain");
    await env.DB.prepare(
      "UPDATE videos SET status = 'succeeded', finished_at_ms = ?, output = (SELECT output FROM videos WHERE id = ?) WHERE id = ?",
    )
      .bind(Date.now(), id, other.id)
      .run();
    expect((await amina.call("DELETE", `/api/videos/${other.id}`)).status).toBe(204);
    pass(31);
    await queue.runCron();
    expect(await readMoney(amina)).toEqual({ balance: 4, held: 0, amounts: [10, -3, -3] });
  });
});

describe("a charge whose video was never written down", () => {
  const hold: HoldRequest = {
    id: "vid_00000000000000000000000009",
    credits: 4,
    plan: "free",
    description: "Video: cut off",
    usage: { images: 3, speech_seconds: 36, render_seconds: 36 },
  };

  it("is given back after ten minutes, once, and the submit's own time is left to it", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const tenantId = await tenantIdOf(amina);
    await env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(tenantId)).hold(hold);
    expect(await readMoney(amina)).toEqual({ balance: 6, held: 4, amounts: [10, -4] });
    pass(9 * 60);
    await queue.runCron();
    expect(await readMoney(amina)).toMatchObject({ balance: 6, held: 4 });
    pass(2 * 60);
    await queue.runCron();
    await queue.runCron();
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, -4, 4] });
    for (let used = 1; used <= 3; used += 1) expect((await submit(amina, "plain", 1)).daily.used).toBe(used);
  });

  it("is given back though it cost nothing: its place in the day and its quota are free again", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(await tenantIdOf(amina)));
    const free: HoldRequest = { ...hold, id: "vid_00000000000000000000000008", credits: 0, plan: "premium" };
    await ledger.hold(free);
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, 0] });
    pass(9 * 60);
    await queue.runCron();
    expect(await ledger.findHold(free.id)).toMatchObject({ status: "held" });
    pass(2 * 60);
    await queue.runCron();
    await queue.runCron();
    expect(await ledger.findHold(free.id)).toMatchObject({ status: "released" });
    const { daily, monthly } = await ledger.readUsage("premium");
    expect([daily.used, ...monthly.map(({ used }) => used)]).toEqual([0, 0, 0, 0]);
    expect(await readMoney(amina)).toEqual({ balance: 10, held: 0, amounts: [10, 0] });
  });

  it("is found among more that cost nothing than are looked at in one go", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(await tenantIdOf(amina)));
    const given = Array.from({ length: 120 }, (_, i) => `vid_${String(i).padStart(26, "a")}`);
    const free = { ...hold, credits: 0, plan: "enterprise" } as const;
    await Promise.all(given.map((id) => ledger.hold({ ...free, id })));
    await Promise.all(given.map((holdId) => ledger.release({ holdId, reason: "Given back" })));
    pass(60);
    await ledger.hold({ ...hold, id: "vid_00000000000000000000000007" });
    await ledger.hold({ ...free, id: "vid_00000000000000000000000006" });
    await ledger.drainOutbox();
    pass(11 * 60);
    await queue.runCron();
    for (const id of ["vid_00000000000000000000000007", "vid_00000000000000000000000006"]) {
      expect(await ledger.findHold(id)).toMatchObject({ status: "released" });
    }
  });

  it("leaves the charges of videos that are there alone", async () => {
    const { queue, amina } = await submitted("plain");
    await readMoney(amina);
    pass(11 * 60);
    queue.waiting.splice(0);
    await queue.runCron();
    expect(await readMoney(amina)).toMatchObject({ balance: 7, held: 3 });
  });
});

describe("files of a deleted video", () => {
  it("that were left behind are taken away", async () => {
    const { queue, amina, id } = await submitted("plain");
    await queue.deliverAll();
    const tenantId = await tenantIdOf(amina);
    await env.DB.prepare("UPDATE videos SET deleted_at_ms = ? WHERE id = ?").bind(Date.now(), id).run();
    readProblem(await amina.get(`/api/videos/${id}`), "not_found");
    expect(await storedKeys(tenantId)).toHaveLength(5);
    pass(31);
    await queue.runCron();
    expect(await storedKeys(tenantId)).toEqual([]);
    expect(await readMoney(amina)).toEqual(charged);
  });

  it("and what was still on its way to the store when it was deleted are taken away", async () => {
    const { queue, amina, id } = await submitted("keeps:2");
    await queue.deliverAll();
    const tenantId = await tenantIdOf(amina);
    const { results } = await env.DB.prepare("SELECT * FROM artefacts WHERE tenant_id = ?").bind(tenantId).all();
    expect((await amina.call("DELETE", `/api/videos/${id}`)).status).toBe(204);
    expect(await storedKeys(tenantId)).toEqual([]);
    // As a consumer does that had them in its hands.
    const late = Object.keys(results[0] ?? {});
    for (const row of results) {
      await env.FILES.put(`tenants/${tenantId}/artefacts/${String(row.key)}`, "late");
      await env.DB.prepare(`INSERT INTO artefacts (${late.join()}) VALUES (${late.map(() => "?").join()})`)
        .bind(...late.map((column) => row[column]))
        .run();
    }
    await env.FILES.put(`tenants/${tenantId}/videos/${id}/poster.jpg`, "late");
    pass(31);
    await queue.runCron();
    expect(await storedKeys(tenantId)).toEqual([]);
    const purged = () =>
      env.DB.prepare("SELECT purged_at_ms FROM videos WHERE id = ?").bind(id).first<number | null>("purged_at_ms");
    expect(await purged()).toBeNull();
    pass(5 * 60);
    await queue.runCron();
    expect(await purged()).toBe(Date.now());
  });
});
