import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openArtefacts } from "../../../container/artefacts.ts";
import { openSupplies, SupplyTooLarge } from "../../../container/supplies.ts";
import type { Wanted } from "../../../src/contract/render-events.ts";

const keyOf = (letter: string) => letter.repeat(64);
const script = (letter: string): Wanted => ({
  ...{ type: "script", key: keyOf(letter), prompt: "Bees", sceneCount: 1, language: "en" },
});
const artefact = (letter: string, kind: "speech" | "segment"): Wanted => ({
  ...{ type: "artefact", key: keyOf(letter), kind },
});
const bytes = (text: string) => Readable.from(Buffer.from(text), { objectMode: false });
const from = { provider: undefined };

let directory: string;
let said: Wanted[][];
let stopping: AbortController;
const open = (limitMs?: number) =>
  openSupplies({
    ...{ directory, signal: stopping.signal },
    say: (items) => said.push(items),
    ...(limitMs === undefined ? {} : { limitMs }),
  });

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "supplies-test-"));
  said = [];
  stopping = new AbortController();
});
afterEach(async () => {
  vi.useRealTimers();
  stopping.abort();
  await rm(directory, { recursive: true, force: true });
});

test("what is wanted is said once, in one event, and answered with a file and who made it", async () => {
  const supplies = open();
  const [one, two] = supplies.ask([script("a"), script("b")]);
  const [again] = supplies.ask([script("a")]);
  expect(said).toEqual([[script("a"), script("b")]]);
  await supplies.accept(keyOf("a"), bytes("{}"), { provider: "a model" });
  supplies.miss([keyOf("b"), keyOf("c")]);
  const supply = await one;
  expect(supply?.provider).toBe("a model");
  expect(await readFile(supply?.file ?? "", "utf8")).toBe("{}");
  expect(await again).toEqual(supply);
  expect(await two).toBeUndefined();
});

test("the first answer stays: a repeat, a late one and one that nobody wanted are left unread", async () => {
  const supplies = open();
  const [one, two] = supplies.ask([script("a"), script("b")]);
  await supplies.accept(keyOf("a"), bytes("first"), from);
  await supplies.accept(keyOf("a"), bytes("second"), from);
  supplies.miss([keyOf("a"), keyOf("b")]);
  await supplies.accept(keyOf("b"), bytes("late"), from);
  await supplies.accept(keyOf("f"), bytes("unknown"), from);
  expect(await readFile((await one)?.file ?? "", "utf8")).toBe("first");
  expect(await two).toBeUndefined();
  expect(await readdir(directory)).toEqual([keyOf("a")]);
});

test("more bytes than such a thing has are refused, and there is none", async () => {
  const supplies = open();
  const [one] = supplies.ask([script("a")]);
  const large = Readable.from(Array.from({ length: 2_000 }, () => Buffer.alloc(1_000)));
  await expect(supplies.accept(keyOf("a"), large, from)).rejects.toBeInstanceOf(SupplyTooLarge);
  expect(await one).toBeUndefined();
  expect(await readdir(directory)).toEqual([]);
});

test("a body that breaks off may be sent again", async () => {
  const supplies = open();
  const [one] = supplies.ask([script("a")]);
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from("{");
      throw new Error("gone");
    })(),
  );
  await expect(supplies.accept(keyOf("a"), broken, from)).rejects.toThrow("gone");
  await supplies.accept(keyOf("a"), bytes("{}"), from);
  expect(await readFile((await one)?.file ?? "", "utf8")).toBe("{}");
});

describe("time", () => {
  test("what nobody brings within the limit is missing", async () => {
    vi.useFakeTimers();
    const [one] = open(90_000).ask([artefact("a", "speech")]);
    vi.advanceTimersByTime(90_001);
    expect(await one).toBeUndefined();
  });

  test("a segment is waited for while somebody follows, and half a minute when nobody does", async () => {
    vi.useFakeTimers();
    const supplies = open(1_000);
    const leave = supplies.attach();
    const [one] = supplies.ask([artefact("a", "segment")]);
    let answer: unknown = "none yet";
    one?.then((supply) => {
      answer = supply;
    });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(answer).toBe("none yet");
    leave();
    await vi.advanceTimersByTimeAsync(29_000);
    const leaveAgain = supplies.attach();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(answer).toBe("none yet");
    leaveAgain();
    await vi.advanceTimersByTimeAsync(30_001);
    expect(answer).toBeUndefined();
  });

  test("a render that ends rejects what it waits for, with its reason, and takes nothing more", async () => {
    const supplies = open();
    const [one] = supplies.ask([script("a")]);
    stopping.abort(new Error("cancelled"));
    await expect(one).rejects.toThrow("cancelled");
    await supplies.accept(keyOf("a"), bytes("{}"), from);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("artefacts", () => {
  const version = { speech: "1", sound: "1", segment: "1", poster: "1" };
  const write = async (key: string, text: string) => {
    const signal = new AbortController().signal;
    const artefacts = openArtefacts({ directory, version, say: () => {}, signal });
    await artefacts.write("speech", key, Buffer.from(text));
    const found = artefacts.read(key);
    if (!found) throw new Error("not kept");
    return buffer(found.stream());
  };
  const bring = async (key: string, sent: Buffer) => {
    const supplies = open();
    const [one] = supplies.ask([{ type: "artefact", kind: "speech", key }]);
    await supplies.accept(key, Readable.from(sent, { objectMode: false }), from);
    const supply = await one;
    return supply && readFile(supply.file, "utf8");
  };

  test("one comes back as it was made", async () => {
    expect(await bring(keyOf("a"), await write(keyOf("a"), "spoken"))).toBe("spoken");
  });

  test("one that is cut off, changed, of another key, or anything else is none", async () => {
    const sent = await write(keyOf("a"), "spoken");
    const changed = Buffer.from(sent);
    changed.writeUInt8(0, 2);
    for (const wrong of [sent.subarray(0, -1), sent.subarray(1), changed, Buffer.from("garbage"), Buffer.alloc(500)]) {
      expect(await bring(keyOf("a"), wrong)).toBeUndefined();
    }
    expect(await bring(keyOf("b"), sent)).toBeUndefined();
  });

  test("keys tell apart what they are made of, and not in which order it was written", () => {
    const signal = new AbortController().signal;
    const one = openArtefacts({ directory, version, signal });
    const other = openArtefacts({ directory, version: { ...version, sound: "2" }, signal });
    expect(one.keyOf("speech", { a: 1, b: { c: 2, d: undefined } })).toBe(one.keyOf("speech", { b: { c: 2 }, a: 1 }));
    expect(one.keyOf("speech", { a: 1 })).not.toBe(one.keyOf("speech", { a: 2 }));
    expect(one.keyOf("speech", { a: 1 })).not.toBe(one.keyOf("sound", { a: 1 }));
    expect(one.keyOf("speech", { a: 1 })).toBe(other.keyOf("speech", { a: 1 }));
    expect(one.keyOf("sound", { a: 1 })).not.toBe(other.keyOf("sound", { a: 1 }));
  });
});
