import type { Answer } from "./answers.ts";
import { eatTimestamp } from "./eat-time.ts";
import { type Fields, field, firstWrong, isShortcode } from "./fields.ts";
import type { Result } from "./outcomes.ts";
import { refuseField } from "./refusals.ts";
import {
  acknowledge,
  beginConversation,
  checkRequest,
  done,
  noTransactionId,
  type Parameter,
  queueResult,
  refusedInitiator,
  timedOut,
} from "./results.ts";
import type { DarajaWorld } from "./world.ts";

/** Seen in integrators' code; Safaricom's page has no code for it. */
const unknownReceipt: Result = { code: "2033", description: "The transaction receipt number does not exist." };

type Found = { receipt: string; amount: number; atMs: number; debit: string; credit: string; status: string };

export function queryStatus(world: DarajaWorld, fields: Fields): Answer {
  const receipt = field(fields, "TransactionID");
  // The page calls it Original…, its text Originator…: either is read.
  const conversationId = field(fields, "OriginatorConversationID") || field(fields, "OriginalConversationID");
  const wrong = firstWrong([
    ...checkRequest(world, fields, "TransactionStatusQuery"),
    ["TransactionID", receipt !== "" || conversationId !== ""],
    ["PartyA", isShortcode(field(fields, "PartyA"))],
    ["IdentifierType", field(fields, "IdentifierType") === "4"],
  ]);
  if (wrong !== null) return refuseField(world, wrong);
  const plan = world.statusPlans.shift() ?? {};
  const conversation = beginConversation(world);
  const found = find(world, receipt === "" ? conversationId : receipt);
  const truth = refusedInitiator(world, fields) ?? (found === null ? unknownReceipt : done);
  const planned = plan.mode === "timeout" ? timedOut : (plan.result ?? truth);
  queueResult(world, fields, "status", plan, {
    conversation,
    result: planned,
    transactionId: noTransactionId,
    parameters: found === null ? [] : parametersOf(found, conversation.conversationId),
    reference: { Key: "Occasion" },
    phone: world.transactions.get(receipt)?.phone ?? null,
  });
  return acknowledge(conversation);
}

function find(world: DarajaWorld, id: string): Found | null {
  const us = `${world.options.shortcode} - Stand-in`;
  const payment = world.transactions.get(id);
  if (payment !== undefined) {
    const { receipt, amount, atMs, phone } = payment;
    return { receipt, amount, atMs, debit: `${phone} - John Doe`, credit: us, status: "Completed" };
  }
  const reversal = world.reversals.get(id);
  if (reversal === undefined) return null;
  const { amount, atMs, phone, receipt } = reversal;
  const status = receipt === null ? "Declined" : "Completed";
  return { receipt: receipt ?? "", amount, atMs, debit: us, credit: `${phone ?? ""} - John Doe`, status };
}

function parametersOf(found: Found, conversationId: string): Parameter[] {
  return [
    { Key: "DebitPartyName", Value: found.debit },
    { Key: "CreditPartyName", Value: found.credit },
    { Key: "InitiatedTime", Value: eatTimestamp(found.atMs) },
    { Key: "DebitAccountType", Value: "MMF Account For Customer" },
    { Key: "DebitPartyCharges", Value: "" },
    // A name and no value: the real one does so.
    { Key: "TransactionReason" },
    { Key: "ReasonType", Value: "Pay Bill Online" },
    { Key: "TransactionStatus", Value: found.status },
    { Key: "FinalisedTime", Value: eatTimestamp(found.atMs) },
    { Key: "Amount", Value: String(found.amount) },
    { Key: "ConversationID", Value: conversationId },
    { Key: "ReceiptNo", Value: found.receipt },
  ];
}
