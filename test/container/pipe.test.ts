import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, expect, it } from "vitest";
import { loadPipes } from "../../container/ffmpeg/pipe.ts";
import { passingDirectory } from "../support/film-frames.ts";

const scratch = await passingDirectory();
afterAll(() => scratch.remove());

const pipes = await loadPipes();
const mebibyte = 2 ** 20;

it("lends bytes as they lie, also from the middle of a buffer", () => {
  const { readEnd, writeEnd } = pipes.open(mebibyte);
  const whole = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
  pipes.lend(writeEnd, whole.subarray(5_000));
  const read = Buffer.alloc(10_000);
  expect(readSync(readEnd, read)).toBe(5_000);
  expect(read.subarray(0, 5_000).equals(whole.subarray(5_000))).toBe(true);
  closeSync(readEnd);
  closeSync(writeEnd);
});

it("has had all but the last mebibyte read when it returns: two buffers take turns", async () => {
  const { readEnd, writeEnd } = pipes.open(mebibyte);
  const file = path.join(scratch.directory, "frames");
  const output = openSync(file, "w");
  const reader = spawn("dd", ["bs=16k"], { stdio: [readEnd, output, "ignore"] });
  closeSync(readEnd);
  closeSync(output);
  const frameBytes = mebibyte + 4_096;
  const turns = [new Uint8Array(frameBytes), new Uint8Array(frameBytes)] as const;
  for (let index = 0; index < 100; index += 1) pipes.lend(writeEnd, turns[index % 2 === 0 ? 0 : 1].fill(index));
  closeSync(writeEnd);
  await once(reader, "close");
  const bytes = readFileSync(file);
  expect(bytes.length).toBe(100 * frameBytes);
  const whole = (index: number) =>
    bytes.subarray(index * frameBytes, (index + 1) * frameBytes).every((byte) => byte === index);
  expect(Array.from({ length: 100 }, (_, index) => index).filter((index) => !whole(index))).toEqual([]);
});

it("says so when nobody reads any more", () => {
  const { readEnd, writeEnd } = pipes.open(mebibyte);
  closeSync(readEnd);
  expect(() => pipes.lend(writeEnd, new Uint8Array(10))).toThrow(expect.objectContaining({ code: "EPIPE" }));
  closeSync(writeEnd);
});

it("is handed to no process that is not meant to have it", async () => {
  const { readEnd, writeEnd } = pipes.open(mebibyte);
  const listing = spawn("ls", ["-l", "/proc/self/fd"], { stdio: ["ignore", "pipe", "ignore"] });
  const files = (await buffer(listing.stdout)).toString();
  expect(files).not.toMatch(new RegExp(` (${readEnd}|${writeEnd}) -> pipe`));
  closeSync(readEnd);
  closeSync(writeEnd);
});
