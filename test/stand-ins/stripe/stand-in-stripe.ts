import { type Bodies, bodies, type Given, type Taken } from "./bodies.ts";
import { expireNow, paySession, paySessionLater, refuseSession, requireActionOnSession } from "./checkout.ts";
import { closeDispute, moveDisputeFunds, openDispute, updateDispute, warnOfFraud } from "./disputes.ts";
import { ConnectionBroken } from "./faults.ts";
import { cancelIntent, completeAction, declineIntent, payIntent, processIntent, requireAction } from "./intents.ts";
import { finalize, markOverdue, markUncollectible, payInvoice, voidInvoice } from "./invoices.ts";
import type { Delivery } from "./mailbox.ts";
import { cancelRefund, createRefund, failRefund, succeedRefund } from "./refunds.ts";
import { type Answer, answerRequest, type RequestLike } from "./serve-request.ts";
import {
  cancelSubscription,
  keepSubscription,
  pauseSubscription,
  renewSubscription,
  resumeSubscription,
  switchPlan,
} from "./subscription-changes.ts";
import { announceUpcoming } from "./subscriptions.ts";
import type * as Wire from "./wire.ts";
import { type CallSeen, World, type WorldOptions } from "./world.ts";

/**
 * A Stripe in memory: its API, what buyers, banks and time do to it, and its webhooks, all in the hands of a test.
 *
 * It has no sockets, no timers, no clock and no chance of its own: the same calls give the same ids, events and bodies. What
 * happens later (a session runs out, a subscription renews, a retry is due) happens when the clock is moved: by `advance`, or
 * by moving what `now` tells; each call first settles what has become due.
 *
 * Amounts are minor units (cents), times of objects are seconds. Every method takes one object, which is also the JSON body of
 * the same verb over HTTP: `paySession({session})` is `POST /stand-in/pay-session {"session": …}`. What cannot be done in the
 * state things are in throws a `StripeFault` with Stripe's words.
 */
export class StandInStripe {
  readonly world: World;

  constructor(options: WorldOptions) {
    this.world = new World(options);
  }

  /** Stripe's API under /v1, the driver under /stand-in, and pages for people. Rejects where a connection would break. */
  async fetch(request: Request): Promise<Response> {
    const { status, headers, body, isCut = false } = await this.answer(request);
    return new Response(isCut ? cutOff(body) : body, { status, headers });
  }
  /** The same for Requests and Responses of another make, such as miniflare's. */
  answer(request: RequestLike): Promise<Answer> {
    return answerRequest(this, request);
  }

  // The clock. Signatures are stamped by `now` alone: moving Stripe's clock does not make its webhooks come from the future.
  nowMs(): number {
    return this.world.nowMs();
  }
  advance(given: Given<"advance">): { nowMs: number } {
    const { ms } = this.take("advance", given);
    this.world.advance(ms);
    return { nowMs: this.world.nowMs() };
  }
  /** Does what has become due; only needed when what `now` tells was moved and nothing was called since. */
  settleDue(given: Given<"settleDue"> = {}): { nowMs: number } {
    this.take("settleDue", given);
    return { nowMs: this.world.nowMs() };
  }

  // A buyer at the hosted page.
  paySession(given: Given<"paySession">): Wire.Session {
    return paySession(this.world, this.take("paySession", given));
  }
  /** By a slow method (a bank debit): complete and unpaid, until `settleIntent` of its payment intent. */
  paySessionLater(given: Given<"paySessionLater">): Wire.Session {
    return paySessionLater(this.world, this.take("paySessionLater", given));
  }
  /** The bank wants to see the buyer first: then `completeAction` of the session's payment intent. */
  requireActionOnSession(given: Given<"requireActionOnSession">): Wire.Session {
    return requireActionOnSession(this.world, this.take("requireActionOnSession", given));
  }
  /** The card is declined; the session stays open for another try. */
  declineSession(given: Given<"declineSession">): Wire.Session {
    return refuseSession(this.world, this.take("declineSession", given));
  }
  /** Now; by itself it runs out at its expires_at. */
  expireSession(given: Given<"expireSession">): Wire.Session {
    return expireNow(this.world, this.take("expireSession", given));
  }

