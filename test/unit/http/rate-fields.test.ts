import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../../src/core/fail.ts";
import { countedAddress, isThisMachine } from "../../../src/http/counted-address.ts";
import { enforce, type RateClass, rateFields, rateRules, type Verdict } from "../../../src/http/rate-limits.ts";

function verdict(rateClass: RateClass, quota: Verdict["quota"], isAllowed = true): Verdict {
  return { rateClass, rule: rateRules[rateClass], isAllowed, quota, giveBack: async () => undefined };
}

describe("the fields of the draft", () => {
  it("name the policy and what is left of it", () => {
    expect(rateFields([verdict("user", { remaining: 9, resetSeconds: 1 })])).toEqual([
      ["RateLimit-Policy", '"user";q=10;w=1'],
      ["RateLimit", '"user";r=9;t=1'],
    ]);
  });

  it("name each policy that applies, in one list", () => {
    const both = [
      verdict("user", { remaining: 3, resetSeconds: 1 }),
      verdict("payment", { remaining: 0, resetSeconds: 41 }),
    ];
    expect(rateFields(both)).toEqual([
      ["RateLimit-Policy", '"user";q=10;w=1, "payment";q=30;w=60'],
      ["RateLimit", '"user";r=3;t=1, "payment";r=0;t=41'],
    ]);
  });

  it("say nothing of what is left when nobody knows, and nothing at all when nothing is counted", () => {
    expect(rateFields([verdict("address", null)])).toEqual([["RateLimit-Policy", '"address";q=60;w=60']]);
    expect(rateFields([])).toEqual([]);
  });
});

describe("a refusal", () => {
  function refusalOf(refused: Verdict): Refusal {
    try {
      enforce(refused);
    } catch (error) {
      if (error instanceof Refusal) return error;
    }
    throw new Error("it was let through");
  }

  it.each<[RateClass, number, string]>([
    [
      "address",
      17,
      "Too many requests from this address without signing in: 60 a minute are possible. Nothing was done or charged; try again in 17 seconds.",
    ],
    [
      "user",
      1,
      "Too many requests by this account: 10 a second are possible. Nothing was done or charged; try again in 1 second.",
    ],
    [
      "sign_in",
      119,
      "Too many sign-ins from this address: 20 a minute are possible. Nothing was done or charged; try again in 119 seconds.",
    ],
    [
      "sign_up",
      3001,
      "Too many new accounts from this address: 20 an hour are possible. Nothing was done or charged; try again in 51 minutes.",
    ],
    [
      "reset",
      120,
      "Too many password resets from this address: 5 an hour are possible. Nothing was done or charged; try again in 2 minutes.",
    ],
    [
      "payment",
      30,
      "Too many payments begun by this account: 30 a minute are possible. Nothing was done or charged; try again in 30 seconds.",
    ],
  ])("says which limit it was: %s", (rateClass, resetSeconds, words) => {
    const refusal = refusalOf(verdict(rateClass, { remaining: 0, resetSeconds }, false));
    expect(refusal).toMatchObject({ code: "rate_limited", detail: words, data: { retry_after: resetSeconds } });
  });

  it("is none where the verdict is to let in", () => {
    expect(enforce(verdict("user", { remaining: 0, resetSeconds: 1 }))).toBeUndefined();
    expect(enforce(verdict("user", null))).toBeUndefined();
  });
});

describe("whom an address is counted as", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::6", "2001:db8:1:3::/64"],
    ["2001:DB8::1", "2001:db8:0:0::/64"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["not an address", "unknown"],
  ])("%s as %s", (address, expected) => expect(countedAddress(address)).toBe(expected));

  it("nobody's as one", () => expect(countedAddress(null)).toBe("unknown"));

  it.each([
    ["127.0.0.1", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["10.0.0.1", false],
    ["203.0.113.9", false],
    ["2001:db8::1", false],
    ["", false],
  ])("%s is this machine: %s", (address, expected) => expect(isThisMachine(address)).toBe(expected));
});

describe("the outer shield", () => {
  const wrangler = readFileSync(join(import.meta.dirname, "../../../wrangler.toml"), "utf8");

  it.each(["address", "user"] as const)("of each %s takes several times what the exact limit does", (rateClass) => {
    const found = new RegExp(`name = "RATE_LIMIT_${rateClass.toUpperCase()}"[^[]*limit = (\\d+), period = (\\d+)`).exec(
      wrangler,
    );
    const { limit, windowSeconds } = rateRules[rateClass];
    const perSecond = Number(found?.[1]) / Number(found?.[2]);
    expect(perSecond / (limit / windowSeconds)).toBeGreaterThanOrEqual(2);
    expect(perSecond / (limit / windowSeconds)).toBeLessThanOrEqual(5);
  });
});
