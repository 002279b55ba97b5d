import { cancelIntent, declineIntent, newIntent, payIntent, requireAction } from "./intents.ts";
import { type InvoiceFacts, newInvoice } from "./new-invoice.ts";
import { invoiceCleared, invoiceFailed, invoiceGivenUp, subscriptionOf } from "./standing.ts";
import { refuse, StripeFault } from "./stripe-fault.ts";
import type { Invoice, InvoicePayment, PaymentIntent, Subscription } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

const daySeconds = 86_400;
/** For so long a renewal's invoice is a draft that can still be changed. */
export const draftSeconds = 3_600;

export function createInvoice(world: World, facts: InvoiceFacts): Invoice {
  const invoice = newInvoice(world, facts);
  world.emit("invoice.created", invoice);
  return invoice;
}

/** From draft to open: it has a number now, and a payment intent if anything is due. */
export function finalize(world: World, invoice: Invoice): Invoice {
  if (invoice.status !== "draft") refuse("This invoice is already finalized, you can't re-finalize it.");
  const subscription = subscriptionOf(world, invoice);
  if (subscription !== null && failsFinalization(world, subscription)) return refuseToFinalize(world, invoice);
  spendCustomerBalance(world, invoice);
  open(world, invoice);
  if (invoice.amount_due === 0) recordPaid(world, invoice);
  else createPayment(world, invoice);
  return invoice;
}

function open(world: World, invoice: Invoice): void {
  const customer = world.customer(invoice.customer);
  const { next_invoice_sequence: number = 1 } = customer;
  customer.next_invoice_sequence = number + 1;
  invoice.status = "open";
  invoice.number = `${customer.invoice_prefix}-${String(number).padStart(4, "0")}`;
  invoice.effective_at = world.nowSeconds();
  invoice.last_finalization_error = null;
  invoice.automatically_finalizes_at = null;
  invoice.hosted_invoice_url = `${world.options.origin}/i/${invoice.id}`;
  invoice.invoice_pdf = `${world.options.origin}/i/${invoice.id}/pdf`;
  invoice.status_transitions.finalized_at = world.nowSeconds();
  world.emit("invoice.finalized", invoice);
}

function failsFinalization(world: World, subscription: Subscription): boolean {
  const billing = world.billing(subscription.id);
  const { failsFinalization: fails } = billing;
  billing.failsFinalization = false;
  return fails;
}

function refuseToFinalize(world: World, invoice: Invoice): Invoice {
  invoice.last_finalization_error = {
    code: "customer_tax_location_invalid",
    message:
      "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    type: "invalid_request_error",
  };
  invoice.automatically_finalizes_at = null;
  world.emit("invoice.finalization_failed", invoice);
  return invoice;
}

/** What a downgrade gave back waits on the customer as a negative balance, and pays the next invoices first. */
function spendCustomerBalance(world: World, invoice: Invoice): void {
  const customer = world.customer(invoice.customer);
  const credit = Math.max(0, -customer.balance);
  const used = Math.min(credit, Math.max(0, invoice.total));
  const before = copyOf(customer);
  invoice.starting_balance = customer.balance;
  customer.balance += used + Math.min(0, invoice.total);
  invoice.ending_balance = customer.balance;
  invoice.amount_due = Math.max(0, invoice.total) - used;
  invoice.amount_remaining = invoice.amount_due;
  if (before.balance !== customer.balance) world.emit("customer.updated", customer, before);
}

function createPayment(world: World, invoice: Invoice): void {
  const words: Record<string, string> = {
    subscription_create: "Subscription creation",
    subscription_update: "Subscription update",
  };
  const intent = newIntent(
    world,
    {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: invoice.customer,
      description: words[invoice.billing_reason ?? ""] ?? "Payment for invoice",
      setup_future_usage: invoice.parent === null ? null : "off_session",
    },
    {
      kind: "invoice",
      returnUrl: null,
      onSucceeded: () => recordPaid(world, invoice),
      onFailed: () => recordFailure(world, invoice),
      onRequiresAction: () => recordAction(world, invoice),
    },
  );
  linkPayment(world, invoice, intent);
}