  // A buyer before a payment intent.
  payIntent(given: Given<"payIntent">): Wire.PaymentIntent {
    return payIntent(this.world, this.take("payIntent", given));
  }
  declineIntent(given: Given<"declineIntent">): Wire.PaymentIntent {
    return declineIntent(this.world, this.take("declineIntent", given));
  }
  requireAction(given: Given<"requireAction">): Wire.PaymentIntent {
    return requireAction(this.world, this.take("requireAction", given));
  }
  /** The buyer comes back from the bank, recognised or not. */
  completeAction(given: Given<"completeAction">): Wire.PaymentIntent {
    return completeAction(this.world, this.take("completeAction", given));
  }
  /** A slow method has begun: `processing`, until `settleIntent`. */
  processIntent(given: Given<"processIntent">): Wire.PaymentIntent {
    return processIntent(this.world, this.take("processIntent", given));
  }
  settleIntent(given: Given<"settleIntent">): Wire.PaymentIntent {
    const { paymentIntent, outcome } = this.take("settleIntent", given);
    if (outcome === "succeeded") return payIntent(this.world, { paymentIntent, fromProcessing: true });
    return declineIntent(this.world, { paymentIntent, code: "insufficient_funds", fromProcessing: true });
  }
  cancelIntent(given: Given<"cancelIntent">): Wire.PaymentIntent {
    return cancelIntent(this.world, this.take("cancelIntent", given));
  }

  // The dashboard's refunds, and what banks make of refunds.
  refund(given: Given<"refund">): Wire.Refund {
    const { paymentIntent, status, ...rest } = this.take("refund", given);
    return createRefund(this.world, { payment_intent: paymentIntent, ...rest }, status);
  }
  setRefundsPending(given: Given<"setRefundsPending">): { isPending: boolean } {
    const { isPending } = this.take("setRefundsPending", given);
    this.world.areRefundsPending = isPending;
    return { isPending };
  }
  succeedRefund(given: Given<"succeedRefund">): Wire.Refund {
    return succeedRefund(this.world, this.take("succeedRefund", given));
  }
  /** Also after it had succeeded: the charge's amount_refunded goes down again. */
  failRefund(given: Given<"failRefund">): Wire.Refund {
    return failRefund(this.world, this.take("failRefund", given));
  }
  /** Only a pending one. */
  cancelRefund(given: Given<"cancelRefund">): Wire.Refund {
    return cancelRefund(this.world, this.take("cancelRefund", given));
  }

  // Disputes.
  openDispute(given: Given<"openDispute">): Wire.Dispute {
    return openDispute(this.world, this.take("openDispute", given));
  }
  withdrawDisputeFunds(given: Given<"withdrawDisputeFunds">): Wire.Dispute {
    return moveDisputeFunds(this.world, this.take("withdrawDisputeFunds", given).dispute, "withdrawn");
  }
  reinstateDisputeFunds(given: Given<"reinstateDisputeFunds">): Wire.Dispute {
    return moveDisputeFunds(this.world, this.take("reinstateDisputeFunds", given).dispute, "reinstated");
  }
  updateDispute(given: Given<"updateDispute">): Wire.Dispute {
    return updateDispute(this.world, this.take("updateDispute", given));
  }
  closeDispute(given: Given<"closeDispute">): Wire.Dispute {
    return closeDispute(this.world, this.take("closeDispute", given));
  }
  warnOfFraud(given: Given<"warnOfFraud">): Wire.EarlyFraudWarning {
    return warnOfFraud(this.world, this.take("warnOfFraud", given));
  }

