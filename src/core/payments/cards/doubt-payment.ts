import type { Context } from "../../context.ts";
import type { PaymentRow } from "../tables.ts";
import { endCardPayment, noteAttention, noteCardWhile } from "./card-store.ts";

/**
 * Money has moved, and not as ordered: nothing is credited, and a person decides. The payer is told so. A payment that is
 * paid stays paid; what a person has looked at already is not asked of them again.
 */
export async function doubtPayment(context: Context, payment: PaymentRow, why: string): Promise<void> {
  const { deps } = context;
  if (payment.failureCode === "under_review") return;
  deps.log.write("error", "payment_needs_a_person", { paymentId: payment.id, why });
  const change = { failureCode: "under_review", nextCheckAtMs: null };
  await noteAttention(deps, payment.id, `${why}. Nothing was credited.`);
  if (await endCardPayment(context, payment, "failed", change)) return;
  await noteCardWhile(deps, payment.id, ["failed"], change);
}
