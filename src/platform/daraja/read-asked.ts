import { OutsideError } from "../../core/deps.ts";
import type { Asked } from "../../core/payments/phones/phone-payments.ts";
import { type DarajaAnswer, textOf } from "./client.ts";
import { meaningOf } from "./error-codes.ts";

export const noInitiator: Asked = { isAccepted: false, code: "no_initiator", conversationId: null };

/** Of a request whose result comes later. Throws OutsideError when it may have been taken. */
export function readAsked(answer: DarajaAnswer): Asked {
  if (answer.kind === "no_token") return { isAccepted: false, code: answer.code, conversationId: null };
  if (answer.kind === "error" && answer.isCertain && meaningOf(answer.code, answer.words).push !== "unknown") {
    return { isAccepted: false, code: answer.code, conversationId: null };
  }
  const fields = answer.kind === "fields" ? answer.fields : {};
  const code = textOf(fields.ResponseCode);
  if (code === null) throw new OutsideError("M-Pesa did not say whether it took the request", true);
  return { isAccepted: /^0+$/.test(code), code, conversationId: textOf(fields.ConversationID) };
}
