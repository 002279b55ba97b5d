/** What each verb of the driver takes: the same for a method of StandInStripe, for POST /stand-in/…, and for a button of a page. */
import { z } from "zod";

const id = z.string().min(1);
const count = z.number().int().nonnegative().optional();
const maybeText = z.string().min(1).optional();

export const declineCode = z.enum([
  "card_declined",
  "insufficient_funds",
  "expired_card",
  "incorrect_cvc",
  "processing_error",
]);
export type DeclineCode = z.infer<typeof declineCode>;

/** What a customer's saved card says when Stripe charges it without the customer being there. */
export const cardMood = z.enum(["pays", "card_declined", "insufficient_funds", "authentication_required"]);
export type CardMood = z.infer<typeof cardMood>;

export const faultKind = z.enum([
  /** 500 before the work; nothing is kept under the idempotency key. */
  "error",
  /** 500 before the work, and kept: the same key gets it again for 24 hours, as Stripe's documentation says. */
  "error_kept",
  /** 429 rate_limit. */
  "rate_limited",
  /** 429 lock_timeout: another call works on the same object. */
  "lock_timeout",
  /** 409 idempotency_key_in_use. */
  "key_in_use",
  /** No answer, ever, and no work done. */
  "never_answers",
  /** The connection breaks before the work. */
  "dropped",
  /** The work is done and the connection breaks before the answer. */
  "answer_lost",
  /** The work is done and the answer breaks off in its middle. */
  "answer_cut",
]);
export type FaultKind = z.infer<typeof faultKind>;

export const forgery = z.enum([
  "wrong_secret",
  "too_old",
  "too_far_ahead",
  "altered_body",
  "no_signature",
  "garbled_signature",
]);
export type Forgery = z.infer<typeof forgery>;

const ofSession = z.strictObject({ session: id });
const ofIntent = z.strictObject({ paymentIntent: id });
const ofRefund = z.strictObject({ refund: id });
const ofDispute = z.strictObject({ dispute: id });
const ofSubscription = z.strictObject({ subscription: id });
const ofInvoice = z.strictObject({ invoice: id });

const disputeStatus = z.enum([
  "needs_response",
  "under_review",
  "warning_needs_response",
  "warning_under_review",
  "appeal_needs_response",
  "appeal_under_review",
]);

const deliveryFilter = z.strictObject({
  /** Only what concerns this customer. */
  customer: id.optional(),
  /** Only these types, such as "invoice.paid". */
  types: z.array(id).optional(),
  /** Only events about this object. */
  object: id.optional(),
});
export type DeliveryFilter = z.infer<typeof deliveryFilter>;

