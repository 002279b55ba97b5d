/**
 * What refunds and disputes take back. Claims are a set: what is taken of a payment follows from the claims that stand now,
 * so that neither their order nor their repeats can matter. Credits are never mixed with money: money only says which
 * part of the granted credits is meant.
 */
import type { ReclaimRequest, RestoreRequest } from "./ledger.ts";
import { type Balances, type Booking, collectOwed, type Posting, withAmount } from "./postings.ts";

/** `credits` were paid for, `bonus` came on top; `taken` of both together, so far, the bonus first. */
export type Payment = { credits: number; bonus: number; taken: number };

/** What is to be taken of a payment in all: the part rounded down, the whole exact. Amounts are minor units of money. */
export function creditsClaimed(payment: Pick<Payment, "credits" | "bonus">, active: number, paid: number): number {
  const granted = payment.credits + payment.bonus;
  if (active >= paid) return granted;
  // The product can pass what a number holds exactly.
  return Number((BigInt(granted) * BigInt(active)) / BigInt(paid));
}

/** null: a claim of the same money. Else how it differs from what is known; null stands for what is not known yet. */
export function describeOtherMoney(
  { amount, paid }: Pick<ReclaimRequest, "amount" | "paid">,
  known: { amount: number | null; paid: number | null },
): string | null {
  if (known.amount !== null && known.amount !== amount) return "this id already names another claim: amount differs";
  if (known.paid !== null && known.paid !== paid) return "an earlier claim says that this payment was paid otherwise";
  return null;
}

export type Taking = Booking & { taken: number };

/** Takes what is there, and writes down the rest as owed. `target`: what is to be taken of the payment in all. */
export function takeBack(
  { paymentId, description }: Pick<ReclaimRequest, "paymentId" | "description">,
  payment: Payment,
  target: number,
  balances: Balances,
): Taking {
  const taken = target - payment.taken;
  const bonus = Math.min(target, payment.bonus) - Math.min(payment.taken, payment.bonus);
  const bonusThere = Math.min(bonus, balances.available);
  const paidThere = Math.min(taken - bonus, balances.available - bonusThere);
  const shortfall = taken - bonusThere - paidThere;
  const ofPayment = { credit: "issued", videoId: null, paymentId } as const;
  const fromBalance = { type: "adjustment", debit: "available", ...ofPayment } as const;
  const postings: Posting[] = [
    ...withAmount({ ...fromBalance, amount: bonusThere, description: `Bonus: ${description}` }),
    ...withAmount({ ...fromBalance, amount: paidThere, description }),
    ...withAmount({ type: "shortfall", debit: "owed", amount: shortfall, description, ...ofPayment }),
  ];
  return { ...collectOwed(postings, balances), taken };
}

export type Returning = Booking & { returned: number };

/** Gives all of the difference back, and then collects from it what is still owed. */
export function giveBack(
  { paymentId, description }: Pick<RestoreRequest, "paymentId" | "description">,
  payment: Payment,
  target: number,
  balances: Balances,
): Returning {
  const returned = payment.taken - target;
  const postings = withAmount({
    type: "adjustment",
    debit: "issued",
    credit: "available",
    amount: returned,
    description,
    videoId: null,
    paymentId,
  });
  return { ...collectOwed(postings, balances), returned };
}
