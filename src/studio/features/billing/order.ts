/** What can be bought here, and what it costs. */
import type { Currency, PaymentAnswer } from "../../../contract/payments.ts";

export const packageIds = ["starter", "pro", "business", "enterprise"] as const;
export type PackageId = (typeof packageIds)[number];
/** A package, or a number of one's own. */
export type Wanted = PackageId | "own";
/** From least to most. */
export const planRanks = ["free", "pro", "premium", "enterprise"] as const;
/** The plans that have a price. */
export const soldPlans = ["pro", "premium"] as const;
export type SoldPlan = (typeof soldPlans)[number];

type Order = { package_id: PackageId } | { plan: SoldPlan } | { amount: number };
/** `amount` is in US cents. */
export type CardOrder = Order;
/** `amount` is in whole shillings. */
export type PhoneOrder = Order;

export const payMethods = ["mpesa", "card"] as const;
export type PayMethod = (typeof payMethods)[number];

/** A number of one's own, each for KES 25 or USD 0.20; minor units, as `money` takes them. */
export const ownPrices = {
  mpesa: { amount: 25_00, currency: "KES" },
  card: { amount: 20, currency: "USD" },
} as const satisfies Record<PayMethod, { amount: number; currency: Currency }>;
/** Stripe takes USD 0.50 or more. */
export const ownCreditsMin: Record<PayMethod, number> = { mpesa: 1, card: 3 };
/** M-Pesa moves KES 250,000 at most, and the service sells no more by card. */
export const ownCreditsMax = 10_000;

export function isPackageId(id: string | undefined): id is PackageId {
  return packageIds.some((one) => one === id);
}

export function isSoldPlan(id: string | undefined): id is SoldPlan {
  return soldPlans.some((one) => one === id);
}

/** null: not a whole number of credits that can be bought. */
export function readOwnCredits(text: string, method: PayMethod): number | null {
  const digits = text.replace(/[\s,.]/g, "");
  const credits = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return credits >= ownCreditsMin[method] && credits <= ownCreditsMax ? credits : null;
}

/** As the service reads numbers: Kenyan mobile ones, in any spelling. */
export function isKenyanMobile(text: string): boolean {
  return /^(?:\+?254|0)?[17]\d{8}$/.test(text.normalize("NFKC").replace(/[\s-]/g, ""));
}

/** What a payment was for, to be ordered again; null: it is not sold here any more. */
export function orderOf({ purpose, package_id: packageId, plan, amount }: PaymentAnswer): PhoneOrder | null {
  if (purpose === "amount") return { amount: amount / 100 };
  if (purpose === "package") return isPackageId(packageId) ? { package_id: packageId } : null;
  return isSoldPlan(plan) ? { plan } : null;
}
