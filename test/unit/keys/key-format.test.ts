import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPageOrigin, keyExpression } from "../../../src/contract/keys.ts";
import { hashOfKey } from "../../../src/core/accounts/keys/hash-key.ts";
import { isWellFormed, looksLikeKey, newKey, shownOf } from "../../../src/core/accounts/keys/key-format.ts";

const kinds = [
  ["secret", true, "sk_live_"],
  ["secret", false, "sk_test_"],
  ["embed", true, "pk_"],
  ["embed", false, "pk_"],
] as const;
const fresh = (length: number) => new Uint8Array(randomBytes(length));
const make = (kind: "secret" | "embed" = "secret", isProduction = true) => newKey(kind, isProduction, fresh);

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
function numberOf(digits: string): number {
  return [...digits].reduce((number, digit) => number * 62 + base62.indexOf(digit), 0);
}

describe("a key", () => {
  it.each(kinds)("that is %s, production %s, begins with %s and is found by scanners", (kind, isProduction, prefix) => {
    const key = make(kind, isProduction);
    expect(key.startsWith(prefix)).toBe(true);
    expect(key).toHaveLength(prefix.length + 38);
    expect(isWellFormed(key)).toBe(true);
    expect(looksLikeKey(key)).toBe(true);
    expect(`token: "${key}",`.match(new RegExp(keyExpression))?.[0]).toBe(key);
    expect(shownOf(key)).toEqual({ prefix: key.slice(0, prefix.length + 4), lastFour: key.slice(-4) });
  });

  it("ends with the CRC-32 of all before it, as zlib reckons it", () => {
    for (let made = 0; made < 200; made += 1) {
      const key = make();
      expect(numberOf(key.slice(-6))).toBe(crc32(key.slice(0, -6)));
    }
  });

  it("is made of every character as often as of any other", () => {
    const counts = new Map<string, number>();
    const perCharacter = 500;
    for (let made = 0; made < (perCharacter * 62) / 31; made += 1)
      for (const character of make().slice(8, 39)) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // Were bytes simply taken modulo 62, the first eight characters would come a quarter more often. Six deviations are 134.
    const first = [..."01234567"].reduce((sum, character) => sum + (counts.get(character) ?? 0), 0) / 8;
    expect(Math.abs(first - perCharacter)).toBeLessThan(60);
    for (const count of counts.values()) expect(Math.abs(count - perCharacter)).toBeLessThan(134);
  });

  it("waits for bytes that are fair, however many are not", () => {
    let asked = 0;
    const unfairFirst = (length: number) => new Uint8Array(length).fill(asked++ < 3 ? 255 : 10);
    expect(newKey("embed", true, unfairFirst).slice(3, 35)).toBe("A".repeat(32));
  });
});

describe("a key with one character changed", () => {
  it("is never taken for a key, whichever character and whatever it became", async () => {
    const key = fc.constantFrom(...kinds).map(([kind, isProduction]) => make(kind, isProduction));
    const change = fc.tuple(key, fc.nat(), fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 }));
    let digested = 0;
    const digests = {
      sha256: async (text: string) => {
        digested += 1;
        return new Uint8Array(createHash("sha256").update(text).digest());
      },
    };
    await fc.assert(
      fc.asyncProperty(change, async ([original, place, character]) => {
        const at = place % original.length;
        fc.pre(original.charAt(at) !== character);
        const changed = original.slice(0, at) + character + original.slice(at + 1);
        expect(isWellFormed(changed)).toBe(false);
        expect(await hashOfKey({ digests }, changed)).toBeNull();
      }),
      { numRuns: 3_000 },
    );
    expect(digested).toBe(0);
    expect(await hashOfKey({ digests }, make())).toMatch(/^[0-9a-f]{64}$/);
  });

  it("nor is one that is longer, shorter, or of another kind", () => {
    const key = make();
    for (const wrong of [
      `${key}0`,
      key.slice(0, -1),
      ` ${key}`,
      `${key}\n`,
      key.replace("sk_live_", "sk_test_"),
      "sk_live_",
      "",
    ])
      expect(isWellFormed(wrong), JSON.stringify(wrong)).toBe(false);
  });
});

describe("an origin of a page", () => {
  it.each([
    "https://example.com",
    "https://www.example.com:8443",
    "https://xn--bcher-kva.example",
    "https://[2001:db8::1]",
    "http://localhost",
    "http://localhost:5173",
    "http://127.0.0.1:8080",
  ])("%s", (origin) => expect(isPageOrigin(origin)).toBe(true));

  it.each([
    "",
    "*",
    "null",
    "example.com",
    "https://",
    "https://example.com/",
    "https://example.com/path",
    "https://example.com:443",
    "https://Example.com",
    "https://bücher.example",
    "https://*.example.com",
    "https://user@example.com",
    "https://example.com?",
    "https://example.com#",
    " https://example.com",
    "http://example.com",
    "http://localhost.example.com",
    "http://127.0.0.2",
    "http://[::1]",
    "ftp://localhost",
    "file://",
    "chrome-extension://abcdefghijklmnop",
    "javascript:alert(1)",
  ])("is not %j", (origin) => expect(isPageOrigin(origin)).toBe(false));
});
