import type { PackagesAnswer } from "../../contract/credits.ts";
import { creditPackages, packageIds } from "./packages.ts";

/** The packages, cheapest first. Prices in minor units; `per_credit` in major units, to three decimals, bonus included. */
export function listPackages(): PackagesAnswer {
  return {
    data: packageIds.map((id) => {
      const { number, credits, bonus, prices } = creditPackages[id];
      const total = credits + bonus;
      return {
        id,
        number,
        credits,
        bonus,
        total,
        prices: { USD: { amount: prices.USD, currency: "USD" }, KES: { amount: prices.KES, currency: "KES" } },
        per_credit: { USD: majorPerCredit(prices.USD, total), KES: majorPerCredit(prices.KES, total) },
      };
    }),
  };
}

function majorPerCredit(minorUnits: number, credits: number): number {
  return Math.round((minorUnits * 10) / credits) / 1000;
}
