import { OutsideError } from "../../core/deps.ts";
import type { PhonePayments } from "../../core/payments/phones/phone-payments.ts";
import type { DarajaAccount } from "./account.ts";
import { callDaraja, type DarajaAnswer, type DarajaParts, textOf } from "./client.ts";
import { meaningOf } from "./error-codes.ts";
import { noteTrouble } from "./note-trouble.ts";

type Reversal = Parameters<PhonePayments["reverse"]>[0];
type Asked = Awaited<ReturnType<PhonePayments["reverse"]>>;

const remarksLength = { least: 2, most: 100 };

export async function reversePayment(account: DarajaAccount, parts: DarajaParts, reversal: Reversal): Promise<Asked> {
  const { initiator } = account;
  if (initiator === null) return { isAccepted: false, code: "no_initiator", conversationId: null };
  const answer = await callDaraja(parts, `${account.base}/mpesa/reversal/v1/request`, {
    Initiator: initiator.name,
    SecurityCredential: initiator.credential,
    CommandID: "TransactionReversal",
    TransactionID: reversal.receipt,
    Amount: reversal.amount,
    ReceiverParty: account.shortcode,
    // Spelt so.
    RecieverIdentifierType: "11",
    ResultURL: reversal.resultUrl,
    QueueTimeOutURL: reversal.resultUrl,
    Remarks: reversal.remarks.slice(0, remarksLength.most).padEnd(remarksLength.least, "."),
    Occasion: "",
  });
  noteTrouble(parts, "reversal", answer);
  return readAsked(answer);
}

function readAsked(answer: DarajaAnswer): Asked {
  if (answer.kind === "no_token") return { isAccepted: false, code: answer.code, conversationId: null };
  if (answer.kind === "error" && answer.isCertain && meaningOf(answer.code, answer.words).push !== "unknown") {
    return { isAccepted: false, code: answer.code, conversationId: null };
  }
  const fields = answer.kind === "fields" ? answer.fields : {};
  const code = textOf(fields.ResponseCode);
  if (code === null) throw new OutsideError("M-Pesa did not say whether it took the reversal", true);
  return { isAccepted: /^0+$/.test(code), code, conversationId: textOf(fields.ConversationID) };
}
