import type { Context } from "../../context.ts";
import { markPaid } from "../mark-paid.ts";
import { openStates, type PaymentState } from "../payment-state.ts";
import { findPayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import { askStatus } from "./ask-status.ts";
import { isClaimedPaid, ladderMs, nextCheckAt, unansweredMs } from "./check-schedule.ts";
import { addAttention, claimCheck, endPhonePayment, fillReceipt, findReceiptOwner, noteWhile } from "./phone-store.ts";
import { findSettledByHand } from "./receipt-store.ts";
import { isKnownEnd, resultOf } from "./result-codes.ts";

/** What came of asking; `asked_elsewhere`: somebody else is asking right now. */
export type Verdict = "paid" | "failed" | "expired" | "pending" | "asked_elsewhere";

/** Whoever has taken a turn and dies leaves the next one this far off. */
const turnMs = 5 * 60_000;
const endedStates: readonly PaymentState[] = ["failed", "expired"];

export function isOpen({ state }: Pick<PaymentRow, "state">): boolean {
  return (openStates as readonly PaymentState[]).includes(state);
}

/**
 * Asks M-Pesa once what has become of a payment, and applies it. Its answer is the only proof: nothing is credited, and no
 * claim of a callback's believed, without it. `isFresh`: a callback has just said that it is paid.
 */
export async function checkPhonePayment(
  context: Context,
  payment: PaymentRow,
  { isFresh = false } = {},
): Promise<Verdict> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  if (payment.state === "paid") return "paid";
  if (payment.checkoutRequestId === null) return expireUnanswered(context, payment, nowMs);
  const chance = (deps.randomness.bytes(1)[0] ?? 0) / 256;
  const nextCheckAtMs = nextCheckAt(payment, nowMs, { chance, isFresh });
  const turn = { checkedAtMs: nowMs, nextCheckAtMs: nextCheckAtMs ?? nowMs + turnMs };
  if (!(await claimCheck(deps, payment, turn))) return "asked_elsewhere";

  const outcome =
    deps.phones === null ? ({ state: "pending" } as const) : await deps.phones.query(payment.checkoutRequestId);
  // A callback may have come meanwhile.
  const current = (await findPayment(deps, payment.id)) ?? payment;
  if (outcome.state === "paid") return confirmPaid(context, current);
  if (current.state === "paid") return "paid";
  if (outcome.state === "failed" && isKnownEnd(outcome.resultCode)) {
    return confirmFailed(context, current, outcome.resultCode);
  }
  return stayPending(context, current, nextCheckAtMs);
}

/** M-Pesa was asked to ring and did not answer, nor call back: there is no id to ask by. A late callback still counts. */
async function expireUnanswered(context: Context, payment: PaymentRow, nowMs: number): Promise<Verdict> {
  if (!isOpen(payment) || nowMs - payment.createdAtMs < unansweredMs) return "pending";
  await endPhonePayment(context, payment, "expired", { nextCheckAtMs: null });
  return "expired";
}

/** The money is there. A receipt that a callback has told counts from now on, unless another payment has it. */
export async function confirmPaid(context: Context, payment: PaymentRow): Promise<Verdict> {
  const { claimedReceipt } = payment;
  if (payment.state !== "paid" && claimedReceipt !== null) {
    const settled = await findSettledByHand(context.deps, claimedReceipt);
    if (settled !== null) return leaveToPerson(context, payment, claimedReceipt, settled);
  }
  const isFree = claimedReceipt !== null && (await isReceiptFree(context, payment, claimedReceipt));
  await markPaid(context, payment, isFree ? { receipt: claimedReceipt } : {});
  return "paid";
}

/** An operator has sent its money back, or given what it bought in another way: nothing is given twice. */
async function leaveToPerson(
  context: Context,
  payment: PaymentRow,
  receipt: string,
  settled: string,
): Promise<Verdict> {
  const words = `M-Pesa says that this is paid by the receipt ${receipt}, which an operator has dealt with: «${settled}». Nothing was credited.`;
  await callPerson(context, payment, words);
  const change = { failureCode: "settled_by_hand", nextCheckAtMs: null };
  if (!(await endPhonePayment(context, payment, "failed", change))) {
    await noteWhile(context.deps, payment.id, endedStates, change);
  }
  return "failed";
}

async function isReceiptFree(context: Context, payment: PaymentRow, receipt: string): Promise<boolean> {
  const owner = await findReceiptOwner(context.deps, receipt);
  if (owner === null || owner.id === payment.id) return true;
  await callPerson(context, payment, `A callback claimed the receipt ${receipt}, which belongs to ${owner.id}.`);
  return false;
}

/** The receipt of a payment that is paid: of a callback that came after the money was confirmed without it. */
export async function tellReceipt(context: Context, payment: PaymentRow, receipt: string): Promise<void> {
  if (payment.receipt === receipt) return;
  if (payment.receipt !== null) {
    const words = `A second receipt, ${receipt}, was told for this payment: it may have been paid twice.`;
    await callPerson(context, payment, words);
  } else if (await isReceiptFree(context, payment, receipt)) {
    await fillReceipt(context.deps, payment.id, receipt);
  }
}

async function confirmFailed(context: Context, payment: PaymentRow, resultCode: string): Promise<Verdict> {
  const { deps } = context;
  tellOurFault(context, payment, resultCode);
  const { claimedReceipt } = payment;
  const isDenied = isClaimedPaid(payment);
  if (isDenied) {
    const words = `A callback said that this is paid (receipt ${claimedReceipt ?? "none"}), and M-Pesa says it is not: ${resultCode}. Nothing was credited.`;
    await callPerson(context, payment, words);
  }
  // What was denied must not become the receipt of a later success.
  const change = { nextCheckAtMs: null, claimedReceipt: null };
  if (!(await endPhonePayment(context, payment, "failed", { ...change, failureCode: resultCode }))) {
    await noteWhile(deps, payment.id, endedStates, change);
  }
  return "failed";
}

async function stayPending(context: Context, payment: PaymentRow, nextCheckAtMs: number | null): Promise<Verdict> {
  const { deps } = context;
  if (isClaimedPaid(payment)) await askStatus(context, payment);
  const isOver = deps.clock.now() - payment.createdAtMs >= ladderMs;
  const isLast = nextCheckAtMs === null;
  if (isOpen(payment) ? !isOver : !isLast) return "pending";
  if (isClaimedPaid(payment)) {
    const words = `A callback said that this is paid (receipt ${payment.claimedReceipt ?? "none"}), and M-Pesa has not confirmed it. Nothing was credited.`;
    await callPerson(context, payment, words);
  }
  if (isOpen(payment)) await endPhonePayment(context, payment, "expired", { nextCheckAtMs });
  else await noteWhile(deps, payment.id, endedStates, { nextCheckAtMs });
  return "expired";
}

/** What a person has to look at. */
export async function callPerson(context: Context, payment: Pick<PaymentRow, "id">, words: string): Promise<void> {
  context.deps.log.write("error", "payment_needs_a_person", { paymentId: payment.id, words });
  await addAttention(context.deps, payment.id, words);
}

export function tellOurFault({ deps }: Context, payment: Pick<PaymentRow, "id">, resultCode: string): void {
  if (resultOf(resultCode).isOurFault)
    deps.log.write("error", "mpesa_set_up_is_wrong", { paymentId: payment.id, resultCode });
}
