import type { DeclineCode } from "./bodies.ts";
import { moveBalance } from "./money-rules.ts";
import type { Charge, PaymentIntent } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

export type ChargeState = "succeeded" | "pending" | "failed";

const declineWords: Record<DeclineCode, string> = {
  card_declined: "Your card was declined.",
  insufficient_funds: "Your card has insufficient funds.",
  expired_card: "Your card has expired.",
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: "An error occurred while processing your card. Try again in a little bit.",
};

/** Stripe files a bank's reasons under card_declined, with the reason beside it. */
export function declineOf(code: DeclineCode): { code: string; decline_code: string; message: string } {
  const isBanks = code === "card_declined" || code === "insufficient_funds";
  return {
    code: isBanks ? "card_declined" : code,
    decline_code: code === "card_declined" ? "generic_decline" : code,
    message: declineWords[code],
  };
}

/** One try at charging an intent. */
export function createCharge(
  world: World,
  intent: PaymentIntent,
  state: ChargeState,
  decline: DeclineCode | null,
): Charge {
  const id = world.newId(state === "pending" ? "py" : "ch");
  const failure = decline === null ? null : declineOf(decline);
  const charge = world.add<Charge>({
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: state === "failed" ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
      email: intent.receipt_email,
      name: null,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: "STAND-IN",
    captured: state !== "failed",
    created: world.nowSeconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(state, failure?.decline_code ?? null),
    paid: state === "succeeded",
    payment_intent: intent.id,
    payment_method: intent.payment_method,
    payment_method_details: state === "pending" ? { type: "us_bank_account" } : cardDetails(intent.amount),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: state === "succeeded" ? `${world.options.origin}/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: state,
    transfer_data: null,
    transfer_group: null,
  });
  intent.latest_charge = charge.id;
  if (state === "succeeded") bankCharge(world, charge);
  world.emit(`charge.${state}`, charge);
  return charge;
}

/** A slow charge comes to its end. */
export function settleCharge(world: World, charge: Charge, decline: DeclineCode | null): void {
  const failure = decline === null ? null : declineOf(decline);
  charge.status = failure === null ? "succeeded" : "failed";
  charge.paid = failure === null;
  charge.captured = failure === null;
  charge.amount_captured = failure === null ? charge.amount : 0;
  charge.failure_code = failure?.code ?? null;
  charge.failure_message = failure?.message ?? null;
  charge.outcome = outcomeOf(charge.status, failure?.decline_code ?? null);
  if (failure === null) bankCharge(world, charge);
  world.emit(`charge.${charge.status}`, charge);
}

/** Tells of a charge that something else changed. */
export function updateCharge(world: World, charge: Charge, change: (charge: Charge) => void): void {
  const before = copyOf(charge);
  change(charge);
  world.emit("charge.updated", charge, before);
}

function bankCharge(world: World, charge: Charge): void {
  const { id, amount, currency } = charge;
  const fee = Math.round(amount * 0.029) + 30;
  const move = moveBalance(world, { amount, fee, currency, source: id, type: "charge", category: "charge" });
  charge.balance_transaction = move.id;
  charge.receipt_url = `${world.options.origin}/receipts/${id}`;
}

function outcomeOf(state: string, declineCode: string | null): Charge["outcome"] {
  const isFailed = state === "failed";
  return {
    advice_code: isFailed ? "try_again_later" : null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: isFailed ? "declined_by_network" : "approved_by_network",
    reason: declineCode,
    risk_level: "normal",
    risk_score: 12,
    seller_message: isFailed ? "The bank did not return any further details." : "Payment complete.",
    type: isFailed ? "issuer_declined" : "authorized",
  };
}

function cardDetails(amount: number): Charge["payment_method_details"] {
  return {
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand: "visa",
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      electronic_commerce_indicator: null,
      exp_month: 12,
      exp_year: 2030,
      fingerprint: "Xt5EWLLDS7FJjR1c",
      funding: "credit",
      installments: null,
      last4: "4242",
      mandate: null,
      network: "visa",
      network_transaction_id: null,
      regulated_status: "unregulated",
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
    type: "card",
  };
}