export const bodies = {
  advance: z.strictObject({ ms: z.number().int().nonnegative() }),
  settleDue: z.strictObject({}),

  paySession: z.strictObject({ session: id, discountAmount: count, email: maybeText }),
  paySessionLater: z.strictObject({ session: id, email: maybeText }),
  requireActionOnSession: ofSession,
  declineSession: z.strictObject({ session: id, code: declineCode.default("card_declined") }),
  expireSession: ofSession,

  payIntent: ofIntent,
  declineIntent: z.strictObject({ paymentIntent: id, code: declineCode.default("card_declined") }),
  requireAction: ofIntent,
  completeAction: z.strictObject({ paymentIntent: id, isAuthenticated: z.boolean().default(true) }),
  processIntent: ofIntent,
  settleIntent: z.strictObject({ paymentIntent: id, outcome: z.enum(["succeeded", "failed"]).default("succeeded") }),
  cancelIntent: z.strictObject({ paymentIntent: id, reason: maybeText }),

  refund: z.strictObject({
    paymentIntent: id,
    /** Minor units; left out: all that is left. */
    amount: count,
    reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
    status: z.enum(["succeeded", "pending"]).default("succeeded"),
  }),
  /** What becomes of refunds made over the API from now on. */
  setRefundsPending: z.strictObject({ isPending: z.boolean() }),
  succeedRefund: ofRefund,
  failRefund: z.strictObject({ refund: id, reason: z.string().default("lost_or_stolen_card") }),
  cancelRefund: ofRefund,

  openDispute: z.strictObject({
    paymentIntent: id,
    /** Minor units; left out: all that was not refunded. */
    amount: count,
    reason: z.string().default("fraudulent"),
    status: z.enum(["needs_response", "warning_needs_response"]).default("needs_response"),
    /** Left out: a chargeback takes the money at once, an inquiry does not. */
    withdraws: z.boolean().optional(),
  }),
  withdrawDisputeFunds: ofDispute,
  reinstateDisputeFunds: ofDispute,
  updateDispute: z.strictObject({ dispute: id, status: disputeStatus.optional() }),
  closeDispute: z.strictObject({
    dispute: id,
    status: z.enum(["won", "lost", "warning_closed", "prevented"]),
    /** Left out: a won dispute gives the money back at once. */
    reinstates: z.boolean().optional(),
  }),
  warnOfFraud: z.strictObject({ paymentIntent: id, fraudType: z.string().default("made_with_stolen_card") }),

  setCard: z.strictObject({ customer: id, mood: cardMood }),
  renewSubscription: z.strictObject({ subscription: id, mood: cardMood.optional() }),
  cancelSubscription: z.strictObject({ subscription: id, when: z.enum(["now", "period_end"]).default("now") }),
  keepSubscription: ofSubscription,
  pauseSubscription: ofSubscription,
  resumeSubscription: ofSubscription,
  switchPlan: z.strictObject({
    subscription: id,
    price: id,
    prorationBehavior: z.enum(["create_prorations", "always_invoice", "none"]).default("create_prorations"),
    paymentBehavior: z
      .enum(["allow_incomplete", "pending_if_incomplete", "error_if_incomplete", "default_incomplete"])
      .default("allow_incomplete"),
  }),

  payInvoice: ofInvoice,
  finalizeInvoice: ofInvoice,
  failNextFinalization: ofSubscription,
  voidInvoice: ofInvoice,
  markInvoiceUncollectible: ofInvoice,
  markInvoiceOverdue: ofInvoice,
  announceUpcomingInvoice: ofSubscription,

  pendingDeliveries: deliveryFilter,
  takeDeliveries: deliveryFilter,
  dropDeliveries: deliveryFilter,
  listEvents: deliveryFilter,
  resend: z.strictObject({ event: id }),
  forge: z.strictObject({ event: id, how: forgery }),

  addFault: z.strictObject({
    /** Such as "/v1/refunds". */
    pathPrefix: z.string().default("/v1"),
    method: z.enum(["GET", "POST", "DELETE"]).optional(),
    /** A text that must stand in the address or the body, such as a customer's id, so that tests do not meet each other's. */
    match: maybeText,
    kind: faultKind,
    times: z.number().int().positive().default(1),
  }),
  clearFaults: z.strictObject({}),
  listRequests: z.strictObject({ pathPrefix: z.string().default("/v1"), match: maybeText }),
  find: z.strictObject({ id }),

  configure: z.strictObject({
    /** Days after each failed try of a subscription's invoice until the next; after the last one it is given up. */
    retryDays: z.array(z.number().positive()).optional(),
    /** What becomes of a subscription whose retries are used up. */
    afterRetries: z.enum(["canceled", "unpaid", "past_due"]).optional(),
    /** Added to what sessions and invoices with automatic_tax cost. */
    taxPercent: z.number().min(0).max(100).optional(),
    /** Only these are sent to the webhook; null: all. */
    enabledEvents: z.array(z.string()).nullable().optional(),
  }),
};

export type Bodies = typeof bodies;
/** What a caller hands over: defaults may be left out. */
export type Given<Name extends keyof Bodies> = z.input<Bodies[Name]>;
/** What a verb works with: defaults are filled in. */
export type Taken<Name extends keyof Bodies> = z.output<Bodies[Name]>;
