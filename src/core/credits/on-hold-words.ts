import type { HoldResult } from "./ledger.ts";

export type OnHold = Extract<HoldResult, { code: "account_on_hold" }>;

/** What a caller is told who wants to spend while the account is on hold. */
export function onHoldWords({ reason, owed }: Pick<OnHold, "reason" | "owed">): string {
  const isOne = owed === 1;
  const credits = isOne ? "1 credit" : `${owed} credits`;
  if (reason === "dispute") {
    const besides = ` Besides, ${credits} ${isOne ? "is" : "are"} owed, which the next credits you buy settle first.`;
    const words = "A payment is disputed, and nothing can be spent until that is decided. Nothing was charged.";
    return owed === 0 ? words : `${words}${besides}`;
  }
  const settled = isOne ? "the first one settles it" : `the first ${owed} settle it`;
  return `A refund or a dispute took back ${credits} that ${isOne ? "was" : "were"} spent already. Nothing was charged; buy credits, and ${settled}.`;
}
