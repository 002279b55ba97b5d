import type { MpesaStatusAnswer } from "../../../contract/astella.ts";
import type { UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { failureOf } from "../failure-words.ts";
import { findPaymentBy, findTenantPayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import { refreshPhonePayment } from "./check-phone-payments.ts";
import { isPushRefusal } from "./push-refusals.ts";

/** By M-Pesa's id, or by ours where M-Pesa never told one. Refuses `not_found`, for another tenant's too. */
export async function readMpesaStatus(context: UserContext, checkoutRequestId: string): Promise<MpesaStatusAnswer> {
  const { deps, actor } = context;
  const payment =
    (await findPaymentBy(deps, { checkoutRequestId })) ??
    (await findTenantPayment(deps, actor.tenantId, checkoutRequestId));
  if (payment === null || payment.tenantId !== actor.tenantId || payment.provider !== "mpesa") {
    return fail("not_found", "There is no M-Pesa payment of this name.");
  }
  const current = await refreshPhonePayment(context, payment);
  const { balance } = await deps.ledger(actor.tenantId).readBalance();
  return { ...statusOf(current), credits_remaining: balance };
}

function statusOf(payment: PaymentRow): Omit<MpesaStatusAnswer, "credits_remaining"> {
  if (payment.state === "paid") return { status: "paid", result_code: "0", message: paidWords(payment) };
  if (payment.state === "failed" || payment.state === "expired") {
    const { code, message } = failureOf(payment);
    const isMpesas = payment.state === "failed" && !isPushRefusal(code);
    return { status: "failed", ...(isMpesas ? { result_code: code } : {}), message };
  }
  return {
    status: "pending",
    message: "Waiting for M-Pesa. If the phone asks for your PIN, enter it there; nothing is charged until you do.",
  };
}

function paidWords({ plan, credits, bonus }: PaymentRow): string {
  if (plan !== null) return `Paid. Your ${plan} plan is on.`;
  const all = credits + bonus;
  return `Paid. ${all === 1 ? "1 credit was" : `${all} credits were`} added.`;
}
