/** A long video's segments are made by several containers: whatever becomes of them, the video is made, or stopped. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { signUp } from "../support/api-client.ts";
import { type HeldMessage, type HeldQueue, holdQueue } from "../support/held-queue.ts";
import { journalOf, openGate, readMoney, readVideo, submit } from "../support/videos.ts";

const roomOf = (videoId: string) => env.RENDER_ROOM.get(env.RENDER_ROOM.idFromName(videoId));

async function spread(script: string, containers = "3") {
  const queue = holdQueue({ RENDER_FAN_OUT: containers });
  const amina = await signUp({ send: queue.send });
  const { id } = await submit(amina, script);
  return { queue, amina, id };
}

/** Delivers the video's message, and resolves with its parts' messages as soon as they are sent. */
async function startLead(
  queue: HeldQueue,
  parts: number,
): Promise<{ lead: Promise<boolean>; messages: HeldMessage[] }> {
  const lead = queue.deliver();
  await vi.waitFor(() => expect(queue.waiting).toHaveLength(parts), 5_000);
  return { lead, messages: [...queue.waiting] };
}

async function until(check: () => Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 10_000, interval: 50 });
}

describe("a long video", () => {
  it("is made by several containers, each segment by one, and joined by the lead", async () => {
    const { queue, amina, id } = await spread("keeps:6");
    const { lead, messages } = await startLead(queue, 2);
    expect(messages.map(({ queue: name, body }) => ({ name, body }))).toEqual([
      { name: "shujaa-render-part", body: { type: "part", videoId: id, part: 1 } },
      { name: "shujaa-render-part", body: { type: "part", videoId: id, part: 2 } },
    ]);
    await Promise.all(messages.map((message) => queue.deliver(message)));
    await lead;
    const [own, first, second] = await Promise.all([journalOf(id), journalOf(`${id}-p1`), journalOf(`${id}-p2`)]);
    expect([own.made.length, first.made.length, second.made.length]).toEqual([2, 2, 2]);
    expect(new Set([...own.made, ...first.made, ...second.made]).size).toBe(6);
    // What the parts made came to the lead, and the lead's speech to the parts.
    const brought = own.supplied.map(({ text }) => text);
    expect(brought.sort()).toEqual([...first.made, ...second.made].map((key) => `segment ${key}`).sort());
    for (const part of [first, second]) expect(part.supplied.map(({ text }) => text.split(" ")[0])).toEqual(["speech"]);
    expect([first.discards, second.discards]).toEqual([1, 1]);
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded", progress: 100 });
    expect(await readMoney(amina)).toEqual({ balance: 7, held: 0, amounts: [10, -3] });
  });

  it("is not spread where there is one container, nor when it is short", async () => {
    for (const [script, containers] of [
      ["keeps:6", "1"],
      ["keeps:2", "4"],
    ] as const) {
      const { queue, amina, id } = await spread(script, containers);
      expect(await queue.deliverAll()).toBe(1);
      expect((await journalOf(id)).made).toHaveLength(Number(script.slice(6)));
      expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    }
  });

  it("brings the lead each segment as soon as it is made, not at the part's end", async () => {
    const { queue, id } = await spread("gate-part:2");
    const { lead, messages } = await startLead(queue, 2);
    const parts = Promise.all(messages.map((message) => queue.deliver(message)));
    await until(async () => expect((await journalOf(id)).supplied).not.toEqual([]));
    expect((await journalOf(`${id}-p2`)).made).toEqual([]);
    await openGate(`${id}-p2`);
    await Promise.all([lead, parts]);
  });
});

describe("a part", () => {
  it.each(["part-fails", "part-busy"])("that is not made (%s) the lead makes", async (script) => {
    const { queue, amina, id } = await spread(script);
    const { lead, messages } = await startLead(queue, 2);
    await Promise.all([lead, ...messages.map((message) => queue.deliver(message))]);
    expect((await journalOf(id)).made).toHaveLength(4);
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
    expect(queue.waiting).toEqual([]);
  });

  it("whose container dies is made by the next", async () => {
    const { queue, amina, id } = await spread("part-dies-once");
    const { lead, messages } = await startLead(queue, 2);
    await Promise.all([lead, ...messages.map((message) => queue.deliver(message))]);
    const first = await journalOf(`${id}-p1`);
    expect(first.made).not.toEqual([]);
    expect(first.starts + first.attached).toBe(2);
    expect((await journalOf(id)).made).not.toHaveLength(4);
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
  });

  it("that no queue takes the lead makes", async () => {
    const { queue, amina, id } = await spread("keeps:4");
    queue.breakDown();
    expect(await queue.deliver()).toBe(true);
    expect((await journalOf(id)).made).toHaveLength(4);
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
  });

  it("that nobody begins the lead makes when the alarm says so, and who comes late finds nothing to do", async () => {
    const { queue, amina, id } = await spread("keeps:4");
    const { lead, messages } = await startLead(queue, 2);
    await overdue(id);
    await runDurableObjectAlarm(roomOf(id));
    await lead;
    expect((await journalOf(id)).made).toHaveLength(4);
    for (const message of messages) await queue.deliver(message);
    expect((await journalOf(`${id}-p1`)).starts).toBe(0);
    expect(await readVideo(amina, id)).toMatchObject({ status: "succeeded" });
  });

  it("that is delivered twice is made once", async () => {
    const { queue, id } = await spread("keeps:4");
    const { lead, messages } = await startLead(queue, 2);
    await Promise.all([lead, ...[...messages, ...messages].map((message) => queue.deliver(message))]);
    expect(await journalOf(`${id}-p1`)).toMatchObject({ starts: 1, attached: 0 });
  });

  it("of a video that is not there, or not spread, is done with", async () => {
    const queue = holdQueue();
    const body = { type: "part", videoId: "vid_00000000000000000000000000", part: 1 };
    queue.waiting.push({ queue: "shujaa-render-part", body, attempts: 1, delaySeconds: 0 });
    expect(await queue.deliverAll()).toBe(1);
  });
});

