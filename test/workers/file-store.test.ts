import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { MediaFailed, MediaRefused } from "../../src/core/deps.ts";
import { createFileStore } from "../../src/platform/file-store.ts";

const files = createFileStore(env.FILES);

/** Megabytes of it, and then an error, if one is given. */
function streamOf(megabytes: number, error?: Error): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent < megabytes) controller.enqueue(new Uint8Array(1_000_000).fill(sent % 251));
      else if (error === undefined) controller.close();
      else controller.error(error);
      sent += 1;
    },
  });
}

describe("a file of unknown length", () => {
  it.each([0, 1, 8, 9, 30])("of %d MB is stored as it is", async (megabytes) => {
    const received = await files.receive(`test/${megabytes}`, streamOf(megabytes), 30_000_000);
    const opened = await files.open(`test/${megabytes}`);
    expect([received?.size, opened?.size]).toEqual([megabytes * 1_000_000, megabytes * 1_000_000]);
    const bytes = await new Response(opened?.body ?? null).arrayBuffer();
    const sha256 = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
    expect(received?.sha256).toBe(sha256);
  });

  it.each([1, 20])("that is a byte too long (%d MB) is not", async (megabytes) => {
    expect(await files.receive("test/long", streamOf(megabytes), megabytes * 1_000_000 - 1)).toBeNull();
    expect(await files.open("test/long")).toBeNull();
  });

  it.each([1, 20])("that breaks off after %d MB is not, and may come again", async (megabytes) => {
    const broken = files.receive("test/broken", streamOf(megabytes, new Error("the network is gone")), 90_000_000);
    await expect(broken).rejects.toBeInstanceOf(MediaFailed);
    expect(await files.open("test/broken")).toBeNull();
  });

  it("says what its stream says", async () => {
    const refusal = new MediaRefused("Too large.");
    await expect(files.receive("test/refused", streamOf(1, refusal), 90_000_000)).rejects.toBe(refusal);
  });
});
