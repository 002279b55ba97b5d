import type { Context } from "../../context.ts";
import { findPayment } from "../store.ts";
import type { PaymentRow, PhoneStatusAskRow, ProviderEventRow } from "../tables.ts";
import { callPerson, confirmPaid } from "./check-phone-payment.ts";
import { mayBePhone } from "./phone-number.ts";
import { isOfPrompt } from "./prompt-time.ts";
import { readStatusResult, type StatusResult } from "./read-callback.ts";
import { findClaimant } from "./receipt-store.ts";
import { differs, findStatusAsk, noteStatusOutcome } from "./status-store.ts";

/**
 * What M-Pesa's books say of a claimed receipt. It is unsigned like every callback, so it counts only at its own secret address,
 * for the conversation that was begun there, and where payer, payee, amount and moment are those of our payment: then the
 * money is there, and it is credited, once. Anything else leaves the payment as it is.
 */
export async function handleStatusResult(context: Context, event: ProviderEventRow): Promise<string> {
  const { deps } = context;
  const ask = event.paymentId === null ? null : await findStatusAsk(deps, { paymentId: event.paymentId });
  const payment = ask === null ? null : await findPayment(deps, ask.paymentId);
  if (ask === null || payment === null) return "no_payment";
  if (ask.outcome !== null) return "repeat";
  const result = readStatusResult(event.body);
  if (ask.conversationId !== null && result.conversationId !== ask.conversationId) {
    deps.log.write("error", "mpesa_result_of_another", { paymentId: payment.id });
    return "other_conversation";
  }
  const outcome = await judge(context, payment, ask, result);
  await noteStatusOutcome(deps, payment.id, outcome);
  return outcome;
}

async function judge(
  context: Context,
  payment: PaymentRow,
  ask: PhoneStatusAskRow,
  result: StatusResult,
): Promise<string> {
  if (payment.state === "paid") return "already_paid";
  if (result.resultCode === null) return "unclear";
  if (result.resultCode !== "0") return `not_found, ${result.resultCode}`;
  if (result.status !== "Completed") return `not_completed, ${result.status ?? "untold"}`;
  const told = `M-Pesa's books have the receipt ${ask.receipt}, which a callback claimed for this payment,`;
  const difference = differenceOf(context, payment, ask, result);
  if (difference !== null) {
    await callPerson(context, payment, `${told} with another ${difference}. Nothing was credited by it.`);
    return `${differs}, ${difference}`;
  }
  const objection = await objectionTo(context, payment, ask.receipt);
  if (objection === null) return confirmPaid(context, payment);
  await callPerson(context, payment, `${told} and ${objection.words}. Nothing was credited by it.`);
  return `${differs}, ${objection.word}`;
}

/** Why the receipt proves nothing of this payment, though it looks like its own; null: it does. One receipt, one payment. */
async function objectionTo(
  { deps }: Context,
  payment: PaymentRow,
  receipt: string,
): Promise<{ word: string; words: string } | null> {
  if (payment.claimedReceipt !== receipt) return { word: "denied", words: "M-Pesa has denied that claim since" };
  const claimant = await findClaimant(deps, payment, receipt);
  return claimant === null ? null : { word: "owner", words: `${claimant} has it, or may have it` };
}

/** The first thing that is not our payment's; null: it is ours. What is not told is not ours. */
function differenceOf(
  { deps }: Context,
  payment: PaymentRow,
  ask: PhoneStatusAskRow,
  { receipt, amount, payer, payee, initiatedAtMs }: StatusResult,
): string | null {
  if (receipt !== ask.receipt) return "receipt";
  if (amount === null || amount * 100 !== payment.amount) return "amount";
  if (payer === null || payment.phone === null || !mayBePhone(payment.phone, payer)) return "payer";
  if (payee === null || deps.phones?.isOurs(payee) !== true) return "payee";
  return initiatedAtMs !== null && isOfPrompt(payment.createdAtMs, initiatedAtMs) ? null : "moment";
}
