/**
 * Double entry: every change of the books moves credits from one account (`debit`) to another (`credit`), so that over
 * all accounts debits equal credits, always. An account holds its credits minus its debits; `issued` is where granted
 * credits come from, and the only one that goes below zero.
 */
import type { TransactionType } from "../../contract/credits.ts";
import type { CaptureRequest, GrantRequest, HoldRequest } from "./ledger.ts";

export type Account = "issued" | "available" | "held" | "spent";

export type Posting = {
  /** `capture` moves what was already charged: the customer does not see it, since it leaves the balance as it is. */
  type: TransactionType | "capture";
  debit: Account;
  credit: Account;
  /** Whole credits, above zero. */
  amount: number;
  description: string;
  videoId: string | null;
  paymentId: string | null;
};

export function postGrant(request: GrantRequest): Posting[] {
  const { type, credits, description, paymentId } = request;
  return [
    {
      type,
      debit: "issued",
      credit: "available",
      amount: credits,
      description,
      videoId: null,
      paymentId: paymentId ?? null,
    },
  ];
}

export function postHold(request: HoldRequest): Posting[] {
  const { id, credits, description } = request;
  return withAmount({
    type: "usage",
    debit: "available",
    credit: "held",
    amount: credits,
    description,
    ...ofVideo(id),
  });
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

/** What a posting does to the balance the customer sees. */
export function balanceChange(posting: Pick<Posting, "debit" | "credit" | "amount">): number {
  if (posting.credit === "available") return posting.amount;
  return posting.debit === "available" ? -posting.amount : 0;
}

function ofVideo(videoId: string): Pick<Posting, "videoId" | "paymentId"> {
  return { videoId, paymentId: null };
}

/** A video that costs nothing moves nothing. */
function withAmount(posting: Posting): Posting[] {
  return posting.amount === 0 ? [] : [posting];
}
