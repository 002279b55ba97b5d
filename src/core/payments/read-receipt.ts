import type { Currency, PaymentProvider, PaymentStatus } from "../../contract/payments.ts";
import { readContact } from "../accounts/read-contact.ts";
import type { Context, UserContext } from "../context.ts";
import type { PackageId } from "../credits/packages.ts";
import { fail } from "../fail.ts";
import type { Plan } from "../plans/plans.ts";
import { statusOf } from "./payment-state.ts";
import { requirePayment } from "./read-payment.ts";
import { findPayment, listClaims } from "./store.ts";
import type { PaymentRow } from "./tables.ts";

/** What a receipt says, in no language yet. Amounts in minor units. */
export type Receipt = {
  paymentId: string;
  buyer: { email: string; name: string | null } | null;
  bought: { packageId: PackageId | null; plan: Plan | null; credits: number; bonus: number };
  amount: number;
  currency: Currency;
  provider: PaymentProvider;
  /** M-Pesa's receipt number, or Stripe's charge; null: not told yet. */
  reference: string | null;
  phone: string | null;
  status: PaymentStatus;
  orderedAtMs: number;
  paidAtMs: number;
  refunds: { amount: number; atMs: number }[];
};

/** Of the caller's own payment. Refuses `not_found`, `payment_not_paid`. */
export async function readOwnReceipt(context: UserContext, paymentId: string): Promise<Receipt> {
  return toReceipt(context, await requirePayment(context, paymentId));
}

/** Of the payment that a signed link names. Refuses as `readOwnReceipt`. */
export async function readLinkedReceipt(context: Context, paymentId: string): Promise<Receipt> {
  const payment = await findPayment(context.deps, paymentId);
  return toReceipt(context, payment ?? fail("not_found", "There is no payment of this name."));
}

async function toReceipt({ deps }: Context, payment: PaymentRow): Promise<Receipt> {
  const { paidAtMs } = payment;
  if (payment.state !== "paid" || paidAtMs === null)
    fail("payment_not_paid", "This payment is not paid, so there is no receipt. Look again once it is.");
  const [buyer, claims] = await Promise.all([readContact(deps, payment.userId), listClaims(deps, payment.id)]);
  const { packageId, plan, credits, bonus } = payment;
  return {
    paymentId: payment.id,
    buyer,
    bought: { packageId, plan, credits, bonus },
    amount: payment.amount,
    currency: payment.currency,
    provider: payment.provider,
    reference: payment.receipt,
    phone: payment.phone,
    status: statusOf(payment),
    orderedAtMs: payment.createdAtMs,
    paidAtMs,
    refunds: claims
      .filter(({ kind, state }) => kind === "refund" && state === "taken")
      .map(({ amount, createdAtMs }) => ({ amount, atMs: createdAtMs }))
      .toSorted((one, other) => one.atMs - other.atMs),
  };
}
