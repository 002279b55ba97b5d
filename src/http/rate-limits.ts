/** Who is counted, and how much they may: product.md, Accounts. The outer shield; wrangler.toml holds the same numbers. */
export const rateRules = {
  address: { limit: 60, windowSeconds: 60 },
  user: { limit: 100, windowSeconds: 10 },
} as const;
export type RateClass = keyof typeof rateRules;

export interface RateLimits {
  /** Counts one request of `key`; false: it is over the limit. */
  allows(rateClass: RateClass, key: string): Promise<boolean>;
}
