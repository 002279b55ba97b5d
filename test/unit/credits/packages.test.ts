import { expect, it } from "vitest";
import { packagesAnswer } from "../../../src/contract/credits.ts";
import { listPackages } from "../../../src/core/credits/list-packages.ts";

it("lists the four packages of the product page, numbered from 1", () => {
  const { data } = packagesAnswer.parse(listPackages());
  expect(
    data.map((one) => [
      one.number,
      one.id,
      one.credits,
      one.bonus,
      one.total,
      one.prices.USD.amount,
      one.prices.KES.amount,
    ]),
  ).toEqual([
    [1, "starter", 50, 0, 50, 999, 125_000],
    [2, "pro", 150, 10, 160, 2499, 320_000],
    [3, "business", 500, 50, 550, 7999, 1_000_000],
    [4, "enterprise", 2000, 200, 2200, 29_999, 3_800_000],
  ]);
});

it("says what a credit comes to, bonus included, in dollars and shillings", () => {
  expect(listPackages().data.map((one) => one.per_credit)).toEqual([
    { USD: 0.2, KES: 25 },
    { USD: 0.156, KES: 20 },
    { USD: 0.145, KES: 18.182 },
    { USD: 0.136, KES: 17.273 },
  ]);
});
