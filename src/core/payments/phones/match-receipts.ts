import type { Context } from "../../context.ts";
import { OutsideError } from "../../deps.ts";
import { forEachAlone } from "../../for-each-alone.ts";
import { findPayment, notePayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import { callPerson, checkPhonePayment, tellReceipt } from "./check-phone-payment.ts";
import { mayBePhone } from "./phone-number.ts";
import type { ReceivedPayment } from "./phone-payments.ts";
import { idEndOf } from "./phone-reference.ts";
import { findReceiptOwner } from "./phone-store.ts";
import { clockSkewMs, promptMs } from "./prompt-time.ts";
import {
  belongsTo,
  claimPull,
  findSettledByHand,
  findUnreceipted,
  insertStray,
  postponePull,
  resolveStray,
} from "./receipt-store.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** M-Pesa keeps the list for 48 hours: read twice a day, everything is seen, though the cron should sleep for a whole one. */
const windowMs = 48 * hourMs;
const everyMs = 12 * hourMs;
const tryAgainMs = hourMs;
/** What was paid just now may still be told by its callback. */
const settlingMs = 15 * minuteMs;

/**
 * Cron, twice a day: M-Pesa's own list of what it has received, held against our payments. Each receipt belongs to exactly
 * one: a missing one is filled in; a payment that we take for open or failed is paid only when M-Pesa's query says so too;
 * what remains is a row for a person.
 */
export async function matchReceipts(context: Context): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  // Whoever dies over it, or is not answered, leaves it to the next hour and not to the next day: M-Pesa forgets.
  if (deps.phones === null || !(await claimPull(deps, nowMs, nowMs + tryAgainMs))) return;
  const received = await deps.phones.pull(nowMs - windowMs, nowMs - settlingMs).catch(asUnread);
  if (received === unread) return;
  await forEachAlone(context, inOrder(received ?? []), (one) => matchOne(context, one));
  await postponePull(deps, nowMs + everyMs);
}

/** What names its payment goes first, so that what names none cannot take its place. */
function inOrder(received: readonly ReceivedPayment[]): ReceivedPayment[] {
  return received.toSorted((one, other) => Number(one.reference === null) - Number(other.reference === null));
}

const unread = Symbol("unread");
function asUnread(error: unknown): typeof unread {
  if (error instanceof OutsideError) return unread;
  throw error;
}

async function matchOne(context: Context, received: ReceivedPayment): Promise<void> {
  const { deps } = context;
  const owner = await findReceiptOwner(deps, received.receipt);
  if (owner !== null) {
    await holdAgainst(context, owner, received);
    await resolveStray(deps, received.receipt, belongsTo(owner.id));
    return;
  }
  // What was sent back, or given in another way, must not buy anything more.
  if ((await findSettledByHand(deps, received.receipt)) !== null) return;
  const payment = await findOwner(context, received);
  if (payment === null || !(await isProvenPaid(context, payment, received))) {
    if (await insertStray(deps, received, deps.clock.now())) {
      const { receipt, amount } = received;
      deps.log.write("error", "mpesa_receipt_without_payment", { receipt, amount, paymentId: payment?.id ?? null });
    }
    return;
  }
  await resolveStray(deps, received.receipt, belongsTo(payment.id));
}

/** The payment that this money must be of; null: none, or more than one could be. */
async function findOwner({ deps }: Context, received: ReceivedPayment): Promise<PaymentRow | null> {
  const { paidAtMs, reference, amount } = received;
  const idEnd = reference === null ? null : idEndOf(reference);
  if (reference !== null && idEnd === null) return null;
  const candidates = await findUnreceipted(
    deps,
    idEnd === null
      ? { amount: amount * 100, fromMs: paidAtMs - promptMs, toMs: paidAtMs + clockSkewMs }
      : { idEnd, fromMs: paidAtMs - windowMs },
  );
  const fitting = candidates.filter(
    ({ phone }) => idEnd !== null || (phone !== null && received.phone !== null && mayBePhone(phone, received.phone)),
  );
  const [first, ...others] = fitting;
  return first !== undefined && others.length === 0 ? first : null;
}

async function isProvenPaid(context: Context, payment: PaymentRow, received: ReceivedPayment): Promise<boolean> {
  if (!(await holdAgainst(context, payment, received))) return false;
  // Its amount is confirmed by M-Pesa itself: what a callback told otherwise no longer counts.
  if (payment.state !== "paid") await notePayment(context.deps, payment.id, { claimedReceipt: received.receipt });
  const isPaid =
    payment.state === "paid" ||
    (payment.checkoutRequestId !== null && (await checkPhonePayment(context, payment)) === "paid");
  const current = isPaid ? await findPayment(context.deps, payment.id) : null;
  if (current === null) return false;
  await tellReceipt(context, current, received.receipt);
  return true;
}

/** false: another amount than was asked for, which only a person can decide. */
async function holdAgainst(context: Context, payment: PaymentRow, received: ReceivedPayment): Promise<boolean> {
  const { receipt, amount } = received;
  if (amount * 100 === payment.amount) return true;
  const words = `M-Pesa has received KES ${amount} under ${receipt} where KES ${payment.amount / 100} was asked for.`;
  await callPerson(context, payment, words);
  return false;
}
