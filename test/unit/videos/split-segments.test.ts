import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSegments } from "../../../src/core/videos/parts.ts";

const fps = 30;
const segmentsOf = (...seconds: number[]) => seconds.map((one, index) => ({ key: `s${index}`, frames: one * fps }));

describe("a spread over containers", () => {
  it("is not made of a short video, nor where there is one container", () => {
    const short = segmentsOf(10, 10);
    expect(splitSegments(short, fps, 4)).toEqual({ own: ["s0", "s1"], parts: [] });
    const long = segmentsOf(10, 10, 10, 10);
    expect(splitSegments(long, fps, 1)).toEqual({ own: ["s0", "s1", "s2", "s3"], parts: [] });
  });

  it("gives each container what lies together, the lead the beginning", () => {
    expect(splitSegments(segmentsOf(10, 10, 10, 10, 10, 10, 10, 10), fps, 4)).toEqual({
      own: ["s0", "s1"],
      parts: [
        { part: 1, keys: ["s2", "s3"] },
        { part: 2, keys: ["s4", "s5"] },
        { part: 3, keys: ["s6", "s7"] },
      ],
    });
  });

  it("takes no more containers than there is work for: eight seconds each at least", () => {
    expect(splitSegments(segmentsOf(7, 7, 7, 7), fps, 16).parts).toHaveLength(2);
  });

  it("counts frames, not segments: short cross-fades go with their neighbours", () => {
    const { own, parts } = splitSegments(segmentsOf(20, 0.5, 20, 0.5, 20), fps, 3);
    expect([own, ...parts.map(({ keys }) => keys)]).toEqual([["s0", "s1"], ["s2"], ["s3", "s4"]]);
  });

  it("loses none, gives none twice, and no share is longer than its fair part and one segment", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 16 }), (frames, containers) => {
        const segments = frames.map((count, index) => ({ key: `s${index}`, frames: count }));
        const { own, parts } = splitSegments(segments, fps, containers);
        const shares = [own, ...parts.map(({ keys }) => keys)];
        expect(shares.flat()).toEqual(segments.map(({ key }) => key));
        expect(shares.length).toBeLessThanOrEqual(containers);
        expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1));
        const total = frames.reduce((sum, count) => sum + count, 0);
        const most = Math.max(
          ...shares.map((keys) => keys.reduce((sum, key) => sum + (frames[Number(key.slice(1))] ?? 0), 0)),
        );
        if (parts.length > 0) expect(most).toBeLessThanOrEqual(total / 2 + Math.max(...frames));
      }),
    );
  });
});
