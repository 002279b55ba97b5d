import { updateCharge } from "./charges.ts";
import { moneyText, moveBalance } from "./money-rules.ts";
import { refuse } from "./stripe-fault.ts";
import type { Charge, Metadata, Refund } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

export type RefundRequest = {
  charge?: string | undefined;
  payment_intent?: string | undefined;
  amount?: number | undefined;
  reason?: string | undefined;
  metadata?: Metadata | undefined;
};

export function createRefund(world: World, request: RefundRequest, status: "succeeded" | "pending"): Refund {
  const charge = refundableCharge(world, request);
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) refuse(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  const dispute = openChargeback(world, charge);
  if (dispute !== null)
    refuse(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: "charge_disputed" });
  const { amount = left } = request;
  if (amount <= 0) refuse("Invalid positive integer", { code: "parameter_invalid_integer", param: "amount" });
  if (amount > left)
    refuse(
      `Refund amount (${moneyText(amount, charge.currency)}) is greater than unrefunded amount on charge (${moneyText(left, charge.currency)})`,
      { param: "amount" },
    );
  const id = world.newId("re");
  const refund = world.add<Refund>({
    id,
    object: "refund",
    amount,
    balance_transaction: takeBack(world, charge, id, amount),
    charge: charge.id,
    created: world.nowSeconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
      type: "card",
    },
    metadata: { ...request.metadata },
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(status === "pending" && { pending_reason: "processing" }),
    reason: request.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  });
  countRefunded(charge, amount);
  world.emit("refund.created", refund);
  world.emit("charge.refunded", charge);
  closeInquiry(world, charge);
  return refund;
}

export function succeedRefund(world: World, { refund: id }: { refund: string }): Refund {
  const refund = world.refund(id);
  if (refund.status !== "pending") refuse(`This refund is not pending: it has a status of ${refund.status}.`);
  return changeRefund(world, refund, () => {
    refund.status = "succeeded";
    delete refund.pending_reason;
  });
}

export function failRefund(world: World, { refund: id, reason }: { refund: string; reason: string }): Refund {
  const refund = world.refund(id);
  if (refund.status !== "pending" && refund.status !== "succeeded")
    refuse(`This refund cannot fail: it has a status of ${refund.status}.`);
  changeRefund(world, refund, () => {
    refund.status = "failed";
    refund.failure_reason = reason;
    refund.failure_balance_transaction = giveBack(world, refund, "refund_failure");
    delete refund.pending_reason;
  });
  world.emit("refund.failed", refund);
  return refund;
}

export function cancelRefund(world: World, { refund: id }: { refund: string }): Refund {
  const refund = world.refund(id);
  if (refund.status !== "pending") refuse(`This refund cannot be canceled: it has a status of ${refund.status}.`);
  return changeRefund(world, refund, () => {
    refund.status = "canceled";
    refund.failure_balance_transaction = giveBack(world, refund, "refund_failure");
    delete refund.pending_reason;
  });
}

/** Stripe tells of a changed refund twice: by its own name, and by the older one of its charge. */
function changeRefund(world: World, refund: Refund, change: () => void): Refund {
  const before = copyOf(refund);
  change();
  world.emit("refund.updated", refund, before);
  world.emit("charge.refund.updated", refund, before);
  return refund;
}

function refundableCharge(world: World, request: RefundRequest): Charge {
  if (request.charge !== undefined && request.payment_intent !== undefined)
    refuse("You may only specify one of these parameters: charge, payment_intent.");
  if (request.charge !== undefined) {
    const charge = world.charge(request.charge, "charge");
    if (charge.status !== "succeeded") refuse(`Charge ${charge.id} did not succeed; it cannot be refunded.`);
    return charge;
  }
  if (request.payment_intent === undefined)
    refuse("One of the following params should be provided for this request: payment_intent or charge.");
  return paidCharge(world, request.payment_intent);
}

/** The charge that paid an intent. */
export function paidCharge(world: World, intentId: string): Charge {
  const intent = world.intent(intentId, "payment_intent");
  if (intent.status !== "succeeded" || intent.latest_charge === null)
    refuse(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      code: "payment_intent_unexpected_state",
      param: "payment_intent",
    });
  return world.charge(intent.latest_charge);
}

function takeBack(world: World, charge: Charge, source: string, amount: number): string {
  return moveBalance(world, { amount: -amount, currency: charge.currency, source, type: "refund", category: "refund" })
    .id;
}

function giveBack(world: World, refund: Refund, type: string): string {
  const { amount, currency, id } = refund;
  const move = moveBalance(world, { amount, currency, source: id, type, category: "refund_failure" });
  updateCharge(world, world.charge(refund.charge), (charge) => countRefunded(charge, -amount));
  return move.id;
}

function countRefunded(charge: Charge, amount: number): void {
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
}

type Disputed = { charge: string; status: string; is_charge_refundable: boolean };

function openChargeback(world: World, charge: Charge): Disputed | null {
  const disputes = world.all<Disputed>("dispute").filter((dispute) => dispute.charge === charge.id);
  return disputes.find((dispute) => !dispute.is_charge_refundable && dispute.status !== "won") ?? null;
}

/** An inquiry ends when all of the payment has gone back. */
function closeInquiry(world: World, charge: Charge): void {
  if (!charge.refunded) return;
  for (const dispute of world.all<Disputed>("dispute")) {
    if (dispute.charge !== charge.id || !/^warning_(needs_response|under_review)$/.test(dispute.status)) continue;
    const before = copyOf(dispute);
    dispute.status = "warning_closed";
    world.emit("charge.dispute.updated", dispute, before);
    world.emit("charge.dispute.closed", dispute);
  }
}

/** The dispute or fraud warning's payment. */
export function chargeOf(world: World, paymentIntent: string): Charge {
  return paymentIntent.startsWith("pi_") ? paidCharge(world, paymentIntent) : world.charge(paymentIntent);
}
