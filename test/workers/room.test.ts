import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { describe, expect, it } from "vitest";
import { type ProgressEvent, progressEvent } from "../../src/contract/videos.ts";
import { type Client, newClient, readProblem, signUp } from "../support/api-client.ts";
import { holdQueue } from "../support/held-queue.ts";
import { journalOf, openGate, readVideo, submit, untilStatus } from "../support/videos.ts";

type Seen = { id: number; event: string; data: ProgressEvent };

/** Server-sent events, one by one, until the stream ends; `return()` leaves it. */
async function* watch(client: Client, path: string, headers: Record<string, string> = {}): AsyncGenerator<Seen, void> {
  const response = await client.fetch("GET", path, { headers: { Accept: "text/event-stream", ...headers } });
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("text/event-stream; charset=utf-8");
  const waiting: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => waiting.push(message) });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    for (const { id, event = "", data } of waiting.splice(0)) {
      yield { id: Number(id), event, data: progressEvent.parse(JSON.parse(data)) };
    }
  }
}

async function collect(events: AsyncGenerator<Seen, void>): Promise<Seen[]> {
  const seen = [];
  for await (const event of events) seen.push(event);
  return seen;
}

function expectSound(seen: Seen[], ending: string): void {
  const ids = seen.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  const percents = seen.map(({ data }) => data.progress);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect(seen.slice(0, -1).map(({ event }) => event)).toEqual(seen.slice(0, -1).map(() => "progress"));
  expect(seen.at(-1)).toMatchObject({ event: ending, data: { status: ending, stage: ending } });
}

const roomOf = (videoId: string) => env.RENDER_ROOM.get(env.RENDER_ROOM.idFromName(videoId));

describe("server-sent events", () => {
  it("tell the stages in order, then how it ended, and then the stream ends", async () => {
    const amina = await signUp();
    const { id, urls } = await submit(amina, "gate");
    const events = watch(amina, urls.events);
    const seen: Seen[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.data.stage === "rendering") await openGate(id);
    }
    expectSound(seen, "succeeded");
    expect(seen.at(-1)?.data.progress).toBe(100);
    const stages = [...new Set(seen.map(({ data }) => data.stage))];
    const all = ["queued", "scripting", "voicing", "illustrating", "rendering", "storing", "succeeded"];
    expect(stages).toEqual(all.filter((stage) => stages.includes(stage as (typeof stages)[number])));
    expect(stages).toEqual(expect.arrayContaining(["illustrating", "rendering", "storing", "succeeded"]));
  });

  it.each([
    ["failed", "fail:encode_failed"],
    ["succeeded", "plain"],
  ])("end with the event %s, also for who comes late", async (ending, script) => {
    const amina = await signUp();
    const { id, urls } = await submit(amina, script);
    await untilStatus(amina, id, ending as "failed");
    const seen = await collect(watch(newClient(), urls.events));
    expectSound(seen, ending);
    if (ending === "failed") expect(seen.at(-1)?.data.error).toMatchObject({ code: "encode_failed", charged: false });
  });

  it("never go back, though the render is tried again from its beginning", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const { id, urls } = await submit(amina, "fail-again:encode_failed");
    const seen = collect(watch(amina, urls.events));
    await queue.deliverAll();
    expectSound(await seen, "failed");
    expect((await seen).length).toBeGreaterThan(10);
    expect((await readVideo(amina, id)).status).toBe("failed");
  });

  it("end with cancelled when the video is, without the percentage going back", async () => {
    const amina = await signUp();
    const { id, urls } = await submit(amina, "gate");
    const seen: Seen[] = [];
    for await (const event of watch(amina, urls.events)) {
      seen.push(event);
      if (event.data.progress > 60) await amina.post(`/api/videos/${id}/cancel`);
    }
    expectSound(seen, "cancelled");
  });

  it("resume after Last-Event-ID, with nothing lost and nothing twice", async () => {
    const amina = await signUp();
    const { urls, id } = await submit(amina, "plain");
    await untilStatus(amina, id, "succeeded");
    const whole = await collect(watch(amina, urls.events));
    expect(whole.length).toBeGreaterThan(4);
    for (let place = 0; place < whole.length - 1; place += 1) {
      const lastId = String(whole[place]?.id);
      expect(await collect(watch(amina, urls.events, { "Last-Event-ID": lastId }))).toEqual(whole.slice(place + 1));
    }
    expect(await collect(watch(amina, urls.events, { "Last-Event-ID": "nonsense" }))).toEqual(whole);
    expectSound(await collect(watch(amina, urls.events, { "Last-Event-ID": "99999" })), "succeeded");
  });

  it("go on in a room that was evicted, and one that was lost still says how it ended", async () => {
    const amina = await signUp();
    const { id, urls } = await submit(amina, "gate");
    await untilStatus(amina, id, "rendering");
    await evictDurableObject(roomOf(id));
    const rest = collect(watch(amina, urls.events));
    await openGate(id);
    expectSound(await rest, "succeeded");

    // A day later.
    await runInDurableObject(roomOf(id), (_, state) => state.storage.put("empty_at_ms", Date.now()));
    expect(await runDurableObjectAlarm(roomOf(id))).toBe(true);
    const seen = await collect(watch(amina, urls.events));
    expect(seen).toHaveLength(1);
    expectSound(seen, "succeeded");
  });

  it("tell no stage twice, though the consumer attaches again and the events are replayed", async () => {
    const queue = holdQueue();
    const amina = await signUp({ send: queue.send });
    const { id, urls } = await submit(amina, "drop-after-6");
    const watched = collect(watch(amina, urls.events));
    await queue.deliverAll();
    const seen = await watched;
    expectSound(seen, "succeeded");
    const stages = seen.map(({ data }) => data.stage).filter((stage, index, all) => stage !== all[index - 1]);
    expect(stages).toEqual([...new Set(stages)]);
    expect((await journalOf(id)).attached).toBe(1);
  });

  it("open with the link alone, and with no other", async () => {
    const amina = await signUp();
    const { id, urls } = await submit(amina, "fail:disk_full");
    await untilStatus(amina, id, "failed");
    const stranger = newClient();
    expect(await collect(watch(stranger, urls.events))).not.toEqual([]);
    readProblem(await stranger.get(`/api/videos/${id}/events`), "unauthenticated");
    readProblem(await stranger.get(urls.events.replace("/events", "/file")), "unauthenticated");
    readProblem(await stranger.get(urls.events.replace(/expires=\d+/, "expires=9999999999999")), "unauthenticated");
  });
});