function linkPayment(world: World, invoice: Invoice, intent: PaymentIntent): InvoicePayment {
  return world.add<InvoicePayment>({
    id: world.newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: intent.amount,
    created: world.nowSeconds(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

export function paymentOf(world: World, invoice: Invoice): InvoicePayment | null {
  return world.all<InvoicePayment>("invoice_payment").find((payment) => payment.invoice === invoice.id) ?? null;
}

export function intentOf(world: World, invoice: Invoice): PaymentIntent {
  const { payment } = paymentOf(world, invoice) ?? {};
  return world.intent(String(payment?.payment_intent ?? ""));
}

/** Charges the saved card, without the customer. */
export function collect(world: World, invoice: Invoice): Invoice {
  if (invoice.status !== "open") return invoice;
  const { id } = intentOf(world, invoice);
  invoice.attempted = true;
  invoice.attempt_count += 1;
  const mood = world.cardMoods.get(invoice.customer) ?? "pays";
  if (mood === "pays") payIntent(world, { paymentIntent: id });
  else if (mood === "authentication_required") requireAction(world, { paymentIntent: id });
  else declineIntent(world, { paymentIntent: id, code: mood });
  return invoice;
}

function recordPaid(world: World, invoice: Invoice): void {
  const before = copyOf(invoice);
  const payment = paymentOf(world, invoice);
  invoice.status = "paid";
  invoice.attempted = true;
  invoice.auto_advance = false;
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = world.nowSeconds();
  if (payment !== null) {
    payment.status = "paid";
    payment.amount_paid = invoice.amount_paid;
    payment.status_transitions.paid_at = world.nowSeconds();
    world.emit("invoice_payment.paid", payment);
  }
  world.emit("invoice.updated", invoice, before);
  world.emit("invoice.paid", invoice);
  world.emit("invoice.payment_succeeded", invoice);
  invoiceCleared(world, invoice);
  world.invoiceHooks.get(invoice.id)?.onPaid?.();
}

function recordFailure(world: World, invoice: Invoice): void {
  const isGivenUp = planRetry(world, invoice);
  world.emit("invoice.payment_failed", invoice);
  invoiceFailed(world, invoice);
  if (isGivenUp) invoiceGivenUp(world, invoice);
  world.invoiceHooks.get(invoice.id)?.onFailed?.();
}

function recordAction(world: World, invoice: Invoice): void {
  if (!invoice.attempted) return;
  const isGivenUp = planRetry(world, invoice);
  world.emit("invoice.payment_action_required", invoice);
  world.emit("invoice.payment_failed", invoice);
  invoiceFailed(world, invoice);
  if (isGivenUp) invoiceGivenUp(world, invoice);
}

/** When the next try is; true: there is none, of a subscription's invoice that ran. */
function planRetry(world: World, invoice: Invoice): boolean {
  const isFirst = invoice.billing_reason === "subscription_create" || invoice.parent === null;
  if (isFirst || invoice.auto_advance !== true) return false;
  const days = world.settings.retryDays[invoice.attempt_count - 1];
  if (days === undefined) {
    invoice.next_payment_attempt = null;
    return true;
  }
  const at = world.nowSeconds() + Math.round(days * daySeconds);
  invoice.next_payment_attempt = at;
  world.at(at, () => {
    if (invoice.next_payment_attempt === at && invoice.auto_advance === true) retry(world, invoice);
  });
  return false;
}

function retry(world: World, invoice: Invoice): void {
  const intent = intentOf(world, invoice);
  // An intent that waited for the customer in vain is tried anew.
  if (intent.status === "requires_action") intent.status = "requires_payment_method";
  collect(world, invoice);
}

/** The customer pays it at its page; a draft is finalized first. */
export function payInvoice(world: World, { invoice: id }: { invoice: string }): Invoice {
  const invoice = payableInvoice(world, id);
  if (invoice.status !== "paid") payIntent(world, { paymentIntent: intentOf(world, invoice).id });
  return invoice;
}

/** POST /v1/invoices/:id/pay charges the saved card. */
export function chargeInvoice(world: World, { invoice: id }: { invoice: string }): Invoice {
  const invoice = payableInvoice(world, id);
  collect(world, invoice);
  if (invoice.status !== "open") return invoice;
  const { last_payment_error: error, status } = intentOf(world, invoice);
  const isWaiting = status === "requires_action";
  throw new StripeFault(402, "card_error", error?.message ?? "This payment requires additional user action.", {
    code: isWaiting ? "invoice_payment_intent_requires_action" : (error?.code ?? "card_declined"),
    ...(error?.decline_code !== undefined && { declineCode: error.decline_code }),
  });
}

function payableInvoice(world: World, id: string): Invoice {
  const invoice = world.invoice(id);
  if (invoice.status === "draft") finalize(world, invoice);
  else if (invoice.status === "paid") refuse("Invoice is already paid", { code: "invoice_already_paid" });
  else if (invoice.status === "void") refuse("You cannot pay a voided invoice.", { code: "invoice_not_editable" });
  return invoice;
}

export function voidInvoice(world: World, { invoice: id }: { invoice: string }): Invoice {
  const invoice = world.invoice(id);
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    refuse(`You can only pass in open or uncollectible invoices. This invoice is ${invoice.status}.`);
  return closeInvoice(world, invoice, "void");
}

export function markUncollectible(world: World, { invoice: id }: { invoice: string }): Invoice {
  const invoice = world.invoice(id);
  if (invoice.status !== "open") refuse(`You can only pass in open invoices. This invoice is ${invoice.status}.`);
  invoice.status_details = { uncollectible: { reason: "user_forgiven" } };
  return closeInvoice(world, invoice, "uncollectible");
}

function closeInvoice(world: World, invoice: Invoice, status: "void" | "uncollectible"): Invoice {
  const before = copyOf(invoice);
  invoice.status = status;
  invoice.auto_advance = false;
  invoice.next_payment_attempt = null;
  if (status === "void") {
    invoice.status_transitions.voided_at = world.nowSeconds();
    const payment = paymentOf(world, invoice);
    if (payment !== null) {
      payment.status = "canceled";
      payment.status_transitions.canceled_at = world.nowSeconds();
      cancelIntent(world, { paymentIntent: intentOf(world, invoice).id, reason: "void_invoice" });
    }
  } else invoice.status_transitions.marked_uncollectible_at = world.nowSeconds();
  world.emit("invoice.updated", invoice, before);
  world.emit(status === "void" ? "invoice.voided" : "invoice.marked_uncollectible", invoice);
  invoiceCleared(world, invoice);
  return invoice;
}

export function markOverdue(world: World, { invoice: id }: { invoice: string }): Invoice {
  const invoice = world.invoice(id);
  if (invoice.status !== "open") refuse(`Only an open invoice can be overdue. This invoice is ${invoice.status}.`);
  world.emit("invoice.overdue", invoice);
  return invoice;
}

/** The paid invoice of a session with invoice_creation: the payment was there first. */
export function recordSale(world: World, invoice: Invoice, intent: PaymentIntent | null): Invoice {
  open(world, invoice);
  if (intent !== null) linkPayment(world, invoice, intent);
  recordPaid(world, invoice);
  return invoice;
}
