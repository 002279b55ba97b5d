import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchVideo } from "../../../src/embed/watch-video.ts";
import { createTransport } from "../../../src/sdk/transport.ts";

/** A stream of events that does what the test says. */
class StandInSource extends EventTarget {
  static readonly CLOSED = 2;
  static last: StandInSource;
  readyState = 1;
  constructor() {
    super();
    StandInSource.last = this;
  }
  close(): void {
    this.readyState = StandInSource.CLOSED;
  }
  send(type: string, progress: number): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify({ id: "vid_1", stage: type, progress }) }));
  }
  break(isForGood: boolean): void {
    if (isForGood) this.close();
    this.dispatchEvent(new Event("error"));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", StandInSource);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Watches while the service answers each question with these, one after the other. */
function watch(answers: ({ status: string; progress: number } | number)[] = []) {
  const told: string[] = [];
  const transport = createTransport({
    baseUrl: "https://studio.test",
    triesMax: 1,
    fetch: async () => {
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError("no network");
      if (typeof answer !== "number") return Response.json(answer);
      const headers = { "Content-Type": "application/problem+json" };
      return new Response(JSON.stringify({ code: "not_found", detail: "It is gone." }), { status: answer, headers });
    },
  });
  const watching = watchVideo(
    transport,
    { id: "vid_1", eventsUrl: "https://studio.test/events" },
    {
      progress: ({ progress }) => told.push(String(progress)),
      end: () => told.push("end"),
      fail: () => told.push("fail"),
    },
  );
  return { told, watching, source: StandInSource.last };
}

it("tells what the stream tells, and ends with it", () => {
  const { told, source } = watch();
  source.send("progress", 10);
  source.send("progress", 60);
  source.send("succeeded", 100);
  expect(told).toEqual(["10", "60", "end"]);
  expect(source.readyState).toBe(StandInSource.CLOSED);
});

it("leaves a stream that breaks to the browser, which takes it up again", async () => {
  const { told, source } = watch([{ status: "rendering", progress: 99 }]);
  source.break(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([]);
});

it("asks when there is no stream to be had, through a lost network too", async () => {
  const { told, source } = watch([{ status: "rendering", progress: 40 }]);
  source.break(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(["40"]);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(told).toEqual(["40"]);
});

it("asks until the video has ended", async () => {
  const { told, source } = watch([
    { status: "rendering", progress: 40 },
    { status: "failed", progress: 40 },
  ]);
  source.break(true);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual(["40", "end"]);
});

it("says when there is nothing to watch any more", async () => {
  const { told, source } = watch([404]);
  source.break(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual(["fail"]);
});

it("says nothing more once it is stopped", async () => {
  const { told, source, watching } = watch([{ status: "rendering", progress: 40 }]);
  source.break(true);
  watching.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual([]);
});
