import type { SettledReceiptAnswer, SettleReceiptBody } from "../../../contract/admin.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import { fail } from "../../fail.ts";
import { toStrayAnswer } from "../admin-answer.ts";
import { isOpen } from "./check-phone-payment.ts";
import { refuseEnded, requireStray } from "./credit-receipt.ts";
import { idEndOf } from "./phone-reference.ts";
import { closeStatement } from "./phone-store.ts";
import { findUnreceipted, hasNoOwner, resolveStatement, settledByHand } from "./receipt-store.ts";

const hourMs = 3_600_000;
/** A reference is shown on the phone: who pays by hand with it does so soon. */
const referenceMs = 48 * hourMs;

/**
 * An operator has dealt with a stray receipt elsewhere: sent it back at Safaricom's portal, or found that it is not for us. It
 * is off the list, and buys nothing here any more: should its payment be told paid later, a person looks at it first. A
 * repeat changes nothing. Refuses `not_found`, `receipt_refused`.
 */
export async function settleReceipt(
  context: Context,
  { receipt, reason }: SettleReceiptBody & { receipt: string },
): Promise<SettledReceiptAnswer> {
  const { deps } = context;
  const stray = await requireStray(context, receipt);
  const resolution = settledByHand(reason);
  const answer = { stray_receipt: { ...toStrayAnswer(stray), resolution } };
  if (stray.resolution === resolution) return answer;
  if (stray.resolution !== null) refuseEnded(stray.resolution);
  const idEnd = stray.reference === null ? null : idEndOf(stray.reference);
  const named = idEnd === null ? [] : await findUnreceipted(deps, { idEnd, fromMs: stray.paidAtMs - referenceMs });
  const open = named.find(isOpen);
  if (open !== undefined) {
    const words = `The payer named ${open.id}, and M-Pesa is still being asked about it. Nothing was changed; credit it to that, or come back in an hour.`;
    fail("receipt_refused", words);
  }
  const [resolved] = await deps.db.batch([
    resolveStatement(deps, receipt, resolution, hasNoOwner(deps, receipt)),
    auditRowIfChanged(context, {
      action: "receipt.settle",
      target: receipt,
      tenantId: null,
      details: { amount: stray.amount, reason },
    }),
    ...named.map(({ id }) => closeStatement(deps, id, receipt, resolution)),
  ]);
  if (resolved.length > 0) return answer;
  return fail("receipt_refused", "Somebody else has dealt with this receipt meanwhile. Look at it again.");
}