describe("a socket", () => {
  async function open(client: Client, url: string): Promise<Response> {
    return client.fetch("GET", url.replace(/^ws/, "http"), { headers: { Upgrade: "websocket" } });
  }

  it("gets the same events, and is closed after the last", async () => {
    const amina = await signUp();
    const { id, urls } = await submit(amina, "gate");
    await untilStatus(amina, id, "rendering");
    const response = await open(newClient(), urls.socket);
    expect(response.status).toBe(101);
    const socket = response.webSocket;
    if (socket === null) throw new Error("no socket in the answer");
    const seen: Seen[] = [];
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    socket.addEventListener("message", ({ data }) => {
      const { id: sequence, event, data: progress } = JSON.parse(String(data));
      seen.push({ id: sequence, event, data: progressEvent.parse(progress) });
    });
    socket.accept();
    await evictDurableObject(roomOf(id));
    await openGate(id);
    expect(await closed).toBe(1000);
    expectSound(seen, "succeeded");
  });

  it("of an ended video tells how it ended, and closes", async () => {
    const amina = await signUp();
    const { id, urls } = await submit(amina, "plain");
    await untilStatus(amina, id, "succeeded");
    const socket = (await open(newClient(), urls.socket)).webSocket;
    if (socket === null) throw new Error("no socket in the answer");
    const message = new Promise<string>((resolve) =>
      socket.addEventListener("message", ({ data }) => resolve(String(data))),
    );
    const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
    socket.accept();
    expect(JSON.parse(await message)).toMatchObject({ event: "succeeded", data: { id, progress: 100 } });
    expect(await closed).toBe(1000);
  });

  it("is for who has the link or the token, and for sockets alone", async () => {
    const amina = await signUp();
    const { id, urls } = await submit(amina, "plain", 1);
    readProblem(await amina.get(`/api/videos/${id}/socket`), "malformed_request");
    expect((await open(newClient(), `/api/videos/${id}/socket`)).status).toBe(401);
    expect((await open(newClient(), urls.socket.replace(/.$/, "!"))).status).toBe(401);
    await untilStatus(amina, id, "succeeded");
  });
});
