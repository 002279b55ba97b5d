import type { QueryOutcome } from "../../core/payments/phones/phone-payments.ts";
import { type DarajaAccount, signature } from "./account.ts";
import { callDaraja, type DarajaParts, textOf } from "./client.ts";
import { meaningOf } from "./error-codes.ts";
import { noteTrouble } from "./note-trouble.ts";

/** What has become of a prompt. Every answer that is not a result is none yet, an error of any kind too. */
export async function queryPush(
  account: DarajaAccount,
  parts: DarajaParts,
  checkoutRequestId: string,
): Promise<QueryOutcome> {
  const body = { ...signature(account, parts.now()), CheckoutRequestID: checkoutRequestId };
  const answer = await callDaraja(parts, `${account.base}/mpesa/stkpushquery/v1/query`, body);
  if (answer.kind !== "fields") {
    // «Being processed» comes as an error; it is no trouble.
    const isUsual = answer.kind === "error" && meaningOf(answer.code, answer.words).push === "phone_busy";
    if (!isUsual) noteTrouble(parts, "query", answer);
    return { state: "pending" };
  }
  const resultCode = textOf(answer.fields.ResultCode);
  const named = textOf(answer.fields.CheckoutRequestID);
  if (resultCode === null || resultCode === "" || (named !== null && named !== checkoutRequestId)) {
    return { state: "pending" };
  }
  return resultCode === "0" ? { state: "paid" } : { state: "failed", resultCode };
}
