/**
 * Stripe, as the core sees it: facts of its objects, read anew each time, and the few things asked of it. Amounts are in
 * minor units. Every method throws OutsideError when Stripe does not answer: then it may have done what it was asked, or not.
 * Calls that make something carry a key derived from our own id, so that a repeat makes nothing twice.
 */
import type { Plan } from "../../plans/plans.ts";

/** Stripe did it, or understood and refused: then the same call again is of no use. `code` is its own. */
export type CardAnswer<Made> = { ok: true; made: Made } | { ok: false; code: string };

export type PaymentIntentFacts = {
  id: string;
  /** Stripe's own; the list is open. */
  status: string;
  amount: number;
  amountReceived: number;
  currency: string;
  customerId: string | null;
  isLive: boolean;
  /** What our own metadata says: a pointer, never a proof. */
  paymentId: string | null;
  failureCode: string | null;
  chargeId: string | null;
  /** What the payer's page needs to pay it: for its payer alone. */
  clientSecret: string | null;
};

export type CheckoutFacts = {
  id: string;
  mode: string;
  status: string;
  paymentStatus: string;
  amountTotal: number;
  currency: string;
  customerId: string | null;
  isLive: boolean;
  /** `client_reference_id`. */
  paymentId: string | null;
  paymentIntentId: string | null;
  subscriptionId: string | null;
  /** Where it is paid; null once it is not open any more. */
  url: string | null;
};

export type RefundFacts = {
  id: string;
  /** pending, requires_action, succeeded, failed, canceled. */
  status: string;
  amount: number;
  paymentIntentId: string | null;
  /** The claim of ours that asked for it. */
  claimId: string | null;
};

export type DisputeFacts = {
  id: string;
  status: string;
  amount: number;
  paymentIntentId: string | null;
  /** By the dispute's own balance transactions: what it took is gone, what it took is back. */
  isWithdrawn: boolean;
  isReinstated: boolean;
};

export type SubscriptionFacts = {
  id: string;
  status: string;
  customerId: string;
  isLive: boolean;
  /** Of the item that carries a plan's price; null: no price of ours. */
  plan: Plan | null;
  itemId: string;
  currentPeriodStartMs: number;
  currentPeriodEndMs: number;
  isCancelledAtPeriodEnd: boolean;
  begunAtMs: number;
  endedAtMs: number | null;
  latestInvoiceId: string | null;
};

export type InvoiceFacts = {
  id: string;
  status: string;
  customerId: string | null;
  isLive: boolean;
  subscriptionId: string | null;
  /** The one that a subscription began with. */
  isFirst: boolean;
  amountPaid: number;
  currency: string;
  /** Of its payment, where there was one: an invoice over nothing has none. */
  paymentIntentId: string | null;
  chargeId: string | null;
  plan: Plan | null;
  createdAtMs: number;
};

/**
 * `objectId`: what is to be read anew: the event's own object, or the one it is about where that says more (the charge of a
 * fraud warning, the invoice of an invoice payment). null: it has none, as an invoice that is only announced.
 */
export type CardEvent = {
  id: string;
  type: string;
  objectId: string | null;
  isLive: boolean;
};

export interface CardPayments {
  /** Whether our key is of live money; objects of the other mode are none of ours. */
  readonly isLive: boolean;
  /** null: the signature is not right, is older than five minutes, or from the future. */
  verifyEvent(rawBody: string, signature: string, nowMs: number): Promise<CardEvent | null>;

  createCustomer(customer: { tenantId: string; email: string; name: string | null }): Promise<string>;
  /** Takes address and name off a customer whose account is deleted; payments stay on record at Stripe. */
  forgetCustomer(customerId: string): Promise<void>;
  createPaymentIntent(order: CardOrder): Promise<CardAnswer<PaymentIntentFacts>>;
  /** So that nobody can pay it any more. Answers with what it is by then: it may just have been paid. */
  cancelPaymentIntent(id: string): Promise<PaymentIntentFacts>;
  /** Stripe ends it by itself 24 hours after its making. */
  createCheckout(order: CardOrder & ReturnPages): Promise<CardAnswer<CheckoutFacts>>;
  /** `requestId` makes a repeat of one request the same session. */
  createPlanCheckout(
    order: { requestId: string; tenantId: string; customerId: string; plan: Plan } & ReturnPages,
  ): Promise<CardAnswer<CheckoutFacts>>;
  expireCheckout(id: string): Promise<CheckoutFacts>;
  createPortal(customerId: string, returnUrl: string): Promise<CardAnswer<string>>;
  /** The price of the new plan from now on; what is due is charged at once, and without it nothing changes. */
  changePlan(change: {
    subscriptionId: string;
    itemId: string;
    plan: Plan;
    requestId: string;
  }): Promise<CardAnswer<SubscriptionFacts>>;
  /** Nothing is refunded. A refusal means that it has ended. */
  cancelNow(subscriptionId: string): Promise<CardAnswer<SubscriptionFacts>>;
  cancelAtPeriodEnd(subscriptionId: string): Promise<CardAnswer<SubscriptionFacts>>;
  /** The claim's id is the key and stands in the refund's metadata. */
  refund(refund: { claimId: string; paymentIntentId: string; amount: number }): Promise<CardAnswer<RefundFacts>>;

  /** null: there is no such object. */
  readPaymentIntent(id: string): Promise<PaymentIntentFacts | null>;
  readCheckout(id: string): Promise<CheckoutFacts | null>;
  readRefund(id: string): Promise<RefundFacts | null>;
  readDispute(id: string): Promise<DisputeFacts | null>;
  readSubscription(id: string): Promise<SubscriptionFacts | null>;
  readInvoice(id: string): Promise<InvoiceFacts | null>;
  /** All of them: a charge has few. */
  listRefunds(paymentIntentId: string): Promise<RefundFacts[]>;
  listDisputes(paymentIntentId: string): Promise<DisputeFacts[]>;
  /** A customer's that have not ended. */
  listSubscriptions(customerId: string): Promise<SubscriptionFacts[]>;
  /** The PaymentIntent that a charge belongs to. */
  paymentIntentOf(chargeId: string): Promise<string | null>;
}

type CardOrder = {
  paymentId: string;
  tenantId: string;
  customerId: string;
  amount: number;
  /** As ours: USD, KES. */
  currency: string;
  /** What the payer reads. */
  description: string;
};

/** Where the payer comes back to; Stripe writes the session's id into `{CHECKOUT_SESSION_ID}`. */
type ReturnPages = { successUrl: string; cancelUrl: string };
