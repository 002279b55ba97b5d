import { expect, it } from "vitest";
import { assetName } from "../../../src/core/assets/asset-name.ts";

it.each([
  ["market.jpg", "market.jpg"],
  ["C:\\Users\\Amina\\picha yangu.png", "picha yangu.png"],
  ["../../etc/passwd", "passwd"],
  ["/", "image"],
  ["..hidden", "hidden"],
  ['a"b<c>d|e?.png', "abcde.png"],
  ["a\u0000b\r\nc\u202egnp.exe", "abcgnp.exe"],
  ["  much   room .mp3 ", "much room .mp3"],
  ["ምስል.png", "ምስል.png"],
  ["صورة.png", "صورة.png"],
  ["", "image"],
  [null, "image"],
  ["a".repeat(300), "a".repeat(120)],
  ["🦁".repeat(300), "🦁".repeat(120)],
])("%j is called %j", (given, expected) => {
  expect(assetName(given, "image")).toBe(expected);
});
