import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { systemCalls } from "../../container/ffmpeg/system-calls.ts";
import { passingDirectory } from "../support/film-frames.ts";

const scratch = await passingDirectory();
afterAll(() => scratch.remove());

const { openPipe, lend, spawn: start, reap } = systemCalls();
const mebibyte = 2 ** 20;

it("lends bytes as they lie, also from the middle of a buffer", () => {
  const { readEnd, writeEnd } = openPipe(mebibyte);
  const whole = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
  lend(writeEnd, whole.subarray(5_000));
  const read = Buffer.alloc(10_000);
  expect(readSync(readEnd, read)).toBe(5_000);
  expect(read.subarray(0, 5_000).equals(whole.subarray(5_000))).toBe(true);
  closeSync(readEnd);
  closeSync(writeEnd);
});

it("has had all but the last mebibyte read when it returns: two buffers take turns", async () => {
  const { readEnd, writeEnd } = openPipe(mebibyte);
  const file = path.join(scratch.directory, "frames");
  const output = openSync(file, "w");
  const reader = spawn("dd", ["bs=16k"], { stdio: [readEnd, output, "ignore"] });
  closeSync(readEnd);
  closeSync(output);
  const frameBytes = mebibyte + 4_096;
  const turns = [new Uint8Array(frameBytes), new Uint8Array(frameBytes)] as const;
  for (let index = 0; index < 100; index += 1) lend(writeEnd, turns[index % 2 === 0 ? 0 : 1].fill(index));
  closeSync(writeEnd);
  await once(reader, "close");
  const bytes = readFileSync(file);
  expect(bytes.length).toBe(100 * frameBytes);
  const whole = (index: number) =>
    bytes.subarray(index * frameBytes, (index + 1) * frameBytes).every((byte) => byte === index);
  expect(Array.from({ length: 100 }, (_, index) => index).filter((index) => !whole(index))).toEqual([]);
});

it("says so when nobody reads any more", () => {
  const { readEnd, writeEnd } = openPipe(mebibyte);
  closeSync(readEnd);
  expect(() => lend(writeEnd, new Uint8Array(10))).toThrow(expect.objectContaining({ code: "EPIPE" }));
  closeSync(writeEnd);
});

it("is handed to no process that is not meant to have it", async () => {
  const { readEnd, writeEnd } = openPipe(mebibyte);
  const listing = spawn("ls", ["-l", "/proc/self/fd"], { stdio: ["ignore", "pipe", "ignore"] });
  const files = (await buffer(listing.stdout)).toString();
  expect(files).not.toMatch(new RegExp(` (${readEnd}|${writeEnd}) -> pipe`));
  closeSync(readEnd);
  closeSync(writeEnd);
});

describe("a started program", () => {
  const files = (name: string) => path.join(scratch.directory, name);
  const started = (args: string[], name: string) => {
    const output = openSync(files(name), "w");
    try {
      const environment = { GREETING: "habari", NOTHING: undefined };
      return start({ file: "sh", args, environment, directory: scratch.directory, descriptors: [output, output] });
    } finally {
      closeSync(output);
    }
  };

  it("has its arguments, its environment and its directory, and says how it ended", async () => {
    const id = started(["-c", 'echo "$GREETING $1"; pwd; cat; exit 7', "sh", "a b"], "said");
    await expect.poll(() => reap(id)).toBe(7);
    expect(readFileSync(files("said"), "utf8")).toBe(`habari a b\n${scratch.directory}\n`);
  });

  it("ends without a code when a signal ends it, and is gone when that was asked", async () => {
    const id = started(["-c", "sleep 60"], "killed");
    expect(reap(id)).toBeUndefined();
    process.kill(id, "SIGKILL");
    await expect.poll(() => reap(id)).toBeNull();
    expect(() => reap(id)).toThrow(expect.objectContaining({ code: "ECHILD" }));
  });

  it("that does not exist is an error at once", () => {
    const missing = { file: files("missing"), args: [], environment: {}, directory: undefined, descriptors: [] };
    expect(() => start(missing)).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});
