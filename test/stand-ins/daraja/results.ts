/** What reversals and status queries share: an initiator, an acknowledgement at once, and a result that comes later. */
import { constants, privateDecrypt } from "node:crypto";
import { type Answer, json } from "./answers.ts";
import { wireCode } from "./callback-body.ts";
import { usualLateMs } from "./callback-modes.ts";
import { queueDelivery } from "./deliveries.ts";
import { type Check, type Fields, field, isCallbackUrl, isWithin } from "./fields.ts";
import type { Result } from "./outcomes.ts";
import type { DarajaWorld, DeliveryKind, ResultPlan } from "./world.ts";

export type Conversation = { originatorConversationId: string; conversationId: string };
export type Parameter = { Key: string; Value?: string | number };

export function beginConversation(world: DarajaWorld): Conversation {
  return {
    originatorConversationId: world.ids.originatorConversationId(),
    conversationId: world.ids.conversationId(world.now()),
  };
}

export function acknowledge({ originatorConversationId, conversationId }: Conversation): Answer {
  return json({
    OriginatorConversationID: originatorConversationId,
    ConversationID: conversationId,
    ResponseCode: "0",
    ResponseDescription: "Accept the service request successfully.",
  });
}

export function checkRequest(world: DarajaWorld, fields: Fields, commandId: string): Check[] {
  return [
    ["Initiator", field(fields, "Initiator") !== ""],
    ["SecurityCredential", field(fields, "SecurityCredential") !== ""],
    ["CommandID", field(fields, "CommandID") === commandId],
    ["ResultURL", isCallbackUrl(world, field(fields, "ResultURL"))],
    ["QueueTimeOutURL", isCallbackUrl(world, field(fields, "QueueTimeOutURL"))],
    ["Remarks", isWithin(field(fields, "Remarks"), 2, 100)],
    ["Occasion", isWithin(field(fields, "Occasion") || field(fields, "Occassion"), 0, 100)],
  ];
}

/** M-Pesa, not the gateway, knows the initiator: a wrong one is accepted, and its result is 2001. */
export function refusedInitiator(world: DarajaWorld, fields: Fields): Result | null {
  const { initiatorName, initiatorPassword, initiatorPrivateKey } = world.options;
  const isKnown = initiatorName === undefined || field(fields, "Initiator") === initiatorName;
  const isRight =
    initiatorPassword === undefined ||
    initiatorPrivateKey === undefined ||
    decrypt(initiatorPrivateKey, field(fields, "SecurityCredential")) === initiatorPassword;
  return isKnown && isRight ? null : { code: "2001", description: "The initiator information is invalid." };
}

function decrypt(key: string, credential: string): string | null {
  try {
    const padded = { key, padding: constants.RSA_PKCS1_PADDING };
    return privateDecrypt(padded, Buffer.from(credential, "base64")).toString("utf8");
  } catch {
    return null;
  }
}

export type ResultMessage = {
  conversation: Conversation;
  result: Result;
  transactionId: string;
  parameters: Parameter[];
  reference: Parameter;
  phone: string | null;
};

export function queueResult(
  world: DarajaWorld,
  fields: Fields,
  kind: "reversal" | "status",
  plan: ResultPlan,
  message: ResultMessage,
): void {
  const isTimeOut = plan.mode === "timeout";
  const deliveryKind: DeliveryKind = `${kind}_${isTimeOut ? "timeout" : "result"}`;
  const body = {
    Result: {
      // 1 is «waiting»: what a queue's time-out looks like is not documented beyond that.
      ResultType: isTimeOut ? 1 : 0,
      ResultCode: wireCode(message.result.code),
      ResultDesc: message.result.description,
      OriginatorConversationID: message.conversation.originatorConversationId,
      ConversationID: message.conversation.conversationId,
      TransactionID: message.transactionId,
      ...(message.result.code === "0" && { ResultParameters: { ResultParameter: message.parameters } }),
      ReferenceData: { ReferenceItem: message.reference },
    },
  };
  const copies = plan.mode === "none" ? 0 : plan.mode === "twice" ? 2 : 1;
  for (let copy = 0; copy < copies; copy += 1) {
    queueDelivery(world, {
      kind: deliveryKind,
      url: field(fields, isTimeOut ? "QueueTimeOutURL" : "ResultURL"),
      body: JSON.stringify(body),
      dueMs: world.now() + (plan.mode === "late" ? (plan.lateMs ?? usualLateMs) : 0),
      phone: message.phone,
      checkoutRequestId: null,
    });
  }
}

export const done: Result = { code: "0", description: "The service request is processed successfully." };
export const timedOut: Result = { code: "1037", description: "The request timed out in the queue." };
/** What M-Pesa puts where there is no transaction. */
export const noTransactionId = "SAA0000000";
