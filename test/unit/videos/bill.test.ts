import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VideoDocument } from "../../../src/contract/video.ts";
import {
  type BillingBasis,
  extrasMade,
  extrasOf,
  noExtras,
  priceOf,
  usageOf,
  withinHeld,
} from "../../../src/core/videos/bill.ts";
import { documentOf } from "./documents.ts";

const words = { scenes: [{ text: "One." }, { text: "Two." }, { text: "Three." }, { text: "Four." }] };
const plain = documentOf(words);
const premium = { voice: { ...plain.voice, isPremium: true } };
const rich: VideoDocument = {
  ...documentOf({ ...words, music: { url: "https://a.b/c.mp3" } }),
  ...premium,
  isEnhanced: true,
};

function creditsFor(document: VideoDocument, basis: BillingBasis, sceneSeconds: number[], extras = extrasOf(document)) {
  const totalSeconds = sceneSeconds.reduce((sum, seconds) => sum + seconds, 0);
  const price = priceOf(document, basis, { sceneSeconds, totalSeconds, extras });
  expect(price.breakdown.reduce((sum, line) => sum + line.credits, 0)).toBe(price.credits);
  return price.credits;
}

const full = { kind: "full" } as const;
const scenes = (list: number[], extras = noExtras) => ({ kind: "scenes", scenes: list, extras }) as const;
const difference = (paidCredits: number) => ({ kind: "difference", draftId: "vid_draft", paidCredits }) as const;

describe("the price", () => {
  it.each<[string, VideoDocument, BillingBasis, number[], number]>([
    ["full, up to an edge", plain, full, [12, 12, 12, 12], 4],
    ["full, over it", plain, full, [12, 12, 12, 12.001], 5],
    ["full, with every extra", rich, full, [12, 12, 12, 12], 4 + 2 + 3 + 4],
    ["a draft, up to an edge", { ...plain, isDraft: true }, full, [30], 1],
    ["a draft, over it", { ...plain, isDraft: true }, full, [30.001], 2],
    ["a draft of what will be 4K", { ...plain, isDraft: true, resolution: "4k" }, full, [60], 2],
    ["another shape: no extras", rich, { kind: "aspect" }, [12, 12, 12, 12], 4],
    ["no scene changed", rich, scenes([]), [12, 12, 12, 12], 0],
    [
      "no scene changed, but the music is new",
      rich,
      scenes([], { ...noExtras, hasOwnMusic: true }),
      [12, 12, 12, 12],
      2,
    ],
    ["one scene, up to an edge", rich, scenes([2]), [12, 12, 12, 12], 1],
    ["one scene, over it", rich, scenes([2]), [12, 12, 12.001, 12], 2],
    ["two scenes", plain, scenes([0, 3]), [6, 12, 12, 6], 1],
    ["a scene that is not there", plain, scenes([9]), [12, 12], 0],
    ["the difference", plain, difference(2), [36], 1],
    ["the difference to what has paid as much", plain, difference(3), [36], 0],
    ["the difference to what has paid more", plain, difference(4), [36], 0],
  ])("of %s", (_name, document, basis, sceneSeconds, credits) => {
    expect(creditsFor(document, basis, sceneSeconds)).toBe(credits);
  });

  it("says that a draft was a draft, and what was paid for it", () => {
    const made = { sceneSeconds: [36], totalSeconds: 36, extras: noExtras };
    expect(priceOf({ ...plain, isDraft: true }, full, made).breakdown).toEqual([{ item: "video_draft", credits: 2 }]);
    expect(priceOf(plain, difference(2), made).breakdown).toEqual([
      { item: "video_720p", credits: 3 },
      { item: "paid_for_draft", credits: -2 },
    ]);
  });
});

const seconds = fc.array(fc.double({ min: 0.5, max: 60, noNaN: true }), { minLength: 1, maxLength: 20 });
const document = fc
  .record({
    resolution: fc.constantFrom("720p", "1080p", "4k"),
    isDraft: fc.boolean(),
    isEnhanced: fc.boolean(),
    hasMusic: fc.boolean(),
    isPremium: fc.boolean(),
  })
  .map(({ hasMusic, isPremium, ...shape }): VideoDocument => {
    const base = hasMusic ? rich : plain;
    return { ...base, ...shape, voice: { ...plain.voice, isPremium } };
  });
