import { describe, expect, it } from "vitest";
import { parseRange } from "../../../src/platform/file-store.ts";

describe("parseRange, of a file of 10 bytes", () => {
  it.each([
    ["bytes=0-0", 0, 1],
    ["bytes=0-9", 0, 10],
    ["bytes=0-10", 0, 10],
    ["bytes=9-9", 9, 1],
    ["bytes=9-", 9, 1],
    ["bytes=3-5", 3, 3],
    ["bytes=-1", 9, 1],
    ["bytes=-10", 0, 10],
    ["bytes=-11", 0, 10],
    [" bytes=0-0 ", 0, 1],
    ["bytes=0-999999999999999", 0, 10],
  ])("%s is %i bytes on, %i long", (range, offset, length) => {
    expect(parseRange(range, 10)).toEqual({ offset, length });
  });

  it.each(["bytes=10-", "bytes=10-10", "bytes=99-100", "bytes=-0"])("%s is not there", (range) => {
    expect(parseRange(range, 10)).toBe("unsatisfiable");
  });

  it.each([
    "",
    "bytes",
    "bytes=",
    "bytes=-",
    "bytes=5-3",
    "bytes=a-b",
    "bytes=0-1,3-4",
    "items=0-1",
    "bytes=0x1-2",
    "bytes=1.5-2",
  ])("%j is to be ignored", (range) => {
    expect(parseRange(range, 10)).toBeNull();
  });

  it("has no byte to give of an empty file", () => {
    expect([parseRange("bytes=0-", 0), parseRange("bytes=-5", 0)]).toEqual(["unsatisfiable", "unsatisfiable"]);
  });
});
