import { fail } from "../core/fail.ts";

type RateRule = {
  limit: number;
  windowSeconds: 1 | 60 | 3600;
  /** Whose requests are counted together. */
  per: "address" | "user";
};

/** How often whom: product.md, Accounts, for the first two; every request falls under one of these. */
const general = {
  address: { limit: 60, windowSeconds: 60, per: "address" },
  user: { limit: 10, windowSeconds: 1, per: "user" },
} satisfies Record<string, RateRule>;

/** On top of that, where an operation declares it. */
const tight = {
  // A whole office behind one address signs in within a minute; a list of passwords does not.
  sign_in: { limit: 20, windowSeconds: 60, per: "address" },
  // Each gives away 10 credits, and says whether an e-mail is taken: enough for a class-room, too little for a list.
  sign_up: { limit: 20, windowSeconds: 3600, per: "address" },
  // Each writes to somebody, who may not have asked.
  reset: { limit: 5, windowSeconds: 3600, per: "address" },
  // Each rings a phone or opens a payment at a provider; a person who mistypes has many tries left, a list of cards has not.
  payment: { limit: 30, windowSeconds: 60, per: "user" },
  // Each writes to somebody who has not asked: a company joins within the hour, a mailbox is not flooded.
  invitation: { limit: 60, windowSeconds: 3600, per: "user" },
  // Each reads a whole log out of the one database that all others wait for; once a minute shows all there is to see.
  proof: { limit: 6, windowSeconds: 60, per: "user" },
} satisfies Record<string, RateRule>;

export const rateRules = { ...general, ...tight };
export type RateClass = keyof typeof rateRules;
export type TightClass = keyof typeof tight;

export type Verdict = {
  rateClass: RateClass;
  rule: RateRule;
  isAllowed: boolean;
  /** null: the exact count could not be asked, and the shield alone has decided. */
  quota: { remaining: number; resetSeconds: number } | null;
  /** As if it had never been counted. */
  giveBack(): Promise<void>;
};

export interface RateLimits {
  /**
   * Counts one request of `key`. Never throws: what limits must not take the service down. `shieldKey` is whom the outer
   * shield counts, where that is somebody else.
   */
  take(rateClass: RateClass, key: string, shieldKey?: string): Promise<Verdict>;
}

/** The fields of draft-ietf-httpapi-ratelimit-headers-10: `t` is when more becomes available. */
export function rateFields(verdicts: readonly Verdict[]): [name: string, value: string][] {
  const policies = verdicts.map(
    ({ rateClass, rule }) => `"${rateClass}";q=${rule.limit};w=${rule.windowSeconds}` as const,
  );
  const limits = verdicts.flatMap(({ rateClass, quota }) =>
    quota === null ? [] : [`"${rateClass}";r=${quota.remaining};t=${quota.resetSeconds}`],
  );
  return [
    ["RateLimit-Policy", policies.join(", ")],
    ["RateLimit", limits.join(", ")],
  ].filter((field): field is [string, string] => field[1] !== "");
}

const whatWasTooMuch: Record<RateClass, string> = {
  address: "Too many requests from this address without signing in",
  user: "Too many requests by this account",
  sign_in: "Too many sign-ins from this address",
  sign_up: "Too many new accounts from this address",
  reset: "Too many password resets from this address",
  payment: "Too many payments begun by this account",
  invitation: "Too many invitations by this account",
  proof: "Too many proofs of the audit log by this account",
};

const per = { 1: "a second", 60: "a minute", 3600: "an hour" } as const;

/** Refuses what a verdict does not allow. */
export function enforce({ isAllowed, rateClass, rule, quota }: Verdict): void {
  if (isAllowed) return;
  const seconds = quota?.resetSeconds ?? rule.windowSeconds;
  const limit = `${rule.limit} ${per[rule.windowSeconds]} are possible`;
  fail(
    "rate_limited",
    `${whatWasTooMuch[rateClass]}: ${limit}. Nothing was done or charged; try again in ${spell(seconds)}.`,
    { retry_after: seconds },
  );
}

function spell(seconds: number): string {
  if (seconds >= 120) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
