import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ProgressEvent } from "../../../src/contract/videos.ts";
import { followVideo } from "../../../src/sdk/follow-video.ts";
import { listAll } from "../../../src/sdk/list-all.ts";
import { createTransport } from "../../../src/sdk/transport.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const event = (id: number, status: string, progress: number) =>
  `id: ${id}\nevent: ${status === "rendering" ? "progress" : status}\ndata: ${JSON.stringify({ id: "vid_1", status, progress })}\n\n`;

/** Answers with these pieces of a stream; `isBroken`: it ends in the middle. */
function streamOf(pieces: string[], isBroken = false): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      if (isBroken) controller.error(new Error("reset"));
      else controller.close();
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

async function followAll(responses: Response[]) {
  const resumedFrom: (string | null)[] = [];
  const transport = createTransport({
    baseUrl: "https://studio.test",
    fetch: async (_input, init) => {
      resumedFrom.push(new Headers(init?.headers).get("Last-Event-ID"));
      return responses.shift() ?? Promise.reject(new Error("asked once too often"));
    },
  });
  const events: ProgressEvent[] = [];
  const done = (async () => {
    for await (const one of followVideo(transport, "vid_1")) events.push(one);
  })();
  done.catch(() => undefined);
  await vi.runAllTimersAsync();
  await done;
  return { progress: events.map(({ progress }) => progress), resumedFrom };
}

it("a video is followed to its end, however the stream is cut into pieces", async () => {
  const whole = event(1, "rendering", 10) + event(2, "rendering", 60) + event(3, "succeeded", 100);
  const { progress } = await followAll([streamOf([...whole])]);
  expect(progress).toEqual([10, 60, 100]);
});

it("a stream that ends or ends too early is taken up where it was", async () => {
  const { progress, resumedFrom } = await followAll([
    streamOf([event(1, "rendering", 10)]),
    streamOf([event(2, "rendering", 60)]),
    streamOf([event(3, "failed", 60), event(4, "rendering", 0)]),
  ]);
  expect(progress).toEqual([10, 60, 60]);
  expect(resumedFrom).toEqual([null, "1", "2"]);
});

it("a list is read page by page, and no further than somebody looks", async () => {
  const asked: (string | undefined)[] = [];
  const pages = { start: { data: [1, 2], next_cursor: "b" }, b: { data: [3], next_cursor: null } };
  const readPage = async (cursor: string | undefined) => {
    asked.push(cursor);
    return cursor === "b" ? pages.b : pages.start;
  };
  for await (const item of listAll(readPage)) if (item === 2) break;
  expect(asked).toEqual([undefined]);
  const all: number[] = [];
  for await (const item of listAll(readPage)) all.push(item);
  expect(all).toEqual([1, 2, 3]);
});

it("whoever has enough while it waits for another stream is let go at once", async () => {
  const controller = new AbortController();
  let asked = 0;
  const transport = createTransport({
    baseUrl: "https://studio.test",
    fetch: async () => {
      asked += 1;
      return streamOf([event(1, "rendering", 10)]);
    },
  });
  const following = (async () => {
    for await (const _ of followVideo(transport, "vid_1", { signal: controller.signal }));
  })();
  following.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(100);
  controller.abort(new Error("enough"));
  await expect(following).rejects.toThrow("enough");
  await vi.runAllTimersAsync();
  expect(asked).toBe(1);
});
