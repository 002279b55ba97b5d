import type { Taken } from "./bodies.ts";
import { createCustomer } from "./catalogue.ts";
import { cancelIntent, declineIntent, newIntent, payIntent, processIntent, requireAction } from "./intents.ts";
import { saleLine } from "./invoice-lines.ts";
import { createInvoice, intentOf, recordSale } from "./invoices.ts";
import { createSession } from "./new-session.ts";
import type { Parsed } from "./parameters.ts";
import { changeSubscription } from "./standing.ts";
import { refuse } from "./stripe-fault.ts";
import { expireIncomplete, startSubscription } from "./subscriptions.ts";
import type { PaymentIntent, Session } from "./wire.ts";
import type { IntentOwner, World } from "./world.ts";

/** POST /v1/checkout/sessions. */
export function openSession(world: World, given: Parsed<"sessionCreate">): Session {
  const session = createSession(world, given);
  world.at(session.expires_at, () => {
    if (session.status === "open") expire(world, session);
  });
  return session;
}

export function paySession(world: World, given: Taken<"paySession">): Session {
  const session = openOne(world, given.session);
  const { discountAmount } = given;
  if (discountAmount !== undefined) discount(session, discountAmount);
  addTax(world, session);
  enter(world, session, given.email);
  if (session.mode === "payment" && session.amount_total === 0) return complete(world, session, "no_payment_required");
  const intent = tryIntent(world, session);
  if (intent === null) return complete(world, session, "no_payment_required");
  payIntent(world, { paymentIntent: intent.id });
  return session;
}

export function paySessionLater(world: World, given: Taken<"paySessionLater">): Session {
  const session = openOne(world, given.session);
  addTax(world, session);
  enter(world, session, given.email);
  const intent = tryIntent(world, session);
  if (intent === null) return complete(world, session, "no_payment_required");
  processIntent(world, { paymentIntent: intent.id });
  return session;
}

export function requireActionOnSession(world: World, given: { session: string }): Session {
  const session = openOne(world, given.session);
  enter(world, session, undefined);
  const intent = tryIntent(world, session);
  if (intent === null) return refuse("Nothing is due on this session, so no bank asks for anything.");
  requireAction(world, { paymentIntent: intent.id });
  return session;
}

export function refuseSession(world: World, given: Taken<"declineSession">): Session {
  const session = openOne(world, given.session);
  enter(world, session, undefined);
  const intent = tryIntent(world, session);
  if (intent === null) return refuse("Nothing is due on this session, so no bank declines anything.");
  declineIntent(world, { paymentIntent: intent.id, code: given.code });
  return session;
}

