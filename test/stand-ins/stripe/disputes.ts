import type { Taken } from "./bodies.ts";
import { updateCharge } from "./charges.ts";
import { moveBalance } from "./money-rules.ts";
import { chargeOf } from "./refunds.ts";
import { refuse } from "./stripe-fault.ts";
import type { Charge, Dispute, EarlyFraudWarning } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

/** Minor units that Stripe keeps for a dispute, whoever wins. */
const disputeFee = 1_500;
const answerDays = 9;
const ended = ["won", "lost", "warning_closed", "prevented"];

export function openDispute(world: World, given: Taken<"openDispute">): Dispute {
  const charge = chargeOf(world, given.paymentIntent);
  const isInquiry = given.status === "warning_needs_response";
  const { amount = charge.amount - charge.amount_refunded, withdraws = !isInquiry } = given;
  if (amount <= 0 || amount > charge.amount) refuse("A dispute is about a part of its charge, or all of it.");
  const dispute = world.add<Dispute>({
    id: world.newId("du"),
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: world.nowSeconds(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence(),
    evidence_details: {
      due_by: world.nowSeconds() + answerDays * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: "visa",
        case_type: isInquiry ? "inquiry" : "chargeback",
        network: "visa",
        network_reason_code: isInquiry ? null : "10.4",
      },
      type: "card",
    },
    reason: given.reason,
    status: given.status,
  });
  updateCharge(world, charge, (disputed) => {
    disputed.disputed = true;
  });
  world.emit("charge.dispute.created", dispute);
  if (withdraws) moveDisputeFunds(world, dispute.id, "withdrawn");
  return dispute;
}

/** What a dispute took so far, net of what it gave back. */
function amountTaken(dispute: Dispute): number {
  return dispute.balance_transactions.reduce((sum, { amount }) => sum - amount, 0);
}

export function moveDisputeFunds(world: World, id: string, direction: "withdrawn" | "reinstated"): Dispute {
  const dispute = world.dispute(id);
  const isTaking = direction === "withdrawn";
  if (isTaking && amountTaken(dispute) > 0) refuse("This dispute's funds are withdrawn already.");
  if (!isTaking && amountTaken(dispute) === 0) refuse("This dispute took nothing that could be reinstated.");
  const { amount, currency } = dispute;
  dispute.balance_transactions.push(
    moveBalance(world, {
      amount: isTaking ? -amount : amount,
      fee: isTaking ? disputeFee : 0,
      currency,
      source: dispute.id,
      type: "adjustment",
      category: isTaking ? "dispute" : "dispute_reversal",
    }),
  );
  world.emit(`charge.dispute.funds_${direction}`, dispute);
  return dispute;
}

export function updateDispute(world: World, { dispute: id, status }: Taken<"updateDispute">): Dispute {
  const dispute = world.dispute(id);
  const before = copyOf(dispute);
  // A lost dispute can be appealed; every other end is one.
  const isAppeal = status?.startsWith("appeal_") === true && dispute.status === "lost";
  if (ended.includes(dispute.status) && !isAppeal) refuse(`This dispute is closed: ${dispute.status}.`);
  dispute.evidence.uncategorized_text = "The video was delivered.";
  dispute.evidence_details.has_evidence = true;
  dispute.evidence_details.submission_count += 1;
  dispute.evidence_details.submission_method = "manual";
  if (status !== undefined) {
    dispute.status = status;
    dispute.is_charge_refundable = status.startsWith("warning_");
  }
  world.emit("charge.dispute.updated", dispute, before);
  return dispute;
}

export function closeDispute(world: World, given: Taken<"closeDispute">): Dispute {
  const dispute = world.dispute(given.dispute);
  if (ended.includes(dispute.status)) refuse(`This dispute is closed: ${dispute.status}.`);
  const isInquiry = dispute.status.startsWith("warning_");
  if (isInquiry !== (given.status === "warning_closed") && given.status !== "prevented")
    refuse(`A dispute that is ${dispute.status} cannot end as ${given.status}.`);
  const before = copyOf(dispute);
  dispute.status = given.status;
  if (given.status === "warning_closed") dispute.is_charge_refundable = true;
  world.emit("charge.dispute.updated", dispute, before);
  world.emit("charge.dispute.closed", dispute);
  const { reinstates = given.status === "won" && amountTaken(dispute) > 0 } = given;
  if (reinstates) moveDisputeFunds(world, dispute.id, "reinstated");
  return dispute;
}

export function warnOfFraud(world: World, given: Taken<"warnOfFraud">): EarlyFraudWarning {
  const charge: Charge = chargeOf(world, given.paymentIntent);
  const warning = world.add<EarlyFraudWarning>({
    id: world.newId("issfr"),
    object: "radar.early_fraud_warning",
    actionable: !charge.refunded && !charge.disputed,
    charge: charge.id,
    created: world.nowSeconds(),
    fraud_type: given.fraudType,
    livemode: false,
    ...(charge.payment_intent !== null && { payment_intent: charge.payment_intent }),
  });
  world.emit("radar.early_fraud_warning.created", warning);
  return warning;
}

function noEvidence(): Dispute["evidence"] {
  return {
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
    customer_communication: null,
    customer_email_address: null,
    customer_name: null,
    customer_purchase_ip: null,
    customer_signature: null,
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  };
}
