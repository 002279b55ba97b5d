/**
 * Double entry: every change of the books moves credits from one account (`debit`) to another (`credit`), so that over
 * all accounts debits equal credits, always. An account holds its credits minus its debits. `issued` is where granted
 * credits come from, and `owed` what was taken back after it had been spent: the only ones that go below zero.
 */
import type { EntryType, LedgerAccount } from "../../contract/credits.ts";
import type { AdjustRequest, CaptureRequest, GrantRequest, HoldRequest, WaiveRequest } from "./ledger.ts";

export type Posting = {
  type: EntryType;
  debit: LedgerAccount;
  credit: LedgerAccount;
  /** Whole credits, above zero; zero only for `usage`. */
  amount: number;
  description: string;
  videoId: string | null;
  paymentId: string | null;
};

/** What the customer can spend, and what is owed: never below zero, and never both above it. */
export type Balances = { available: number; owed: number };
/** What is posted in one go, and what the accounts hold after it. */
export type Booking = { postings: Posting[]; after: Balances };

const hiddenTypes: readonly EntryType[] = ["capture", "shortfall", "waiver"];

/** Moves what leaves the balance as it is, and so is no transaction of the customer's. */
export function isHidden(type: EntryType): boolean {
  return hiddenTypes.includes(type);
}

export function postGrant(request: GrantRequest): Posting[] {
  const { type, credits, bonus = 0, description } = request;
  const arrival = {
    debit: "issued",
    credit: "available",
    videoId: null,
    paymentId: request.paymentId ?? null,
  } as const;
  return [
    { type, amount: credits, description, ...arrival },
    ...withAmount({ type: "bonus", amount: bonus, description: `Bonus: ${description}`, ...arrival }),
  ];
}

export function postAdjust({ credits, description }: AdjustRequest): Posting[] {
  const [debit, credit] = credits > 0 ? (["issued", "available"] as const) : (["available", "issued"] as const);
  return [{ type: "adjustment", debit, credit, amount: Math.abs(credits), description, ...ofNothing }];
}

export function postWaive({ description }: WaiveRequest, owed: number): Posting[] {
  return withAmount({ type: "waiver", debit: "issued", credit: "owed", amount: owed, description, ...ofNothing });
}

/** One that costs nothing is posted too: the history shows it, and the cron finds it when its video was never written. */
export function postHold(request: HoldRequest): Posting[] {
  const { id, credits, description } = request;
  return [{ type: "usage", debit: "available", credit: "held", amount: credits, description, ...ofVideo(id) }];
}

export function postCapture(request: CaptureRequest, heldCredits: number): Posting[] {
  const { holdId, credits } = request;
  const rest = heldCredits - credits;
  return [
    ...withAmount({
      type: "capture",
      debit: "held",
      credit: "spent",
      amount: credits,
      description: "Made",
      ...ofVideo(holdId),
    }),
    ...withAmount({
      type: "refund",
      debit: "held",
      credit: "available",
      amount: rest,
      description: "Given back: the video cost less than quoted",
      ...ofVideo(holdId),
    }),
  ];
}

export function postRelease(request: { holdId: string; reason: string }, heldCredits: number): Posting[] {
  return withAmount({
    type: "refund",
    debit: "held",
    credit: "available",
    amount: heldCredits,
    description: request.reason,
    ...ofVideo(request.holdId),
  });
}

/** What arrived is collected first of all, for as long as something is owed: one is never owed by whoever has credits. */
export function collectOwed(postings: readonly Posting[], before: Balances): Booking {
  const arrived = balancesAfter(postings, before);
  const collected = withAmount({
    type: "adjustment",
    debit: "available",
    credit: "owed",
    amount: Math.min(arrived.available, arrived.owed),
    description: "Collected: credits owed since a refund or a dispute",
    ...ofNothing,
  });
  return { postings: [...postings, ...collected], after: balancesAfter(collected, arrived) };
}

function balancesAfter(postings: readonly Posting[], before: Balances): Balances {
  return {
    available: before.available + sum(postings, (posting) => change("available", posting)),
    owed: before.owed - sum(postings, (posting) => change("owed", posting)),
  };
}

/** What a posting does to the balance the customer sees. */
export function balanceChange(posting: Pick<Posting, "debit" | "credit" | "amount">): number {
  return change("available", posting);
}

function change(account: LedgerAccount, { debit, credit, amount }: Pick<Posting, "debit" | "credit" | "amount">) {
  if (credit === account) return amount;
  // Not a minus before the amount: that would make a zero of its own kind of zero.
  return debit === account ? 0 - amount : 0;
}

function sum(postings: readonly Posting[], of: (posting: Posting) => number): number {
  return postings.reduce((total, posting) => total + of(posting), 0);
}

const ofNothing = { videoId: null, paymentId: null };

function ofVideo(videoId: string): Pick<Posting, "videoId" | "paymentId"> {
  return { videoId, paymentId: null };
}

export function withAmount(posting: Posting): Posting[] {
  return posting.amount === 0 ? [] : [posting];
}
