import type { PaymentRow } from "../tables.ts";
import type { PaymentIntentFacts } from "./card-payments.ts";

/** `doubtful`: money has moved, and not as ordered: a person decides, and nothing is credited. */
export type CardVerdict =
  | { state: "paid" }
  | { state: "waiting" }
  | { state: "failed"; code: string }
  | { state: "expired" }
  | { state: "doubtful"; why: string };

type Ordered = Pick<PaymentRow, "amount" | "currency" | "paymentIntentId">;

/** What a PaymentIntent means for the order it is of. Words of Stripe's that are not known here mean: wait. */
export function judgeIntent(
  order: Ordered,
  intent: PaymentIntentFacts,
  ours: { customerId: string | null; isLive: boolean },
): CardVerdict {
  if (intent.status === "succeeded") {
    const why = differences(order, intent, ours);
    return why.length === 0 ? { state: "paid" } : { state: "doubtful", why: why.join("; ") };
  }
  if (!isOf(order, intent, ours)) return { state: "waiting" };
  if (intent.status === "canceled") return { state: "expired" };
  // A failed try is not the end: the payer may try another card on the same PaymentIntent.
  if (intent.status === "requires_payment_method" && intent.failureCode !== null)
    return { state: "failed", code: intent.failureCode };
  return { state: "waiting" };
}

function isOf(order: Ordered, intent: PaymentIntentFacts, ours: { customerId: string | null }): boolean {
  return intent.customerId === ours.customerId && (order.paymentIntentId ?? intent.id) === intent.id;
}

function differences(
  order: Ordered,
  intent: PaymentIntentFacts,
  ours: { customerId: string | null; isLive: boolean },
): string[] {
  const currency = intent.currency.toUpperCase();
  const mode = (isLive: boolean) => (isLive ? "live" : "test");
  return [
    ...(intent.amountReceived === order.amount && currency === order.currency
      ? []
      : [
          `Stripe has received ${intent.amountReceived} ${currency}, the order is over ${order.amount} ${order.currency}`,
        ]),
    ...(intent.customerId === ours.customerId
      ? []
      : [
          `it was paid by the customer ${intent.customerId ?? "nobody"}, the order is of ${ours.customerId ?? "nobody"}`,
        ]),
    ...(intent.isLive === ours.isLive
      ? []
      : [`it moved ${mode(intent.isLive)} money, and this service works with ${mode(ours.isLive)} money`]),
    ...((order.paymentIntentId ?? intent.id) === intent.id
      ? []
      : [`${intent.id} names this order, which is paid by ${order.paymentIntentId}`]),
  ];
}
