import { describe, expect, it } from "vitest";
import { type PricedVideo, priceOnPlan, priceVideo } from "../../../src/core/credits/pricing.ts";
import { plans } from "../../../src/core/plans/plans.ts";

const plain = { resolution: "720p", hasOwnMusic: false, hasPremiumVoice: false, hasAiEnhancement: false } as const;
const creditsFor = (video: Partial<PricedVideo> & { seconds: number }) => priceVideo({ ...plain, ...video }).credits;

describe("priceVideo", () => {
  it("prices the three examples of the product page", () => {
    expect(creditsFor({ seconds: 180 })).toBe(15);
    expect(creditsFor({ seconds: 300, resolution: "1080p", hasOwnMusic: true })).toBe(42);
    expect(creditsFor({ seconds: 600, hasPremiumVoice: true })).toBe(53);
  });

  it.each([
    ["720p", 12, 1],
    ["720p", 12.001, 2],
    ["720p", 60, 5],
    ["720p", 60.001, 6],
    ["1080p", 7.5, 1],
    ["1080p", 7.501, 2],
    ["1080p", 59.999, 8],
    ["1080p", 60, 8],
    ["4k", 3.75, 1],
    ["4k", 3.751, 2],
    ["4k", 86_400, 23_040],
    ["4k", 86_399.999, 23_040],
    ["4k", 86_396.25, 23_039],
  ] as const)("%s for %d s costs %d", (resolution, seconds, credits) => {
    expect(creditsFor({ seconds, resolution })).toBe(credits);
  });

  it.each([
    ["less than half a millisecond over", 180.0000001, 15],
    ["just under half a millisecond over", 180.00049, 15],
    ["half a millisecond over", 180.0005, 16],
    ["a millisecond over", 180.001, 16],
    ["a millisecond under", 179.999, 15],
    ["0.1 + 0.2 in floating point, under the first edge", 0.1 + 0.2, 1],
    ["thirds of a minute", (1 / 3) * 60 * 9, 15],
    ["4.1 minutes in floating point", 4.1 * 60, 21],
    ["a sum of scenes that misses 12 s by float noise", 0.1 * 3 + 11.7, 1],
  ])("does not charge for float noise: %s", (_name, seconds, credits) => {
    expect(creditsFor({ seconds })).toBe(credits);
  });

  it("agrees with exact arithmetic on whole milliseconds, for every rate", () => {
    for (let milliseconds = 1n; milliseconds < 200_000n; milliseconds += 7n) {
      for (const [resolution, rate] of [
        ["720p", 5n],
        ["1080p", 8n],
        ["4k", 16n],
      ] as const) {
        const exact = (rate * milliseconds + 59_999n) / 60_000n;
        expect(creditsFor({ seconds: Number(milliseconds) / 1000, resolution })).toBe(Number(exact));
      }
    }
  });

  it("costs at least one credit, and extras come on top of it", () => {
    expect(creditsFor({ seconds: 0.0001 })).toBe(1);
    expect(creditsFor({ seconds: 1 })).toBe(1);
    expect(creditsFor({ seconds: 0.0001, hasOwnMusic: true })).toBe(3);
  });

  it("says what each part costs, adding up to the whole", () => {
    const price = priceVideo({
      seconds: 90,
      resolution: "4k",
      hasOwnMusic: true,
      hasPremiumVoice: true,
      hasAiEnhancement: true,
    });
    expect(price).toEqual({
      credits: 33,
      breakdown: [
        { item: "video_4k", credits: 24 },
        { item: "own_music", credits: 2 },
        { item: "premium_voice", credits: 3 },
        { item: "ai_enhancement", credits: 4 },
      ],
    });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("throws for a length of %d s", (seconds) => {
    expect(() => creditsFor({ seconds })).toThrow("length");
  });
});

describe("priceOnPlan", () => {
  const price = priceVideo({ ...plain, seconds: 180, hasOwnMusic: true });

  it.each(["free", "pro"] as const)("%s pays it whole", (plan) => {
    expect(priceOnPlan(price, plan)).toEqual(price);
  });

  it.each(["premium", "enterprise"] as const)("%s pays none, and sees why", (plan) => {
    expect(priceOnPlan(price, plan)).toEqual({
      credits: 0,
      breakdown: [...price.breakdown, { item: "included_in_plan", credits: -17 }],
    });
  });

  it.each(plans)("adds up on %s", (plan) => {
    const { credits, breakdown } = priceOnPlan(price, plan);
    expect(breakdown.reduce((sum, line) => sum + line.credits, 0)).toBe(credits);
  });
});
