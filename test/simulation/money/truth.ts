/**
 * Who has really paid, and whose money went back: as the stand-ins' own books have it, whatever was told to us. The truth
 * that every check holds our rows against.
 */

import { createHash } from "node:crypto";
import type * as Wire from "../../stand-ins/stripe/wire.ts";
import { demand } from "./demand.ts";
import type { MoneyWorld } from "./money-world.ts";

/** Money that went back to the payer, or is on its way: while it stands, its part of the credits is not theirs. */
export type TrueClaim = { id: string; kind: "refund" | "dispute"; amount: number; stands: boolean };

export type TruePayment = {
  provider: "stripe" | "mpesa";
  /** Minor units. */
  amount: number;
  currency: string;
  /** The provider's own name of it. */
  name: string;
  /** The tenant whom the provider has it under; null: it does not know. */
  tenantId: string | null;
  claims: TrueClaim[];
  /** A dispute is open and its money still here: nothing may be spent. */
  isFrozen: boolean;
};

/** What was really paid, by the id of our payment. */
export function readTruth(world: MoneyWorld): Map<string, TruePayment> {
  const truth = new Map<string, TruePayment>();
  readStripe(world, truth);
  readDaraja(world, truth);
  return truth;
}

function readStripe({ providers }: MoneyWorld, truth: Map<string, TruePayment>): void {
  const stripe = providers.stripe.world;
  const refunds = stripe.all<Wire.Refund>("refund");
  const disputes = stripe.all<Wire.Dispute>("dispute");
  for (const intent of stripe.all<Wire.PaymentIntent>("payment_intent")) {
    const paymentId = intent.metadata.payment_id;
    if (paymentId === undefined || intent.status !== "succeeded") continue;
    const ofIntent = <Thing extends { payment_intent: string | null }>(things: Thing[]) =>
      things.filter((thing) => thing.payment_intent === intent.id);
    const disputed = ofIntent(disputes);
    truth.set(paymentId, {
      provider: "stripe",
      amount: intent.amount_received,
      currency: intent.currency.toUpperCase(),
      name: intent.id,
      tenantId: intent.metadata.tenant_id ?? null,
      claims: [
        ...ofIntent(refunds).map((refund) => ({
          id: refund.metadata?.claim_id ?? refund.id,
          kind: "refund" as const,
          amount: refund.amount,
          stands: refund.status !== "failed" && refund.status !== "canceled",
        })),
        ...disputed.map((dispute) => ({
          id: dispute.id,
          kind: "dispute" as const,
          amount: dispute.amount,
          stands: isAway(dispute),
        })),
      ],
      isFrozen: disputed.some((dispute) => isOpen(dispute) && dispute.balance_transactions.length === 0),
    });
  }
}

/** A lost dispute has taken the money, whether its transaction is listed or not. */
function isAway({ balance_transactions: moves, status }: Wire.Dispute): boolean {
  if (moves.length === 0) return status === "lost";
  return moves.reduce((total, { amount }) => total + amount, 0) < 0;
}

function isOpen({ status }: Wire.Dispute): boolean {
  return status === "needs_response" || status === "under_review";
}

function readDaraja(world: MoneyWorld, truth: Map<string, TruePayment>): void {
  const { daraja } = world.providers;
  const prompts = new Map(daraja.listPrompts().map((prompt) => [prompt.checkoutRequestId, prompt]));
  const secrets = [...prompts.values()].map(({ callBackUrl }) => callBackUrl);
  demand(new Set(secrets).size === secrets.length, () => "a phone has rung twice for one payment");
  const transactions = daraja.listTransactions();
  if (transactions.length === 0) return;
  const rows = world.rows<{ id: string; callback_secret_hash: string }>(
    "SELECT id, callback_secret_hash FROM payments WHERE callback_secret_hash IS NOT NULL",
  );
  const bySecret = new Map(rows.map((row) => [row.callback_secret_hash, row.id]));
  for (const transaction of transactions) {
    const prompt = prompts.get(transaction.checkoutRequestId ?? "");
    if (prompt === undefined) continue;
    // The prompt carries the secret of its payment, and nobody else has it.
    const secret = prompt.callBackUrl.split("/").at(-1) ?? "";
    const paymentId = bySecret.get(createHash("sha256").update(secret, "utf8").digest("hex"));
    if (paymentId === undefined) throw new Error(`nobody has asked for the prompt ${prompt.checkoutRequestId}`);
    const isReversed = transaction.reversedBy !== null;
    truth.set(paymentId, {
      provider: "mpesa",
      amount: transaction.amount * 100,
      currency: "KES",
      name: transaction.receipt,
      tenantId: null,
      claims: isReversed ? [{ id: "reversal", kind: "refund", amount: transaction.amount * 100, stands: true }] : [],
      isFrozen: false,
    });
  }
}
