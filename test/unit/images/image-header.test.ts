import { describe, expect, it } from "vitest";
import { readImageHeader } from "../../../src/core/images/image-header.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAFCAIAAADzBuo/AAAAEklEQVR4nGNgYPhPAA1J6f//AQBzTzHP3qR7zgAAAABJRU5ErkJggg==",
  "base64",
);
const segment = (marker: number, bytes: number[]) => [0xff, marker, 0, bytes.length + 2, ...bytes];
const frame = [8, 0x02, 0xd0, 0x05, 0x00, 1, 1, 0x11, 0];
const jpeg = (...segments: number[][]) => Uint8Array.from([0xff, 0xd8, ...segments.flat(), 0xff, 0xd9]);

describe("the header of an image", () => {
  it("says what it is and how large", () => {
    expect(readImageHeader(png)).toEqual({ contentType: "image/png", width: 10, height: 5 });
    const wide = { contentType: "image/jpeg", width: 1280, height: 720 };
    expect(readImageHeader(jpeg(segment(0xc0, frame)))).toEqual(wide);
    expect(readImageHeader(jpeg(segment(0xe0, [1, 2]), segment(0xc4, frame), segment(0xc2, frame)))).toEqual(wide);
    expect(readImageHeader(jpeg([0xff, 0xff], segment(0xc0, frame)))).toEqual(wide);
  });

  it("is read where the bytes lie, not where their buffer begins", () => {
    const whole = new Uint8Array(png.length + 7);
    whole.set(png, 7);
    expect(readImageHeader(whole.subarray(7))).toMatchObject({ width: 10, height: 5 });
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["text", Buffer.from("a drawn picture, or so it says")],
    ["half a PNG", png.subarray(0, 20)],
    ["a JPEG without a frame", jpeg(segment(0xe0, [1, 2]))],
    ["a JPEG that is cut off", jpeg(segment(0xc0, frame)).subarray(0, 8)],
    ["a JPEG of no size", jpeg(segment(0xc0, [8, 0, 0, 0, 0, 1, 1, 0x11, 0]))],
    ["a JPEG whose segments lead nowhere", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 1, 2, 3, 4, 5])],
  ])("is not found in %s", (_what, bytes) => {
    expect(readImageHeader(bytes)).toBeNull();
  });
});
