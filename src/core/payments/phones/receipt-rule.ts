import type { PaymentRow, StrayReceiptRow } from "../tables.ts";
import { mayBePhone } from "./phone-number.ts";
import { idEndOf } from "./phone-reference.ts";
import { clockSkewMs, isOfPrompt } from "./prompt-time.ts";

type Paid = Pick<PaymentRow, "id" | "provider" | "receipt" | "amount" | "phone" | "createdAtMs">;
type Money = Pick<StrayReceiptRow, "receipt" | "amount" | "reference" | "paidAtMs">;

/**
 * Why money that an operator has found cannot be what this payment asked for, in words for them; null: it can. The same as the
 * list is held against, but for M-Pesa's query: here a person answers for it. `payerPhone` is as the portal shows it.
 */
export function whyNotOf(payment: Paid, money: Money, payerPhone: string): string | null {
  const { provider, amount, phone, createdAtMs } = payment;
  if (provider !== "mpesa" || phone === null) return "That payment was not asked for on a phone.";
  if (payment.receipt !== null && payment.receipt !== money.receipt)
    return `That payment has a receipt already, ${payment.receipt}: this is other money, to be sent back or given in another way.`;
  if (amount !== money.amount)
    return `M-Pesa received KES ${money.amount / 100} where that payment asked for KES ${amount / 100}.`;
  if (!mayBePhone(phone, inFull(payerPhone)))
    return `That payment was asked for on ${phone}, and the payer's number is another, or shows too few digits.`;
  return whyNotThen({ id: payment.id, createdAtMs }, money);
}

/** Who names the payment may have paid it by hand, later; who does not must have paid by its prompt. */
function whyNotThen(
  { id, createdAtMs }: Pick<PaymentRow, "id" | "createdAtMs">,
  { reference, paidAtMs }: Money,
): string | null {
  const idEnd = reference === null ? null : idEndOf(reference);
  if (idEnd !== null && !id.endsWith(idEnd)) return `The payer named another payment of ours: ${reference}.`;
  if (paidAtMs < createdAtMs - clockSkewMs) return "That payment was begun after this money had come.";
  if (idEnd !== null || isOfPrompt(createdAtMs, paidAtMs)) return null;
  return "This money does not name that payment, and came too long after its request to be what the phone was asked for.";
}

/** Portals show 0712… as well as 254712…. */
function inFull(shown: string): string {
  return shown.replace(/[\s-]/g, "").replace(/^0/, "254");
}
