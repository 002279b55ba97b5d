import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RenderFault } from "../../container/failure.ts";
import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import type { ArtefactKind } from "../../src/contract/render-events.ts";
import type { VideoDocument } from "../../src/contract/video.ts";
import { clearRenders, idleCaller, type RenderCaller, type Rendered, renderWith } from "../support/render-caller.ts";
import { sceneRequest } from "../support/render-requests.ts";
import { quickProviders } from "../support/stand-in-providers.ts";

afterAll(clearRenders);

const texts = [
  "The rain came late this year.",
  "One small sensor woke the whole village.",
  "Everybody came to look at it.",
  "And the maize stood green again.",
];
const providers = quickProviders;

function keptRequest(said: string[], changes: Partial<VideoDocument> = {}): RenderRequest {
  const music = { bed: { kind: "mood", mood: "calm" }, duckDb: 14 } as const;
  return { ...sceneRequest(said, { isDraft: true, titles: "opening", music, ...changes }), offers: ["artefact"] };
}

const countOf = ({ made }: Rendered, kind: ArtefactKind) => made.filter((one) => one.kind === kind).length;
const segmentHashes = ({ made }: Rendered) =>
  made
    .filter(({ kind }) => kind === "segment")
    .map(({ key, sha256 }) => `${key} ${sha256}`)
    .sort();
const wantedKeys = (rendered: Rendered, kind: ArtefactKind) =>
  rendered.wanted.flatMap((item) => (item.type === "artefact" && item.kind === kind ? [item.key] : []));

let caller: RenderCaller;
let first: Rendered;
beforeAll(async () => {
  caller = idleCaller();
  first = await renderWith(caller, keptRequest(texts), { providers });
  // What is compared below must be there.
  expect(first.output).toMatchObject({ scenes: texts.map((text) => ({ text })) });
});

describe("with a caller that keeps what was made", () => {
  test("every speech, every segment, the sound and the poster are announced, once", () => {
    const keys = first.made.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect([countOf(first, "speech"), countOf(first, "sound"), countOf(first, "poster")]).toEqual([4, 1, 1]);
    expect(countOf(first, "segment")).toBe(new Set(wantedKeys(first, "segment")).size);
    // Four bodies and three cross-fades, at the least.
    expect(countOf(first, "segment")).toBeGreaterThanOrEqual(7);
  });

  test("the same again is only joined: nothing is made, and the files are the same", async () => {
    const again = await renderWith(caller, keptRequest(texts), { providers });
    expect(again.made).toEqual([]);
    expect(again.output).toEqual(first.output);
  });

  test("one scene changed makes its own segments and the cross-fades beside it, and no other", async () => {
    const changed = texts.with(1, "A single sensor woke the whole village.");
    const one = await renderWith(caller, keptRequest(changed), { providers });
    expect([countOf(one, "speech"), countOf(one, "sound"), countOf(one, "poster")]).toEqual([1, 1, 1]);
    const bodies = countOf(one, "segment") - 2;
    expect(bodies).toBeGreaterThanOrEqual(1);
    expect(bodies).toBeLessThanOrEqual(Math.ceil(countOf(first, "segment") / 4));
  });

  test("a draft and its final share their speeches and their sound", async () => {
    const final = await renderWith(caller, keptRequest(texts, { isDraft: false }), { providers });
    expect([countOf(final, "speech"), countOf(final, "sound")]).toEqual([0, 0]);
    expect(countOf(final, "segment")).toBe(countOf(first, "segment"));
    expect(final.output?.scenes).toEqual(first.output?.scenes);
  });

  test("other captions need no voice and no sound again", async () => {
    const captions = { mode: "lines", style: "boxed", position: "top" } as const;
    const other = await renderWith(caller, keptRequest(texts, { captions }), { providers });
    expect([countOf(other, "speech"), countOf(other, "sound"), countOf(other, "poster")]).toEqual([0, 0, 0]);
    expect(countOf(other, "segment")).toBeGreaterThan(3);
  });

  test("whatever the caller brings that is not what it should be is made again, to the same bytes", async () => {
    const spoiled: RenderCaller = { ...idleCaller(), kept: new Map(caller.kept) };
    first.made.forEach(({ key, kind }, index) => {
      const bytes = spoiled.kept.get(key) ?? Buffer.alloc(0);
      const wrong = [Buffer.from("no such thing"), bytes.subarray(0, -1), bytes.subarray(0, bytes.length >> 1)];
      if (index % 2 === 0 || kind === "poster") spoiled.kept.set(key, wrong[index % 3] ?? Buffer.alloc(0));
    });
    const mended = await renderWith(spoiled, keptRequest(texts), { providers });
    expect(mended.output).toEqual(first.output);
    expect(mended.made.length).toBeGreaterThan(3);
    expect(mended.made.length).toBeLessThan(first.made.length);
    for (const one of mended.made) expect(first.made).toContainEqual(one);
  });
});

