import { type Answer, json } from "./answers.ts";
import { type Fields, field, firstWrong, isShortcode, isTimely } from "./fields.ts";
import { refuseMerchant } from "./push.ts";
import { refuse, refuseField } from "./refusals.ts";
import type { DarajaWorld } from "./world.ts";

/** Answers from what the payer did, whatever callbacks have said. No amount and no receipt. */
export function queryPush(world: DarajaWorld, fields: Fields): Answer {
  const prompt = world.prompts.get(field(fields, "CheckoutRequestID"));
  const wrong = firstWrong([
    ["BusinessShortCode", isShortcode(field(fields, "BusinessShortCode"))],
    ["Password", field(fields, "Password") !== ""],
    ["Timestamp", isTimely(world, field(fields, "Timestamp"))],
    ["CheckoutRequestID", prompt !== undefined],
  ]);
  if (wrong !== null || prompt === undefined) return refuseField(world, wrong ?? "CheckoutRequestID");
  const refusal = refuseMerchant(world, fields);
  if (refusal !== null) return refusal;
  if (prompt.pendingQueries > 0 || prompt.result === null) {
    prompt.pendingQueries = Math.max(0, prompt.pendingQueries - 1);
    return refuse(world, "500.001.1001", "The transaction is being processed");
  }
  return json({
    ResponseCode: "0",
    // Spelt so.
    ResponseDescription: "The service request has been accepted successsfully",
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: prompt.checkoutRequestId,
    ResultCode: prompt.result.code,
    ResultDesc: prompt.result.description,
  });
}
