import type { Asked, PhonePayments } from "../../core/payments/phones/phone-payments.ts";
import type { DarajaAccount } from "./account.ts";
import { callDaraja, type DarajaParts } from "./client.ts";
import { noteTrouble } from "./note-trouble.ts";
import { noInitiator, readAsked } from "./read-asked.ts";

type Question = Parameters<PhonePayments["askStatus"]>[0];

/** PartyA's kind: an organisation's shortcode. */
const shortcodeKind = "4";

export async function askStatus(account: DarajaAccount, parts: DarajaParts, question: Question): Promise<Asked> {
  const { initiator } = account;
  if (initiator === null) return noInitiator;
  const answer = await callDaraja(parts, `${account.base}/mpesa/transactionstatus/v1/query`, {
    Initiator: initiator.name,
    SecurityCredential: initiator.credential,
    CommandID: "TransactionStatusQuery",
    TransactionID: question.receipt,
    PartyA: account.shortcode,
    IdentifierType: shortcodeKind,
    ResultURL: question.resultUrl,
    QueueTimeOutURL: question.resultUrl,
    Remarks: "Payment",
    Occasion: "",
  });
  noteTrouble(parts, "status", answer);
  return readAsked(answer);
}
