import { expect, test } from "vitest";
import { clock, duration, fileSize, money, priceEach } from "../../../src/studio/ui/figures.ts";

test("money is shown exactly", () => {
  expect(money({ amount: 125_000, currency: "KES" })).toBe("KES 1,250");
  expect(money({ amount: 125_050, currency: "KES" })).toBe("KES 1,250.50");
  expect(money({ amount: 999, currency: "USD" })).toBe("USD 9.99");
  expect(money({ amount: 29_999_900, currency: "USD" })).toBe("USD 299,999.00");
});

test("the price of one credit has its cents, and a third digit only where it says something", () => {
  expect([0.2, 0.19, 0.182, 1].map((major) => priceEach(major, "USD"))).toEqual([
    "USD 0.20",
    "USD 0.19",
    "USD 0.182",
    "USD 1.00",
  ]);
  expect([25, 22.5, 23.809].map((major) => priceEach(major, "KES"))).toEqual(["KES 25", "KES 22.50", "KES 23.81"]);
});

test("times and sizes are as exact as anybody cares", () => {
  expect([0.2, 42, 60, 80, 3_600].map((seconds) => duration(seconds, "en"))).toEqual([
    "1 s",
    "42 s",
    "1 min",
    "1 min 20 s",
    "60 min",
  ]);
  expect(duration(80, "sw")).toBe("1 dak 20 sek");
  expect([9, 65.4, 725].map(clock)).toEqual(["0:09", "1:05", "12:05"]);
  expect([300, 84_000, 3_600_000].map(fileSize)).toEqual(["1 kB", "84 kB", "3.6 MB"]);
});
