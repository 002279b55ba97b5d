import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { mediaMaxBytes, supplyLimitMs } from "../src/contract/container-protocol.ts";
import type { ArtefactKind, Wanted } from "../src/contract/render-events.ts";
import { unseal } from "./artefacts.ts";
import { orAborted } from "./bounded.ts";
import { diskFull } from "./failure.ts";

/** Something the caller sent; `provider` when somebody made it. */
export type Supply = { file: string; provider: string | undefined };

export type Supplies = {
  /**
   * Asks for all of it in one event and answers each key's promise: what came, or undefined when there is none. What was
   * asked for before is not asked for again. Nothing rejects but by the signal's reason.
   */
  ask(items: Wanted[]): Promise<Supply | undefined>[];
  /** One thing, asked for alone unless it was before; the signal ends the wait with its reason. */
  get(item: Wanted, signal: AbortSignal): Promise<Supply | undefined>;
  /**
   * Takes the bytes for a key. What nobody waits for is left unread. Throws `SupplyTooLarge`, and then there is none; or
   * what the disk or the connection throws, and then it may be sent again.
   */
  accept(key: string, body: Readable, from: { provider: string | undefined }): Promise<void>;
  /** The caller has none of these. */
  miss(keys: string[]): void;
  /** Somebody follows the render, until the answer is called. */
  attach(): () => void;
};

export class SupplyTooLarge extends Error {}

const artefactMaxBytes: Record<ArtefactKind, number> = {
  speech: 64_000_000,
  sound: 100_000_000,
  segment: 250_000_000,
  poster: 30_000_000,
};
const madeMaxBytes = 30_000_000;
const scriptMaxBytes = 1_000_000;

function maxBytesOf(item: Wanted): number {
  if (item.type === "artefact") return artefactMaxBytes[item.kind];
  if (item.type === "media") return mediaMaxBytes;
  return item.type === "script" ? scriptMaxBytes : madeMaxBytes;
}

/** A segment that others make is waited for as long as somebody is there to bring it, and this long when nobody is. */
const unattendedLimitMs = 30_000;

type Waiting = {
  item: Wanted;
  answer: PromiseWithResolvers<Supply | undefined>;
  isSettled: boolean;
  isArriving: boolean;
  timer: NodeJS.Timeout | undefined;
};

const isSegment = ({ item }: Waiting) => item.type === "artefact" && item.kind === "segment";

/** What one render asks its caller for, and what it was brought. */
export function openSupplies(options: {
  /** Existing. */
  directory: string;
  say: (items: Wanted[]) => void;
  signal: AbortSignal;
  limitMs?: number;
}): Supplies {
  const { directory, say, signal, limitMs = supplyLimitMs } = options;
  const waiting = new Map<string, Waiting>();
  let followers = 0;

  const settle = (key: string, supply: Supply | undefined) => {
    const found = waiting.get(key);
    if (!found || found.isSettled) return;
    found.isSettled = true;
    clearTimeout(found.timer);
    found.answer.resolve(supply);
  };
  const startTimer = (found: Waiting) => {
    clearTimeout(found.timer);
    if (found.isSettled || (isSegment(found) && followers > 0)) return;
    const wait = isSegment(found) ? unattendedLimitMs : limitMs;
    found.timer = setTimeout(() => settle(found.item.key, undefined), wait);
  };
  const restartSegments = () => {
    for (const found of waiting.values()) if (isSegment(found)) startTimer(found);
  };
  signal.addEventListener(
    "abort",
    () => {
      for (const found of waiting.values()) {
        clearTimeout(found.timer);
        if (!found.isSettled) found.answer.reject(signal.reason);
        found.isSettled = true;
      }
    },
    { once: true },
  );

  const want = (item: Wanted): Waiting => {
    const answer = Promise.withResolvers<Supply | undefined>();
    // Whoever asked may have ended for another reason before it looks.
    answer.promise.catch(() => undefined);
    const found: Waiting = { item, answer, isSettled: false, isArriving: false, timer: undefined };
    waiting.set(item.key, found);
    startTimer(found);
    return found;
  };

  const ask: Supplies["ask"] = (items) => {
    signal.throwIfAborted();
    const fresh = new Map(items.filter(({ key }) => !waiting.has(key)).map((item) => [item.key, item]));
    for (const item of fresh.values()) want(item);
    if (fresh.size > 0) say([...fresh.values()]);
    return items.map((item) => (waiting.get(item.key) ?? want(item)).answer.promise);
  };

  return {
    ask,
    get: async (item, waitSignal) => {
      const [answer] = ask([item]);
      return answer && orAborted(waitSignal, answer);
    },
    miss: (keys) => {
      for (const key of keys) settle(key, undefined);
    },
    attach: () => {
      followers += 1;
      if (followers === 1) restartSegments();
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        followers -= 1;
        if (followers === 0) restartSegments();
      };
    },
    accept: async (key, body, { provider }) => {
      const found = waiting.get(key);
      if (!found || found.isSettled || found.isArriving || signal.aborted) return;
      found.isArriving = true;
      // What is on its way is not late yet.
      startTimer(found);
      const received = path.join(directory, `${randomUUID()}.part`);
      try {
        await receive(body, received, maxBytesOf(found.item), signal);
        const file = path.join(directory, key);
        if (await isTaken(found.item, received, file)) settle(key, { file, provider });
        else settle(key, undefined);
      } catch (error) {
        // The render has ended: nobody waits any more.
        if (signal.aborted) return;
        if (error instanceof SupplyTooLarge) settle(key, undefined);
        else startTimer(found);
        throw error;
      } finally {
        found.isArriving = false;
        await rm(received, { force: true });
      }
    },
  };
}

/** Artefacts are checked against their seal; everything else is looked at by whoever uses it. */
async function isTaken(item: Wanted, received: string, file: string): Promise<boolean> {
  if (item.type === "artefact") return unseal(received, item.key, file);
  await rename(received, file);
  return true;
}

/** Streams to disk. Throws `SupplyTooLarge` at the first byte too many. */
export async function receive(body: Readable, file: string, maxBytes: number, signal: AbortSignal): Promise<void> {
  let bytes = 0;
  try {
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > maxBytes) throw new SupplyTooLarge(`more than ${maxBytes} bytes`);
          yield chunk;
        }
      },
      createWriteStream(file),
      { signal },
    );
  } catch (error) {
    const isFull = error instanceof Error && "code" in error && error.code === "ENOSPC";
    throw isFull ? diskFull(error) : error;
  }
}
