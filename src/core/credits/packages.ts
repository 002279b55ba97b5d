/** The credit packages on sale: product.md, Credits. */

export const packageIds = ["starter", "pro", "business", "enterprise"] as const;
export type PackageId = (typeof packageIds)[number];

type CreditPackage = {
  /** Its place in the list, from 1: the older way to name a package. */
  number: number;
  credits: number;
  /** Credits on top, not paid for. */
  bonus: number;
  /** Minor units: US cents, Kenyan cents. */
  prices: { USD: number; KES: number };
};

export const creditPackages: Record<PackageId, CreditPackage> = {
  starter: { number: 1, credits: 50, bonus: 0, prices: { USD: 9_99, KES: 1_250_00 } },
  pro: { number: 2, credits: 150, bonus: 10, prices: { USD: 24_99, KES: 3_200_00 } },
  business: { number: 3, credits: 500, bonus: 50, prices: { USD: 79_99, KES: 10_000_00 } },
  enterprise: { number: 4, credits: 2000, bonus: 200, prices: { USD: 299_99, KES: 38_000_00 } },
};
