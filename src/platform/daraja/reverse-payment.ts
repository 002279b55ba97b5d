import type { Asked, PhonePayments } from "../../core/payments/phones/phone-payments.ts";
import type { DarajaAccount } from "./account.ts";
import { callDaraja, type DarajaParts } from "./client.ts";
import { noteTrouble } from "./note-trouble.ts";
import { noInitiator, readAsked } from "./read-asked.ts";

type Reversal = Parameters<PhonePayments["reverse"]>[0];

const remarksLength = { least: 2, most: 100 };

export async function reversePayment(account: DarajaAccount, parts: DarajaParts, reversal: Reversal): Promise<Asked> {
  const { initiator } = account;
  if (initiator === null) return noInitiator;
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