test("a render that dies in the middle goes on from what it had announced", async () => {
  const dying = idleCaller();
  let segments = 0;
  const dead = await renderWith(dying, keptRequest(texts), {
    providers,
    onEvent: (event, job) => {
      if (event.type !== "made" || event.artefact.kind !== "segment") return;
      segments += 1;
      const killed = new RenderFault("render_interrupted", "The renderer was stopped.", { isRetryable: true });
      if (segments === 4) setImmediate(() => void job.discard(killed));
    },
  });
  expect(dead.failure).toMatchObject({ code: "render_interrupted", isRetryable: true });
  const next = await renderWith(dying, keptRequest(texts), { providers });
  expect(next.output).toEqual(first.output);
  expect(countOf(next, "speech")).toBe(0);
  expect(countOf(next, "segment")).toBeLessThanOrEqual(countOf(first, "segment") - 3);
});

describe("spread over several renderers", () => {
  test("parts make the segments, and all bytes are those of one renderer alone", async () => {
    const spread = idleCaller();
    const lead = await renderWith(spread, keptRequest(texts), { providers, parts: 3 });
    expect(lead.output).toEqual(first.output);
    expect(segmentHashes(lead)).toEqual(segmentHashes(first));
    // A part may speak what the lead has only just spoken: to the same bytes.
    const speeches = ({ made }: Rendered) =>
      new Set(made.filter(({ kind }) => kind === "speech").map(({ sha256 }) => sha256));
    expect(speeches(lead)).toEqual(speeches(first));
  });

  test("segments that come late, twice, and from nowhere change nothing", async () => {
    const late: RenderCaller = { ...idleCaller(), kept: new Map() };
    const [, , slowKey] = wantedKeys(first, "segment");
    const othersMade = Promise.withResolvers<void>();
    const lead = await renderWith(late, keptRequest(texts), {
      providers,
      answer: async (wanted) => {
        if (wanted.key !== slowKey) return undefined;
        await othersMade.promise;
        const bytes = caller.kept.get(wanted.key);
        return bytes && { bytes };
      },
      onEvent: async (event, job) => {
        if (event.type !== "made") return;
        const again = caller.kept.get(event.artefact.key) ?? Buffer.alloc(1);
        await job.accept(event.artefact.key, Readable.from(again, { objectMode: false }), { provider: undefined });
        await job.accept("0".repeat(64), Readable.from(again, { objectMode: false }), { provider: undefined });
        if (event.artefact.kind === "segment") othersMade.resolve();
      },
    });
    expect(lead.output).toEqual(first.output);
    expect(countOf(lead, "segment")).toBe(countOf(first, "segment") - 1);
  });

  test("a part of another video fails at once, for good", async () => {
    const part = { segments: ["f".repeat(64)] };
    const stray = await renderWith(caller, { ...keptRequest(texts), part }, { providers });
    expect(stray.failure).toMatchObject({ code: "encode_failed", isRetryable: false });
  });
});

test("a caller that keeps nothing is neither asked nor told", async () => {
  const plain = await renderWith(idleCaller(), { ...keptRequest(texts), offers: [] }, { providers });
  expect(plain.wanted).toEqual([]);
  expect(plain.made).toEqual([]);
  expect(plain.output).toEqual(first.output);
});

test("a render that takes more disk than it may is stopped, says so, and leaves nothing", async () => {
  const slow = { ...providers, sound: { mix: () => new Promise<never>(() => {}) } };
  const full = await renderWith(idleCaller(), keptRequest(texts), { providers: slow, diskMaxBytes: 50_000 });
  expect(full.failure).toMatchObject({ code: "disk_full", isRetryable: false });
  await expect(full.read("poster.jpg")).rejects.toMatchObject({ code: "ENOENT" });
});
