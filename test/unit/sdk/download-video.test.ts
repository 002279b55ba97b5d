import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { downloadVideo } from "../../../src/sdk/download-video.ts";
import { createTransport } from "../../../src/sdk/transport.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const file = new TextEncoder().encode("a video of some length");

/** Sends so many bytes from `from`, and then breaks off. */
function broken(from: number, length: number): ReadableStream<Uint8Array> {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent || length === 0) return controller.error(new Error("reset"));
      isSent = true;
      controller.enqueue(file.slice(from, from + length));
    },
  });
}

/** Each answer breaks off after so many bytes. */
async function download(lengths: number[], { isChanged = false } = {}) {
  const asked: (string | null)[] = [];
  const transport = createTransport({
    baseUrl: "https://studio.test",
    fetch: async (_url, init) => {
      const headers = new Headers(init.headers);
      const range = headers.get("Range");
      asked.push(range === null ? null : `${range} if ${headers.get("If-Range")}`);
      const from = range === null ? 0 : Number(/\d+/.exec(range)?.[0]);
      return new Response(broken(from, lengths.shift() ?? 0), {
        status: range === null || isChanged ? 200 : 206,
        headers: { "Content-Length": String(file.byteLength - from), ETag: '"a"' },
      });
    },
  });
  const { stream, size } = await downloadVideo(transport, "vid_1");
  const text = new Response(stream).text();
  text.catch(() => undefined);
  await vi.runAllTimersAsync();
  return { text, size, asked };
}

it("a download that breaks off goes on from there", async () => {
  const { text, size, asked } = await download([8, 0, file.byteLength - 8]);
  expect(await text).toBe("a video of some length");
  expect(size).toBe(file.byteLength);
  expect(asked).toEqual([null, 'bytes=8- if "a"', 'bytes=8- if "a"']);
});

it("it gives up when nothing more comes", async () => {
  const { text, asked } = await download([8]);
  await expect(text).rejects.toThrow("breaks off again and again");
  expect(asked).toHaveLength(6);
});

it("it never puts two different files together", async () => {
  const { text } = await download([8, 8], { isChanged: true });
  await expect(text).rejects.toThrow("changed while it was downloaded");
});
