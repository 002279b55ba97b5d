import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrameReader, encodeFrame } from "../../../container/voice/frames.ts";

describe("frames over a pipe", () => {
  it("arrive whole and in order however they are cut", () => {
    const frames = fc.array(fc.tuple(fc.string(), fc.uint8Array({ maxLength: 300 })), { maxLength: 6 });
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 50 }), (sent, chunkBytes) => {
        const stream = Buffer.concat(sent.map(([text, body]) => encodeFrame({ text }, body)));
        const received: [string, number[]][] = [];
        const read = createFrameReader<{ text: string }>(10_000, ({ text }, body) => received.push([text, [...body]]));
        for (let start = 0; start < stream.length; start += chunkBytes)
          read(stream.subarray(start, start + chunkBytes));
        expect(received).toEqual(sent.map(([text, body]) => [text, [...body]]));
      }),
    );
  });

  it("refuses a frame over its limit before holding it", () => {
    const read = createFrameReader(100, () => {});
    expect(() => read(encodeFrame({}, new Uint8Array(200)).subarray(0, 12))).toThrow(RangeError);
  });
});
