import type { Context } from "../../context.ts";
import type { PaymentState } from "../payment-state.ts";
import { findPayment, findPaymentBy, movePayment } from "../store.ts";
import type { PaymentRow, ProviderEventRow } from "../tables.ts";
import { callPerson, checkPhonePayment, isOpen, tellOurFault, tellReceipt } from "./check-phone-payment.ts";
import { nextRung } from "./check-schedule.ts";
import { handleReversalResult } from "./handle-reversal-result.ts";
import { handleStatusResult } from "./handle-status-result.ts";
import { adoptRequestIds, endPhonePayment, noteWhile } from "./phone-store.ts";
import { type PhoneCallback, readCallback } from "./read-callback.ts";
import { eventTypes } from "./receive-phone-callback.ts";
import { resultOf } from "./result-codes.ts";

const unpaidStates: readonly PaymentState[] = ["created", "pending", "confirming", "failed", "expired"];
const soonMs = 5_000;
/** The one failure that is asked about before it is believed: it also comes when the phone was only slow. */
const noAnswerCode = "1037";

/**
 * Works on what Daraja has POSTed. Nothing in it is signed, so it is a hint: a success is confirmed by asking M-Pesa
 * before anything is credited, a failure is believed because a later success overturns it.
 */
export async function handlePhoneCallback(context: Context, event: ProviderEventRow): Promise<string> {
  if (event.type === eventTypes.reversal) return handleReversalResult(context, event);
  if (event.type === eventTypes.status) return handleStatusResult(context, event);
  const payment = event.paymentId === null ? null : await findPayment(context.deps, event.paymentId);
  if (payment === null) return "no_payment";
  const callback = readCallback(event.body);
  if (callback === null) {
    context.deps.log.write("error", "mpesa_callback_unreadable", { paymentId: payment.id, eventId: event.id });
    return `unreadable, ${await checkPhonePayment(context, payment)}`;
  }
  const known = await withIds(context, payment, callback);
  if (known === null) return handleStranger(context, payment, callback);
  if (callback.resultCode === "0") return handleSuccess(context, known, callback);
  return handleFailure(context, known, callback);
}

/** The payment with its ids at M-Pesa; null: the callback names others. It may come before our push was answered. */
async function withIds(
  { deps }: Context,
  payment: PaymentRow,
  { checkoutRequestId, merchantRequestId }: PhoneCallback,
): Promise<PaymentRow | null> {
  if (payment.checkoutRequestId !== null) {
    const isOurs = payment.checkoutRequestId === checkoutRequestId && payment.merchantRequestId === merchantRequestId;
    return isOurs ? payment : null;
  }
  if ((await findPaymentBy(deps, { checkoutRequestId })) !== null) return null;
  await adoptRequestIds(deps, payment.id, { checkoutRequestId, merchantRequestId });
  return { ...payment, checkoutRequestId, merchantRequestId };
}

/** It came to this payment's own address and tells of another: M-Pesa is asked about ours, and a person is told of a success. */
async function handleStranger(context: Context, payment: PaymentRow, callback: PhoneCallback): Promise<string> {
  const verdict = await checkPhonePayment(context, payment);
  if (callback.resultCode === "0" && verdict !== "paid") {
    const words = `A callback for this payment tells that ${callback.checkoutRequestId} is paid, which is not its request. Nothing was credited by it.`;
    await callPerson(context, payment, words);
  }
  return `other_ids, ${verdict}`;
}

async function handleSuccess(context: Context, payment: PaymentRow, callback: PhoneCallback): Promise<string> {
  const { deps } = context;
  const { amount, receipt } = callback;
  if (amount !== null && amount * 100 !== payment.amount) return refuseAmount(context, payment, callback);
  if (payment.state !== "paid") {
    // Written first: who dies from here on leaves it to the cron.
    const claim = {
      nextCheckAtMs: deps.clock.now() + soonMs,
      ...(receipt === null ? {} : { claimedReceipt: receipt }),
    };
    if (!(await movePayment(deps, payment.id, "confirming", claim))) {
      await noteWhile(deps, payment.id, unpaidStates, claim);
    }
  }
  const claimed = (await findPayment(deps, payment.id)) ?? payment;
  const verdict = await checkPhonePayment(context, claimed, { isFresh: true });
  const current = (await findPayment(deps, payment.id)) ?? claimed;
  if (current.state === "paid" && receipt !== null) await tellReceipt(context, current, receipt);
  return verdict;
}

/** Nothing is credited, and it is nobody's failure: a person decides. The true callback, should it come, still counts. */
async function refuseAmount(context: Context, payment: PaymentRow, callback: PhoneCallback): Promise<string> {
  const words = `A callback tells of KES ${callback.amount} (receipt ${callback.receipt ?? "none"}) where KES ${payment.amount / 100} was asked for. Nothing was credited by it.`;
  await callPerson(context, payment, words);
  await endPhonePayment(context, payment, "failed", { failureCode: "amount_differs", nextCheckAtMs: null });
  return "amount_differs";
}

async function handleFailure(context: Context, payment: PaymentRow, { resultCode }: PhoneCallback): Promise<string> {
  const { deps } = context;
  if (!isOpen(payment)) {
    if (payment.state === "paid")
      deps.log.write("warn", "mpesa_failure_after_success", { paymentId: payment.id, resultCode });
    return `already_${payment.state}`;
  }
  if (isUndecided(resultCode)) return "still_processing";
  if (resultCode === noAnswerCode || payment.state === "confirming") return checkPhonePayment(context, payment);
  tellOurFault(context, payment, resultCode);
  // Asked about once more, when the ladder would: should the failure be wrong and the success be lost, it comes out then.
  const nextCheckAtMs = nextRung(payment.createdAtMs, deps.clock.now(), 0);
  await endPhonePayment(context, payment, "failed", { failureCode: resultCode, nextCheckAtMs });
  return `failed, ${resultCode}`;
}

function isUndecided(resultCode: string): boolean {
  return !resultOf(resultCode).isFinal;
}