async function overdue(videoId: string): Promise<void> {
  await runInDurableObject(roomOf(videoId), (_, state) => {
    state.storage.sql.exec("UPDATE parts SET until_ms = 0");
  });
}

describe("a part's lease", () => {
  const videoId = (index: number) => `vid_${String(index).padStart(26, "0")}`;
  const plan = [
    { part: 1, keys: ["a", "b"] },
    { part: 2, keys: ["c"] },
  ];

  it("is one consumer's, until it falls silent; the alarm frees it, twice, and then gives it up", async () => {
    const room = roomOf(videoId(1));
    expect(await room.planParts(plan)).toEqual({ isNew: true, open: ["a", "b", "c"] });
    expect(await room.claimPart(1, "one")).toEqual(["a", "b"]);
    expect(await room.claimPart(1, "two")).toBeNull();
    expect(await room.renewPart(1, "one")).toBe(true);
    expect(await room.renewPart(1, "two")).toBe(false);
    await room.tellMade(1, ["a"]);
    await room.giveUpPart(2);
    for (const lease of ["two", "three"]) {
      await overdue(videoId(1));
      await runDurableObjectAlarm(room);
      expect(await room.renewPart(1, "one")).toBe(false);
      expect(await room.claimPart(1, lease)).toEqual(["a", "b"]);
    }
    expect(await room.awaitParts(0)).toMatchObject({ made: ["a"], givenUp: ["c"], isOver: false });
    await overdue(videoId(1));
    await runDurableObjectAlarm(room);
    expect(await room.claimPart(1, "four")).toBeNull();
    expect(await room.awaitParts(2)).toEqual({ sequence: 3, made: [], givenUp: ["b"], isOver: true });
  });

  it("outlives the room's eviction, and a second plan changes nothing", async () => {
    const room = roomOf(videoId(2));
    await room.planParts(plan);
    await room.claimPart(1, "one");
    await evictDurableObject(room);
    const back = roomOf(videoId(2));
    expect(await back.planParts([{ part: 1, keys: ["other"] }])).toEqual({ isNew: false, open: ["a", "b", "c"] });
    expect(await back.renewPart(1, "one")).toBe(true);
    expect(await back.claimPart(1, "two")).toBeNull();
  });

  it("ends with the video: renewals are refused, and nothing more is told", async () => {
    const room = roomOf(videoId(3));
    await room.planParts(plan);
    await room.claimPart(1, "one");
    expect(await room.closeParts()).toEqual([1, 2]);
    expect(await room.renewPart(1, "one")).toBe(false);
    expect(await room.claimPart(2, "two")).toBeNull();
    expect(await room.awaitParts(0)).toMatchObject({ made: [], givenUp: [], isOver: true });
  });
});

describe("a spread video that is stopped", () => {
  it.each(["cancelled", "deleted"])("by being %s is stopped everywhere within two seconds", async (how) => {
    const { queue, amina, id } = await spread("gate-part:1");
    const { lead, messages } = await startLead(queue, 2);
    const parts = Promise.all(messages.map((message) => queue.deliver(message)));
    await until(async () => expect((await journalOf(`${id}-p1`)).starts).toBe(1));
    const startedAtMs = performance.now();
    if (how === "cancelled") expect((await amina.post(`/api/videos/${id}/cancel`)).status).toBe(200);
    else expect((await amina.fetch("DELETE", `/api/videos/${id}`)).status).toBe(204);
    const [own, part] = await Promise.all([journalOf(id), journalOf(`${id}-p1`)]);
    expect([own.discards > 0, part.discards > 0]).toEqual([true, true]);
    await Promise.all([lead, parts]);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    expect(part.made).toEqual([]);
    expect(await readMoney(amina)).toMatchObject({ balance: 10, held: 0 });
    expect(queue.waiting).toEqual([]);
  });
});
