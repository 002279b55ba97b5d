import type { Context } from "../../context.ts";
import { OutsideError } from "../../deps.ts";
import { fail, invariant } from "../../fail.ts";
import { forEachAlone } from "../../for-each-alone.ts";
import { insertOwnRefund } from "../cards/card-store.ts";
import { recordClaim, settleClaim } from "../settle-claim.ts";
import { findClaim, findPayment } from "../store.ts";
import type { PaymentClaimRow, PaymentRow, PhoneReversalRow } from "../tables.ts";
import { newSecret } from "./callback-secret.ts";
import { callPerson } from "./check-phone-payment.ts";
import { reversalWords } from "./reversal-codes.ts";
import {
  claimAsking,
  findOverdue,
  findReversalBy,
  findUnasked,
  insertReversal,
  noteReversal,
} from "./reversal-store.ts";

/** M-Pesa's results come within minutes, if they come. */
const overdueMs = 24 * 60 * 60_000;
/** Younger ones may still be asked for by whoever wrote them down. */
const graceMs = 60_000;
const batch = 20;

/** The claim of a refund; a repeat of it asks M-Pesa for nothing more. */
export type RefundClaim = Pick<PaymentClaimRow, "id" | "amount" | "reason">;

/**
 * Sends the money of a payment by M-Pesa back: the credits are taken first, and given back should M-Pesa refuse. What
 * becomes of it is told later; the claim is `taken` until then. Refuses `not_refundable`.
 */
export async function reversePhonePayment(
  context: Context,
  payment: PaymentRow,
  claim: RefundClaim,
): Promise<PaymentClaimRow> {
  const { deps } = context;
  requireReversible(context, payment, claim.amount);
  await insertReversal(deps, {
    claimId: claim.id,
    paymentId: payment.id,
    amount: claim.amount,
    reason: claim.reason ?? "Refund",
    createdAtMs: deps.clock.now(),
    overdueAtMs: deps.clock.now() + overdueMs,
  });
  const row = await findReversalBy(deps, { claimId: claim.id });
  invariant(row !== null, "a reversal that was written is there");
  const asked = (await askForReversal(context, payment, row)) ?? fail("not_refundable", nothingLeftWords);
  if (asked.state === "returned") fail("not_refundable", refusedWords);
  return asked;
}

const nothingLeftWords = "Another refund of this payment has left less than that. Nothing was sent.";
const refusedWords =
  "M-Pesa did not send the money back; the payment says why. Its credits were given back. Mend what is wrong and refund it anew, or send the money by hand.";

/** Refuses `not_refundable`, before anything is taken. */
function requireReversible(context: Context, payment: PaymentRow, amount: number): void {
  const why = whyIrreversible(context, payment, amount);
  if (why !== null) fail("not_refundable", why);
}

function whyIrreversible(
  { deps }: Context,
  { state, receipt, callbackOrigin }: PaymentRow,
  amount: number,
): string | null {
  if (state !== "paid") return "This payment is not paid, so there is nothing to send back.";
  if (receipt === null)
    return "M-Pesa has not told the receipt of this payment yet, and sends nothing back without it. Nothing was taken; try again tomorrow, or send the money by hand.";
  if (deps.phones?.hasInitiator !== true || (deps.publicUrl ?? callbackOrigin) === null)
    return "Refunds by M-Pesa are not set up on this service: they take an initiator. Nothing was taken; send the money by hand.";
  return amount % 100 === 0 ? null : "M-Pesa sends whole shillings. Nothing was taken; choose a whole amount.";
}

/** null: less than its amount is left of the payment. */
async function askForReversal(
  context: Context,
  payment: PaymentRow,
  row: PhoneReversalRow,
): Promise<PaymentClaimRow | null> {
  const { deps } = context;
  const { claimId, amount, reason } = row;
  await insertOwnRefund(context, { id: claimId, payment, amount, reason });
  const claim = await findClaim(deps, claimId);
  if (claim === null) {
    await noteReversal(deps, claimId, { endedAtMs: deps.clock.now(), overdueAtMs: null });
    return null;
  }
  await settleClaim(context, claim);
  const { receipt } = payment;
  const origin = deps.publicUrl ?? payment.callbackOrigin;
  // Where the credits are back already, the money stays here.
  if (claim.state !== "taken" || deps.phones === null || receipt === null || origin === null) return claim;
  const { secret, hash } = await newSecret(deps);
  if (!(await claimAsking(deps, claimId, { askedAtMs: deps.clock.now(), secretHash: hash }))) return claim;
  const asked = await deps.phones
    .reverse({
      receipt,
      amount: amount / 100,
      remarks: reason,
      resultUrl: `${origin}/api/payments/phone/reversal/${secret}`,
    })
    .catch(asUnknown);
  // Whether it was taken nobody knows: it must not be asked again, and a person is told when nothing is heard.
  if (asked === null) return claim;
  if (!asked.isAccepted) return endInRefusal(context, payment, row, asked.code);
  await noteReversal(deps, claimId, { conversationId: asked.conversationId });
  return claim;
}

function asUnknown(error: unknown): null {
  if (error instanceof OutsideError) return null;
  throw error;
}

/** The money stays here: the credits go back, and a person is told. */
export async function endInRefusal(
  context: Context,
  payment: PaymentRow,
  row: PhoneReversalRow,
  resultCode: string,
): Promise<PaymentClaimRow> {
  await callPerson(
    context,
    payment,
    `The refund ${row.claimId} of KES ${row.amount / 100} did not go through: ${reversalWords(resultCode)}. Its credits were given back.`,
  );
  const returned = await recordClaim(context, payment, claimOf(row, "returned", resultCode));
  await noteReversal(context.deps, row.claimId, { endedAtMs: context.deps.clock.now(), overdueAtMs: null });
  return returned;
}

export function claimOf(
  row: PhoneReversalRow,
  state: "taken" | "returned",
  providerStatus: string,
): Parameters<typeof recordClaim>[2] {
  return { id: row.claimId, kind: "refund", amount: row.amount, state, providerStatus, reason: row.reason };
}

/** Cron: asks for what was written down and never asked for, and tells a person of what nothing was heard of for a day. */
export async function tendReversals(context: Context): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  await forEachAlone(context, await findUnasked(deps, nowMs - graceMs, batch), async (row) => {
    const payment = await findPayment(deps, row.paymentId);
    if (payment !== null) await askForReversal(context, payment, row);
  });
  await forEachAlone(context, await findOverdue(deps, nowMs, batch), async (row) => {
    const words = `M-Pesa has not said what became of the refund ${row.claimId} of KES ${row.amount / 100}: see in its portal whether the money was sent. Its credits are taken.`;
    await callPerson(context, { id: row.paymentId }, words);
    await noteReversal(deps, row.claimId, { overdueAtMs: null });
  });
}
