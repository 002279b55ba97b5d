import { describe, expect, it } from "vitest";
import { returnPath } from "../../../src/core/accounts/oauth/return-path.ts";

describe("where somebody comes back to", () => {
  it.each([
    ["/"],
    ["/videos"],
    ["/videos?page=2&sort=new#top"],
    ["/%2F/evil.example"],
    ["/@evil.example"],
    [`/${"a".repeat(499)}`],
  ])("%s is a path of ours", (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it("is written as browsers write it", () => {
    expect(returnPath("/café")).toBe("/caf%C3%A9");
    expect(returnPath("/a/../videos")).toBe("/videos");
  });

  it.each([
    [undefined],
    [""],
    ["videos"],
    ["https://evil.example/"],
    ["javascript:alert(1)"],
    ["//evil.example"],
    ["///evil.example"],
    ["/\\evil.example"],
    ["\\\\evil.example"],
    ["/videos\\..\\\\evil.example"],
    ["/\t/evil.example"],
    ["/\n/evil.example"],
    ["/\u0000/evil.example"],
    [" /evil.example"],
    ["/a b"],
    ["/..//evil.example"],
    [`/${"a".repeat(500)}`],
    [`/${"é".repeat(100)}`],
  ])("%j is not", (path) => {
    expect(returnPath(path)).toBe("/");
  });
});
