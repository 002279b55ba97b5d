/** What is for sale and what it costs: packages, free amounts and plans (product.md, Credits and Plans). Minor units throughout. */
import type { FieldError } from "../../contract/errors.ts";
import type { CreateIntentBody, Currency, MpesaBody, PackageName } from "../../contract/payments.ts";
import { creditPackages, type PackageId, packageIds } from "../credits/packages.ts";
import { fail, invariant } from "../fail.ts";
import { type Plan, planPrices } from "../plans/plans.ts";

/** An order with its price as it is now: written down with the payment, so that a later change of prices changes nothing. */
export type Order = {
  purpose: "package" | "amount" | "plan";
  packageId: PackageId | null;
  plan: Plan | null;
  /** Whole credits that are paid for, and those on top. */
  credits: number;
  bonus: number;
  amount: number;
  currency: Currency;
  /** What the payer reads. */
  name: string;
};

/** A credit costs USD 0.20 or KES 25. */
const minorPerCredit: Record<Currency, number> = { USD: 20, KES: 25_00 };
/** KES 250,000, M-Pesa's own limit for one transaction; the same number of credits by card. */
const creditsMax = 10_000;

export function orderOfPackage(name: PackageName, currency: Currency): Order {
  const packageId = packageIds.find((id) => id === name || creditPackages[id].number === Number(name));
  invariant(packageId !== undefined, "the contract lets only packages in");
  const { credits, bonus, prices } = creditPackages[packageId];
  return {
    purpose: "package",
    packageId,
    plan: null,
    credits,
    bonus,
    amount: prices[currency],
    currency,
    name: `${credits + bonus} credits`,
  };
}

/** Refuses `validation_failed` for an amount that buys no whole number of credits, or too many. */
export function orderOfAmount(amount: number, currency: Currency): Order {
  const price = minorPerCredit[currency];
  const credits = amount / price;
  if (!Number.isInteger(credits) || credits < 1) {
    const [cheapest, unit] = currency === "USD" ? ["USD 0.20", "20 cents"] : ["KES 25", "25 shillings"];
    refuseAmount({
      detail: `must buy whole credits: a credit costs ${cheapest}, so give a multiple of ${unit}`,
      code: "not_a_multiple",
      params: { step: unit },
    });
  }
  if (credits > creditsMax) {
    const limit = currency === "USD" ? "USD 2,000" : "KES 250,000";
    refuseAmount({ detail: `at most ${limit} at a time`, code: "too_high", params: { limit } });
  }
  return { purpose: "amount", packageId: null, plan: null, credits, bonus: 0, amount, currency, name: words(credits) };
}

/** What is asked for by phone: `amount` is in whole shillings there, as M-Pesa counts. */
export function orderOfShillings({ package_id: name, amount }: Pick<MpesaBody, "package_id" | "amount">): Order {
  if (name !== undefined) return orderOfPackage(name, "KES");
  invariant(amount !== undefined, "the contract lets in what names a package or an amount");
  return orderOfAmount(amount * 100, "KES");
}

/** What is asked for by card: `amount` is in US cents. */
export function orderOfCents({ package_id: name, amount }: CreateIntentBody): Order {
  if (name !== undefined) return orderOfPackage(name, "USD");
  invariant(amount !== undefined, "the contract lets in what names a package or an amount");
  return orderOfAmount(amount, "USD");
}

export function orderOfPlan(plan: Plan, currency: Currency): Order {
  const price = planPrices[plan];
  invariant(price !== null, "the contract lets only plans in that are for sale");
  return {
    purpose: "plan",
    packageId: null,
    plan,
    credits: 0,
    bonus: 0,
    amount: price[currency],
    currency,
    name: `Shujaa ${plan} plan, 30 days`,
  };
}

function words(credits: number): string {
  return credits === 1 ? "1 credit" : `${credits} credits`;
}

function refuseAmount(told: Omit<FieldError, "pointer">): never {
  fail("validation_failed", `«/amount»: ${told.detail}. Nothing was charged.`, {
    errors: [{ pointer: "/amount", ...told }],
  });
}
