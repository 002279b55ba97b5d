import type { Answer } from "./answers.ts";
import { eatTimestamp } from "./eat-time.ts";
import { type Fields, field, firstWrong, isAmount, isShortcode } from "./fields.ts";
import type { Result } from "./outcomes.ts";
import { refuseField } from "./refusals.ts";
import {
  acknowledge,
  beginConversation,
  checkRequest,
  done,
  noTransactionId,
  queueResult,
  refusedInitiator,
  timedOut,
} from "./results.ts";
import type { DarajaWorld, Reversal } from "./world.ts";

/** Results that M-Pesa gives a reversal; the true one unless another is planned. */
export const reversalResults = {
  done,
  balance_too_low: { code: "1", description: "The balance is insufficient for the transaction." },
  not_active: { code: "11", description: "The DebitParty is in an invalid state." },
  no_role: { code: "21", description: "The initiator is not allowed to initiate this request." },
  bad_initiator: { code: "2001", description: "The initiator information is invalid." },
  account_inactive: {
    code: "2006",
    description: "Declined due to account rule: The account status does not allow this.",
  },
  not_permitted: { code: "2028", description: "The request is not permitted according to product assignment." },
  locked: { code: "8006", description: "The security credential is locked." },
  already_reversed: { code: "R000001", description: "The transaction has already been reversed." },
  invalid_receipt: { code: "R000002", description: "The OriginalTransactionID is invalid." },
  /** Only the whole amount can be reversed; which code says so is not documented: the minimum's is taken. */
  other_amount: { code: "2", description: "Declined due to limit rule: less than the minimum transaction amount." },
} as const satisfies Record<string, Result>;

export function requestReversal(world: DarajaWorld, fields: Fields): Answer {
  const wrong = firstWrong([
    ...checkRequest(world, fields, "TransactionReversal"),
    ["TransactionID", /^[A-Z0-9]{10}$/.test(field(fields, "TransactionID"))],
    ["Amount", isAmount(field(fields, "Amount"))],
    ["ReceiverParty", isShortcode(field(fields, "ReceiverParty"))],
    // Spelt so: under its right name the field is missing.
    ["RecieverIdentifierType", field(fields, "RecieverIdentifierType") === "11"],
  ]);
  if (wrong !== null) return refuseField(world, wrong);
  const plan = world.reversalPlans.shift() ?? {};
  const conversation = beginConversation(world);
  const planned = plan.mode === "timeout" ? timedOut : (plan.result ?? done);
  const original = world.transactions.get(field(fields, "TransactionID"));
  const result = planned.code === "0" ? judge(world, fields) : planned;
  const receipt = result.code === "0" ? world.ids.receipt() : null;
  if (original !== undefined && receipt !== null) original.reversedBy = receipt;
  const reversal: Reversal = {
    originatorConversationId: conversation.originatorConversationId,
    receipt,
    originalReceipt: field(fields, "TransactionID"),
    phone: original?.phone ?? null,
    amount: Number(field(fields, "Amount")),
    result,
    atMs: world.now(),
  };
  world.reversals.set(reversal.originatorConversationId, reversal);
  if (receipt !== null) world.reversals.set(receipt, reversal);
  queueResult(world, fields, "reversal", plan, {
    conversation,
    result,
    transactionId: receipt ?? noTransactionId,
    parameters: parametersOf(world, reversal),
    reference: { Key: "QueueTimeoutURL", Value: field(fields, "QueueTimeOutURL") },
    phone: reversal.phone,
  });
  return acknowledge(conversation);
}

function judge(world: DarajaWorld, fields: Fields): Result {
  const refusal = refusedInitiator(world, fields);
  if (refusal !== null) return refusal;
  const original = world.transactions.get(field(fields, "TransactionID"));
  if (field(fields, "ReceiverParty") !== world.options.shortcode) return reversalResults.not_active;
  if (original === undefined) return reversalResults.invalid_receipt;
  if (original.reversedBy !== null) return reversalResults.already_reversed;
  return original.amount === Number(field(fields, "Amount")) ? done : reversalResults.other_amount;
}

function parametersOf(world: DarajaWorld, reversal: Reversal) {
  const { shortcode } = world.options;
  return [
    { Key: "DebitAccountBalance", Value: "Utility Account|KES|51661.00|51661.00|0.00|0.00" },
    { Key: "Amount", Value: reversal.amount },
    { Key: "TransCompletedTime", Value: Number(eatTimestamp(reversal.atMs)) },
    { Key: "OriginalTransactionID", Value: reversal.originalReceipt },
    { Key: "Charge", Value: 0 },
    { Key: "CreditPartyPublicName", Value: `${reversal.phone ?? ""} - John Doe` },
    { Key: "DebitPartyPublicName", Value: `${shortcode} - Stand-in` },
  ];
}