export function expireNow(world: World, given: { session: string }): Session {
  const session = world.session(given.session);
  if (session.status !== "open")
    refuse(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  return expire(world, session);
}

function expire(world: World, session: Session): Session {
  session.status = "expired";
  session.url = null;
  world.emit("checkout.session.expired", session);
  const { started } = world.basket(session.id);
  if (started?.subscription.status === "incomplete") expireIncomplete(world, started.subscription);
  const { payment_intent: intent } = session;
  if (intent !== null) cancelIntent(world, { paymentIntent: intent, reason: "expired" });
  return session;
}

function openOne(world: World, id: string): Session {
  const session = world.session(id);
  if (session.status !== "open") refuse(`This Checkout Session is ${session.status}: it can no longer be paid.`);
  return session;
}

/** A promotion code lowers what is paid, not what is bought. */
function discount(session: Session, amount: number): void {
  if (session.allow_promotion_codes !== true) refuse("This session takes no promotion codes.");
  if (session.mode !== "payment" || session.invoice_creation?.enabled === true)
    refuse("The stand-in gives promotion codes on payments without invoices alone.");
  if (amount > session.amount_subtotal) refuse("A promotion code cannot be worth more than the session.");
  if (session.payment_intent !== null) refuse("A payment of this session was tried already, at its full price.");
  session.total_details = { amount_shipping: 0, amount_tax: 0, ...session.total_details, amount_discount: amount };
  session.amount_total = session.amount_subtotal - amount;
}

function addTax(world: World, session: Session): void {
  if (!session.automatic_tax.enabled || session.payment_intent !== null) return;
  const { amount_discount: off = 0 } = session.total_details ?? {};
  const tax = Math.round(((session.amount_subtotal - off) * world.settings.taxPercent) / 100);
  session.automatic_tax.status = "complete";
  session.total_details = { amount_discount: off, amount_shipping: 0, amount_tax: tax };
  session.amount_total = session.amount_subtotal - off + tax;
}

/** The buyer says who they are; a subscription needs a customer, a payment only if it was asked for. */
function enter(world: World, session: Session, email: string | undefined): void {
  const known = session.customer === null ? null : world.customer(session.customer);
  const address = email ?? known?.email ?? session.customer_email ?? "buyer@example.com";
  session.customer_details = {
    address: { city: null, country: "KE", line1: null, line2: null, postal_code: null, state: null },
    business_name: null,
    email: address,
    individual_name: null,
    name: known?.name ?? "Test Buyer",
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
  const needsCustomer = session.mode === "subscription" || session.customer_creation === "always";
  if (session.customer !== null || !(needsCustomer || session.invoice_creation?.enabled === true)) return;
  session.customer = createCustomer(world, { email: address, name: "Test Buyer" }).id;
}

/** The intent that a try of this session works with; null: nothing is due. */
function tryIntent(world: World, session: Session): PaymentIntent | null {
  if (session.mode === "subscription") return trySubscription(world, session);
  if (session.payment_intent !== null) return world.intent(session.payment_intent);
  const { paymentIntentData: data } = world.basket(session.id);
  const intent = newIntent(
    world,
    {
      amount: session.amount_total,
      currency: session.currency,
      customer: session.customer,
      description: data.description,
      metadata: data.metadata,
      receipt_email: data.receipt_email ?? session.customer_details?.email ?? null,
    },
    sessionOwner(world, session),
  );
  session.payment_intent = intent.id;
  return intent;
}

function sessionOwner(world: World, session: Session): IntentOwner {
  return {
    kind: "session",
    returnUrl: session.success_url,
    onSucceeded: () => {
      if (session.status === "open") complete(world, session, "paid");
      else if (session.payment_status === "unpaid") settleLate(world, session, true);
    },
    onProcessing: () => complete(world, session, "unpaid"),
    onFailed: () => {
      if (session.status === "complete") settleLate(world, session, false);
    },
  };
}

function settleLate(world: World, session: Session, isPaid: boolean): void {
  if (isPaid) session.payment_status = "paid";
  if (isPaid) writeInvoice(world, session);
  world.emit(`checkout.session.async_payment_${isPaid ? "succeeded" : "failed"}`, session);
}

function trySubscription(world: World, session: Session): PaymentIntent | null {
  const basket = world.basket(session.id);
  const isOver = basket.started?.subscription.status === "incomplete_expired";
  if (basket.started === null || isOver) basket.started = begin(world, session);
  const { subscription, invoice } = basket.started;
  if (invoice.status === "paid") return null;
  const intent = intentOf(world, invoice);
  const owner = world.owner(intent.id);
  const ours = sessionOwner(world, session);
  world.owners.set(intent.id, {
    ...owner,
    onSucceeded: () => {
      owner.onSucceeded?.();
      ours.onSucceeded?.();
    },
    onFailed: () => {
      owner.onFailed?.();
      ours.onFailed?.();
    },
    // While a slow method is under way the plan is there already.
    onProcessing: () => {
      changeSubscription(world, subscription, (changed) => {
        changed.status = "active";
      });
      ours.onProcessing?.();
    },
  });
  return intent;
}

function begin(world: World, session: Session) {
  const { lines, subscriptionData: data } = world.basket(session.id);
  const [line] = lines.filter(({ price }) => price.recurring !== null);
  if (line === undefined || session.customer === null) throw new Error("a subscription of nothing or of nobody");
  const trialEnd = data.trialEnd(world.nowSeconds());
  return startSubscription(
    world,
    {
      customer: session.customer,
      line,
      metadata: data.metadata,
      description: data.description,
      trialEnd,
      onMissingCard: data.onMissingCard,
      hasCard: trialEnd === null || session.payment_method_collection !== "if_required",
      isTaxed: session.automatic_tax.enabled,
    },
    lines.filter(({ price }) => price.recurring === null),
  );
}

function complete(world: World, session: Session, paymentStatus: "paid" | "unpaid" | "no_payment_required"): Session {
  const { started } = world.basket(session.id);
  session.status = "complete";
  session.payment_status = paymentStatus;
  session.url = null;
  if (started !== null) {
    session.subscription = started.subscription.id;
    session.invoice = started.invoice.id;
    session.amount_total = started.invoice.total;
  }
  if (paymentStatus !== "unpaid") writeInvoice(world, session);
  world.emit("checkout.session.completed", session);
  return session;
}

/** With invoice_creation a payment gets an invoice after the fact, and so an invoice.paid of its own. */
function writeInvoice(world: World, session: Session): void {
  if (session.invoice_creation?.enabled !== true || session.customer === null || session.invoice !== null) return;
  const now = world.nowSeconds();
  const { lines, invoiceMetadata } = world.basket(session.id);
  const invoice = createInvoice(world, {
    customer: session.customer,
    subscription: null,
    reason: "manual",
    lines: lines.map((line) => saleLine(world, line, null)),
    period: { start: now, end: now },
    isTaxed: session.automatic_tax.enabled,
    metadata: invoiceMetadata,
  });
  session.invoice = invoice.id;
  recordSale(world, invoice, session.payment_intent === null ? null : world.intent(session.payment_intent));
}
