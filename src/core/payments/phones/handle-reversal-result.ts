import type { Context } from "../../context.ts";
import { recordClaim } from "../settle-claim.ts";
import { findPayment } from "../store.ts";
import type { ProviderEventRow } from "../tables.ts";
import { callPerson } from "./check-phone-payment.ts";
import { readReversalResult } from "./read-callback.ts";
import { isReversed } from "./reversal-codes.ts";
import { findReversalBy, noteReversal } from "./reversal-store.ts";
import { claimOf, endInRefusal } from "./reverse-phone-payment.ts";

/** What became of money that was to be sent back. The first result counts; what cannot be read, a person looks at. */
export async function handleReversalResult(context: Context, event: ProviderEventRow): Promise<string> {
  const { deps } = context;
  const row = event.objectId === null ? null : await findReversalBy(deps, { claimId: event.objectId });
  const payment = row === null ? null : await findPayment(deps, row.paymentId);
  if (row === null || payment === null) return "no_reversal";
  if (row.endedAtMs !== null) return "repeat";
  const { resultCode, conversationId, transactionId } = readReversalResult(event.body);
  if (row.conversationId !== null && conversationId !== null && conversationId !== row.conversationId) {
    deps.log.write("error", "mpesa_result_of_another", { claimId: row.claimId });
    return "other_conversation";
  }
  if (resultCode === null) {
    const words = `M-Pesa's answer to the refund ${row.claimId} says nothing certain: see in its portal whether the money was sent. Its credits are taken.`;
    await callPerson(context, payment, words);
    await noteReversal(deps, row.claimId, { overdueAtMs: null });
    return "unclear";
  }
  if (!isReversed(resultCode)) {
    await endInRefusal(context, payment, row, resultCode);
    return `returned, ${resultCode}`;
  }
  await recordClaim(context, payment, { ...claimOf(row, "taken", "reversed"), providerId: transactionId });
  await noteReversal(deps, row.claimId, { endedAtMs: deps.clock.now(), overdueAtMs: null });
  return `reversed, ${resultCode}`;
}