  // Subscriptions and their invoices.
  /** What the customer's saved card will say to every charge without the customer, until it is set anew. */
  setCard(given: Given<"setCard">): { customer: string; mood: string } {
    const { customer, mood } = this.take("setCard", given);
    this.world.cardMoods.set(this.world.customer(customer).id, mood);
    return { customer, mood };
  }
  /** Moves the clock to the end of the subscription's period and an hour on, when the new invoice is charged. */
  renewSubscription(given: Given<"renewSubscription">): Wire.Subscription {
    return renewSubscription(this.world, this.take("renewSubscription", given));
  }
  cancelSubscription(given: Given<"cancelSubscription">): Wire.Subscription {
    return cancelSubscription(this.world, this.take("cancelSubscription", given));
  }
  /** Takes back a cancellation at the period's end. */
  keepSubscription(given: Given<"keepSubscription">): Wire.Subscription {
    return keepSubscription(this.world, this.take("keepSubscription", given));
  }
  pauseSubscription(given: Given<"pauseSubscription">): Wire.Subscription {
    return pauseSubscription(this.world, this.take("pauseSubscription", given));
  }
  resumeSubscription(given: Given<"resumeSubscription">): Wire.Subscription {
    return resumeSubscription(this.world, this.take("resumeSubscription", given));
  }
  switchPlan(given: Given<"switchPlan">): Wire.Subscription {
    return switchPlan(this.world, this.take("switchPlan", given));
  }
  payInvoice(given: Given<"payInvoice">): Wire.Invoice {
    return payInvoice(this.world, this.take("payInvoice", given));
  }
  finalizeInvoice(given: Given<"finalizeInvoice">): Wire.Invoice {
    return finalize(this.world, this.world.invoice(this.take("finalizeInvoice", given).invoice));
  }
  /** The subscription's next invoice stays a draft with an error, until `finalizeInvoice`. */
  failNextFinalization(given: Given<"failNextFinalization">): { subscription: string } {
    const { subscription } = this.take("failNextFinalization", given);
    this.world.billing(subscription).failsFinalization = true;
    return { subscription };
  }
  voidInvoice(given: Given<"voidInvoice">): Wire.Invoice {
    return voidInvoice(this.world, this.take("voidInvoice", given));
  }
  markInvoiceUncollectible(given: Given<"markInvoiceUncollectible">): Wire.Invoice {
    return markUncollectible(this.world, this.take("markInvoiceUncollectible", given));
  }
  markInvoiceOverdue(given: Given<"markInvoiceOverdue">): Wire.Invoice {
    return markOverdue(this.world, this.take("markInvoiceOverdue", given));
  }
  announceUpcomingInvoice(given: Given<"announceUpcomingInvoice">): Record<string, unknown> {
    return announceUpcoming(this.world, this.take("announceUpcomingInvoice", given).subscription);
  }

  // Webhooks: every event waits here once; a test takes it and delivers it how it likes, or not at all.
  /** What waits, in order, without taking it. */
  pendingDeliveries(given: Given<"pendingDeliveries"> = {}): Delivery[] {
    return this.world.mailbox.pending(this.take("pendingDeliveries", given));
  }
  /** All that waits, in order, freshly signed; they wait no longer. */
  takeDeliveries(given: Given<"takeDeliveries"> = {}): Delivery[] {
    return this.world.mailbox.take(this.take("takeDeliveries", given));
  }
  dropDeliveries(given: Given<"dropDeliveries"> = {}): { dropped: number } {
    return { dropped: this.world.mailbox.take(this.take("dropDeliveries", given)).length };
  }
  listEvents(given: Given<"listEvents"> = {}): Wire.Event[] {
    return this.world.mailbox.list(this.take("listEvents", given));
  }
  /** Any event again, however old, with a fresh signature: Stripe's own retry, or somebody at the dashboard. */
  resend(given: Given<"resend">): Delivery {
    return this.world.mailbox.resend(this.take("resend", given).event);
  }
  /** A delivery of this event that must be refused. */
  forge(given: Given<"forge">): Delivery {
    const { event, how } = this.take("forge", given);
    return this.world.mailbox.forge(event, how);
  }

  // What goes wrong, what was asked, what there is.
  addFault(given: Given<"addFault">): { faults: number } {
    return { faults: this.world.faults.add(this.take("addFault", given)) };
  }
  /** Also ends, as broken connections, the calls that were never answered. */
  clearFaults(given: Given<"clearFaults"> = {}): { faults: number } {
    this.take("clearFaults", given);
    this.world.faults.clear();
    return { faults: 0 };
  }
  /** Each call of the API so far, in order. */
  listRequests(given: Given<"listRequests"> = {}): CallSeen[] {
    const { pathPrefix, match = "" } = this.take("listRequests", given);
    return this.world.calls.filter((call) => call.path.startsWith(pathPrefix) && JSON.stringify(call).includes(match));
  }
  /** Any object by its id, as the API would show it. */
  find(given: Given<"find">): Record<string, unknown> {
    return this.world.find(this.take("find", given).id);
  }
  configure(given: Given<"configure">): World["settings"] {
    return this.world.configure(this.take("configure", given));
  }

  private take<Name extends keyof Bodies>(name: Name, given: Given<Name>): Taken<Name> {
    this.world.settleDue();
    return bodies[name].parse(given) as Taken<Name>;
  }
}

/** Half of a body, and then the connection is gone. */
function cutOff(body: string): ReadableStream<Uint8Array> {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) return controller.error(new ConnectionBroken());
      isSent = true;
      controller.enqueue(new TextEncoder().encode(body.slice(0, body.length / 2)));
    },
  });
}