const extras = fc.record({
  hasOwnMusic: fc.boolean(),
  hasPremiumVoice: fc.boolean(),
  hasAiEnhancement: fc.boolean(),
});
const basis: fc.Arbitrary<BillingBasis> = fc.oneof(
  fc.constant({ kind: "full" as const }),
  fc.constant({ kind: "aspect" as const }),
  fc.nat(100).map((paidCredits) => ({ kind: "difference" as const, draftId: "vid_draft", paidCredits })),
  fc.record({ scenes: fc.uniqueArray(fc.nat(19)), extras }).map((one) => ({ kind: "scenes" as const, ...one })),
);

describe("for any video", () => {
  it("no basis costs less than nothing, or more than the whole", () => {
    fc.assert(
      fc.property(document, basis, seconds, (one, by, lengths) => {
        const credits = creditsFor(one, by, lengths);
        expect(Number.isSafeInteger(credits)).toBe(true);
        expect(credits).toBeGreaterThanOrEqual(0);
        expect(credits).toBeLessThanOrEqual(creditsFor(one, full, lengths));
      }),
    );
  });

  it("what is made costs at most what was quoted, since no scene is longer and no extra more", () => {
    const shares = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(document, basis, seconds, shares, extras, (one, by, ceilings, share, had) => {
        const lengths = ceilings.map((ceiling, index) => ceiling * (share[index] ?? 1));
        const asked = extrasOf(one);
        const made = {
          hasOwnMusic: asked.hasOwnMusic && had.hasOwnMusic,
          hasPremiumVoice: asked.hasPremiumVoice && had.hasPremiumVoice,
          hasAiEnhancement: asked.hasAiEnhancement && had.hasAiEnhancement,
        };
        expect(creditsFor(one, by, lengths, made)).toBeLessThanOrEqual(creditsFor(one, by, ceilings));
        const held = usageOf(one, by, ceilings);
        const used = withinHeld(usageOf(one, by, lengths), held);
        expect(used).toEqual(usageOf(one, by, lengths));
      }),
    );
  });

  it("a draft and its promotion cost together what the video costs", () => {
    fc.assert(
      fc.property(document, seconds, (one, lengths) => {
        const real = { ...one, isDraft: false };
        const draft = creditsFor({ ...one, isDraft: true }, full, lengths);
        const rest = creditsFor(real, difference(draft), lengths);
        expect(draft + rest).toBe(creditsFor(real, full, lengths));
      }),
    );
  });
});

describe("an extra", () => {
  const made = (voice: string, pictures: string) =>
    extrasMade(rich, { providers: { script: "caller", voice, pictures } });

  it.each([
    ["a model", "a model", true, true],
    ["espeak-ng", "drawn", false, false],
    ["a model+espeak-ng", "a model+drawn", false, false],
    ["recording+a model", "asset+colour+a model", true, true],
    ["recording", "asset+url+colour", false, false],
  ])(
    "is charged where it was had: voice by %s, pictures by %s",
    (voice, pictures, hasPremiumVoice, hasAiEnhancement) => {
      expect(made(voice, pictures)).toEqual({ hasOwnMusic: true, hasPremiumVoice, hasAiEnhancement });
    },
  );

  it("that was not asked for is not charged, whoever made it", () => {
    expect(extrasMade(plain, { providers: { script: "x", voice: "a model", pictures: "a model" } })).toEqual(noExtras);
  });
});

describe("the quotas", () => {
  const recorded = documentOf({
    scenes: [
      { text: "One.", recording: { url: "https://a.b/1.mp3" } },
      { text: "Two.", image: { colour: "#112233" } },
      { text: "Three.", image: "https://a.b/3.png" },
      { text: "Four.", image: { prompt: "a lion" } },
    ],
  });

  it.each<[BillingBasis, [number, number, number]]>([
    [full, [2, 31, 41]],
    [scenes([0]), [1, 0, 11]],
    [scenes([1, 2]), [0, 21, 21]],
    [scenes([]), [0, 0, 0]],
    [{ kind: "aspect" }, [0, 0, 41]],
    [difference(1), [0, 0, 41]],
  ])("count what is new: %j", (by, [images, speech, render]) => {
    expect(usageOf(recorded, by, [10.2, 10.2, 10.2, 10.2])).toEqual({
      images,
      speech_seconds: speech,
      render_seconds: render,
    });
  });
});
