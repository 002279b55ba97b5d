import type { Context } from "../context.ts";
import { OutsideError } from "../deps.ts";
import { fail, invariant } from "../fail.ts";
import { forEachAlone } from "../for-each-alone.ts";
import { findUnansweredRefunds, insertOwnRefund, touchClaim } from "./cards/card-store.ts";
import { requireCards } from "./cards/require-cards.ts";
import { recordRefund } from "./cards/sync-card-claims.ts";
import { reversePhonePayment } from "./phones/reverse-phone-payment.ts";
import { recordClaim, settleClaim } from "./settle-claim.ts";
import { findClaim, findPayment, listClaims } from "./store.ts";
import type { PaymentClaimRow, PaymentRow } from "./tables.ts";

export type RefundRequest = {
  paymentId: string;
  /** Minor units; left out: all that is left. */
  amount?: number | undefined;
  reason: string;
  /** An id of ours: a repeat with the same one refunds nothing more. */
  claimId: string;
};

/**
 * Sends money back through the provider: the credits are taken first, the money goes second, and the credits come back if
 * it does not go. What the provider has not answered for stays taken, and is asked again until it has.
 * Refuses `not_found`, `not_refundable`, `provider_not_configured`, `idempotency_key_reused`.
 */
export async function refundPayment(context: Context, request: RefundRequest): Promise<PaymentClaimRow> {
  const { deps } = context;
  const payment = await findPayment(deps, request.paymentId);
  if (payment === null) fail("not_found", "There is no payment of this name.");
  const known = await findClaim(deps, request.claimId);
  const amount = known?.amount ?? (await refundable(context, payment, request.amount));
  if (known !== null && (known.paymentId !== payment.id || (request.amount ?? amount) !== amount)) {
    fail(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another refund. Nothing was sent; use a new key.",
    );
  }
  const { claimId: id, reason } = request;
  if (payment.provider === "mpesa") return reversePhonePayment(context, payment, { id, amount, reason });

  if (known === null) await insertOwnRefund(context, { id, payment, amount, reason });
  const claim = (await findClaim(deps, id)) ?? refuseMore(0, payment.currency);
  await settleClaim(context, claim);
  if (claim.providerId === null && claim.state === "taken") await askForRefund(context, payment, claim);
  const now = await findClaim(deps, id);
  invariant(now !== null, "claims are never deleted");
  if (now.state === "returned") fail("not_refundable", refusedWords);
  return now;
}

const refusedWords =
  "The provider did not send the money back. The credits were given back too; refund this payment at the provider itself.";

/** How much of a payment a refund of `wanted` sends back, in minor units; without one all that is left. */
async function refundable({ deps }: Context, payment: PaymentRow, wanted: number | undefined): Promise<number> {
  if (payment.state !== "paid") fail("not_refundable", "This payment is not paid, so there is nothing to send back.");
  if (payment.provider === "stripe") {
    requireCards(deps);
    requireIntent(payment);
  }
  const claims = (await listClaims(deps, payment.id)).filter(({ state }) => state === "taken" || state === "frozen");
  if (claims.some(({ kind }) => kind === "dispute"))
    fail("not_refundable", "This payment is disputed: the bank decides where its money goes. Nothing was sent.");
  const left = payment.amount - claims.reduce((sum, { amount }) => sum + amount, 0);
  if (left <= 0) fail("not_refundable", "All of this payment was refunded already. Nothing more was sent.");
  return wanted !== undefined && wanted > left ? refuseMore(left, payment.currency) : (wanted ?? left);
}

function refuseMore(left: number, currency: string): never {
  fail(
    "not_refundable",
    `At most ${currency} ${(left / 100).toFixed(2)} of this payment is left to refund. Nothing was sent.`,
  );
}

function requireIntent({ paymentIntentId }: PaymentRow): string {
  return (
    paymentIntentId ?? fail("not_refundable", "No money was moved by this payment, so there is none to send back.")
  );
}

/** Without an answer the refund may be made all the same: the claim stays taken, and the cron asks again. */
async function askForRefund(context: Context, payment: PaymentRow, claim: PaymentClaimRow): Promise<void> {
  const { id, kind, amount, reason } = claim;
  const refund = { claimId: id, paymentIntentId: requireIntent(payment), amount };
  const answer = await requireCards(context.deps).refund(refund).catch(asUnknown);
  if (answer === null) return;
  if (answer.ok) return recordRefund(context, payment, answer.made);
  await recordClaim(context, payment, { id, kind, amount, reason, state: "returned", providerStatus: answer.code });
}

function asUnknown(error: unknown): null {
  if (error instanceof OutsideError) return null;
  throw error;
}

const batch = 20;
/** Whoever asked may still be waiting for the answer. */
const graceMs = 60_000;

/**
 * Cron: asks again for refunds that Stripe has not answered for. It is looked up first: Stripe forgets keys after a day,
 * and a second refund must not come of that.
 */
export async function askRefundsAgain(context: Context): Promise<void> {
  const { deps } = context;
  const { cards } = deps;
  if (cards === null) return;
  const unanswered = await findUnansweredRefunds(deps, deps.clock.now() - graceMs, batch);
  await forEachAlone(context, unanswered, async ({ claim, payment }) => {
    await touchClaim(deps, claim.id);
    await settleClaim(context, claim);
    const paymentIntentId = requireIntent(payment);
    const made = (await cards.listRefunds(paymentIntentId)).find(({ claimId }) => claimId === claim.id);
    if (made === undefined) await askForRefund(context, payment, claim);
    else await recordRefund(context, payment, made);
  });
}
