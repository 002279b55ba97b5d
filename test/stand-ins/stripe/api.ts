/** Stripe's calls: an address, what it takes, what it does. */
import type { z } from "zod";
import { ofPayment, pageOf, type Shown, show } from "./answers.ts";
import { createCustomer, createPrice, createProduct, updateCustomer, updatePrice } from "./catalogue.ts";
import { expireNow, openSession } from "./checkout.ts";
import { confirmIntent, createIntent, updateIntent } from "./confirm-intent.ts";
import type { Tree } from "./form.ts";
import { cancelIntent } from "./intents.ts";
import { chargeInvoice, finalize, markUncollectible, voidInvoice } from "./invoices.ts";
import { parameters } from "./parameters.ts";
import { openPortal } from "./portal.ts";
import { readParameters } from "./read-parameters.ts";
import { createRefund } from "./refunds.ts";
import { refuse, StripeFault } from "./stripe-fault.ts";
import {
  cancelSubscription,
  pauseSubscription,
  resumeSubscription,
  updateSubscription,
} from "./subscription-changes.ts";
import { living } from "./subscriptions.ts";
import { createWebhookEndpoint } from "./webhook-endpoints.ts";
import type * as Wire from "./wire.ts";
import type { World } from "./world.ts";

type Call = { world: World; id: string; path: string };
type Route = { method: string; pattern: RegExp; answer: (call: Call, tree: Tree) => Shown };

/** `*` in an address is the id. */
function route<Schema extends z.ZodObject>(
  address: string,
  schema: Schema,
  run: (call: Call, given: z.output<Schema>) => object,
): Route {
  const [method = "", path = ""] = address.split(" ");
  return {
    method,
    pattern: new RegExp(`^${path.replace("*", "([^/]+)")}$`),
    answer: (call, tree) => {
      const given = readParameters(schema, tree);
      const { expand } = given as { expand?: string[] };
      return show(call.world, run(call, given), expand);
    },
  };
}

/** GET of one object. */
function retrieve(address: string, find: (world: World, id: string) => object): Route {
  return route(`GET ${address}/*`, parameters.retrieve, ({ world, id }) => find(world, id));
}

const routes: Route[] = [
  route("POST /v1/customers", parameters.customerCreate, ({ world }, given) => createCustomer(world, given)),
  route("POST /v1/customers/*", parameters.customerUpdate, ({ world, id }, given) => updateCustomer(world, id, given)),
  retrieve("/v1/customers", (world, id) => world.customer(id)),
  route("GET /v1/customers", parameters.customerList, ({ world, path }, given) => {
    const customers = world.all<Wire.Customer>("customer");
    return pageOf(
      // As at Stripe, the letters' case matters.
      customers.filter(({ email }) => given.email === undefined || email === given.email),
      path,
      given,
    );
  }),

  route("POST /v1/webhook_endpoints", parameters.webhookEndpointCreate, ({ world }, given) =>
    createWebhookEndpoint(world, given),
  ),
  route("GET /v1/webhook_endpoints", parameters.webhookEndpointList, ({ world, path }, given) =>
    pageOf(world.all<Wire.WebhookEndpoint>("webhook_endpoint"), path, given),
  ),
  route("POST /v1/products", parameters.productCreate, ({ world }, given) => createProduct(world, given)),
  retrieve("/v1/products", (world, id) => world.product(id)),
  route("GET /v1/products", parameters.productList, ({ world, path }, given) => {
    const products = world.all<Wire.Product>("product");
    const { active, ids } = given;
    return pageOf(
      products.filter(
        (product) => (active === undefined || product.active === active) && (ids?.includes(product.id) ?? true),
      ),
      path,
      given,
    );
  }),
  route("POST /v1/prices", parameters.priceCreate, ({ world }, given) => createPrice(world, given)),
  route("POST /v1/prices/*", parameters.priceUpdate, ({ world, id }, given) => updatePrice(world, id, given)),
  retrieve("/v1/prices", (world, id) => world.price(id)),
  route("GET /v1/prices", parameters.priceList, ({ world, path }, given) => {
    const { active, currency, lookup_keys: keys, product, type, recurring } = given;
    const prices = world
      .all<Wire.Price>("price")
      .filter(
        (price) =>
          (active === undefined || price.active === active) &&
          (currency === undefined || price.currency === currency) &&
          (keys === undefined || (price.lookup_key !== null && keys.includes(price.lookup_key))) &&
          (product === undefined || price.product === product) &&
          (type === undefined || price.type === type) &&
          (recurring?.interval === undefined || price.recurring?.interval === recurring.interval),
      );
    return pageOf(prices, path, given);
  }),

  route("POST /v1/payment_intents", parameters.intentCreate, ({ world }, given) => createIntent(world, given)),
  retrieve("/v1/payment_intents", (world, id) => world.intent(id)),
  route("POST /v1/payment_intents/*", parameters.intentUpdate, ({ world, id }, given) =>
    updateIntent(world, id, given),
  ),
  route("POST /v1/payment_intents/*/confirm", parameters.intentConfirm, ({ world, id }, given) =>
    confirmIntent(world, world.intent(id), given),
  ),
  route("POST /v1/payment_intents/*/cancel", parameters.intentCancel, ({ world, id }, given) =>
    cancelIntent(world, { paymentIntent: id, reason: given.cancellation_reason }),
  ),
  route("GET /v1/payment_intents", parameters.intentList, ({ world, path }, given) =>
    pageOf(ofCustomer(world.all<Wire.PaymentIntent>("payment_intent"), given.customer), path, given),
  ),
  retrieve("/v1/charges", (world, id) => world.charge(id)),
  route("GET /v1/charges", parameters.chargeList, ({ world, path }, given) => {
    const charges = ofCustomer(world.all<Wire.Charge>("charge"), given.customer);
    const { payment_intent: intent } = given;
    return pageOf(
      charges.filter((charge) => intent === undefined || charge.payment_intent === intent),
      path,
      given,
    );
  }),
  retrieve("/v1/balance_transactions", (world, id) => world.known("balance_transaction", id, "id")),

  route("POST /v1/refunds", parameters.refundCreate, ({ world }, given) =>
    createRefund(world, given, world.areRefundsPending ? "pending" : "succeeded"),
  ),
  retrieve("/v1/refunds", (world, id) => world.refund(id)),
  route("GET /v1/refunds", parameters.ofPayment, ({ world, path }, given) =>
    pageOf(ofPayment<Wire.Refund>(world, "refund", given), path, given),
  ),
  retrieve("/v1/disputes", (world, id) => world.dispute(id)),
  route("GET /v1/disputes", parameters.ofPayment, ({ world, path }, given) =>
    pageOf(ofPayment<Wire.Dispute>(world, "dispute", given), path, given),
  ),
  retrieve("/v1/radar/early_fraud_warnings", (world, id) => world.known("radar.early_fraud_warning", id, "id")),
  route("GET /v1/radar/early_fraud_warnings", parameters.ofPayment, ({ world, path }, given) =>
    pageOf(ofPayment<Wire.EarlyFraudWarning>(world, "radar.early_fraud_warning", given), path, given),
  ),

  route("POST /v1/checkout/sessions", parameters.sessionCreate, ({ world }, given) => openSession(world, given)),
  retrieve("/v1/checkout/sessions", (world, id) => world.session(id)),
  route("POST /v1/checkout/sessions/*/expire", parameters.retrieve, ({ world, id }) =>
    expireNow(world, { session: id }),
  ),
  route(
    "GET /v1/checkout/sessions/*/line_items",
    parameters.invoiceList.pick({ limit: true, expand: true }),
    (call) => {
      const { world, id, path } = call;
      world.session(id);
      return pageOf(world.basket(id).lines, path, { limit: 100 });
    },
  ),
  route("GET /v1/checkout/sessions", parameters.sessionList, ({ world, path }, given) => {
    const { payment_intent: intent, subscription, status } = given;
    const sessions = ofCustomer(world.all<Wire.Session>("checkout.session"), given.customer).filter(
      (session) =>
        (intent === undefined || session.payment_intent === intent) &&
        (subscription === undefined || session.subscription === subscription) &&
        (status === undefined || session.status === status),
    );
    return pageOf(sessions, path, given);
  }),

  retrieve("/v1/subscriptions", (world, id) => world.subscription(id)),
  route("POST /v1/subscriptions/*", parameters.subscriptionUpdate, ({ world, id }, given) =>
    updateSubscription(world, id, given),
  ),
  route("DELETE /v1/subscriptions/*", parameters.subscriptionCancel, ({ world, id }, given) => {
    const { prorate, invoice_now: invoiceNow } = given;
    return cancelSubscription(world, { subscription: id, when: "now", prorate, invoiceNow });
  }),
  route("POST /v1/subscriptions/*/pause", parameters.subscriptionPause, ({ world, id }) =>
    pauseSubscription(world, { subscription: id }),
  ),
  route("POST /v1/subscriptions/*/resume", parameters.subscriptionResume, ({ world, id }, given) =>
    // Stripe begins a new period unless it is told not to.
    resumeSubscription(world, {
      subscription: living(world, id).id,
      anchor: given.billing_cycle_anchor?.type ?? "now",
    }),
  ),
  route("GET /v1/subscriptions", parameters.subscriptionList, ({ world, path }, given) => {
    const { status, price } = given;
    const subscriptions = ofCustomer(world.all<Wire.Subscription>("subscription"), given.customer).filter(
      (subscription) =>
        hasStatus(subscription, status) &&
        (price === undefined || subscription.items.data.some((item) => item.price.id === price)),
    );
    return pageOf(subscriptions, path, given);
  }),

  retrieve("/v1/invoices", (world, id) => world.invoice(id)),
  route("GET /v1/invoices/*/lines", parameters.invoiceList.pick({ limit: true, expand: true }), (call) => {
    const { world, id, path } = call;
    return pageOf(world.invoice(id).lines.data, path, { limit: 100 });
  }),
  route("POST /v1/invoices/*/pay", parameters.retrieve, ({ world, id }) => chargeInvoice(world, { invoice: id })),
  route("POST /v1/invoices/*/finalize", parameters.retrieve, ({ world, id }) => finalize(world, world.invoice(id))),
  route("POST /v1/invoices/*/void", parameters.retrieve, ({ world, id }) => voidInvoice(world, { invoice: id })),
  route("POST /v1/invoices/*/mark_uncollectible", parameters.retrieve, ({ world, id }) =>
    markUncollectible(world, { invoice: id }),
  ),
  route("GET /v1/invoices", parameters.invoiceList, ({ world, path }, given) => {
    const { subscription, status } = given;
    const invoices = ofCustomer(world.all<Wire.Invoice>("invoice"), given.customer).filter(
      (invoice) =>
        (subscription === undefined || invoice.parent?.subscription_details?.subscription === subscription) &&
        (status === undefined || invoice.status === status),
    );
    return pageOf(invoices, path, given);
  }),
  retrieve("/v1/invoice_payments", (world, id) => world.known("invoice_payment", id, "id")),
  route("GET /v1/invoice_payments", parameters.invoicePaymentList, ({ world, path }, given) => {
    const { invoice, status, payment } = given;
    const payments = world
      .all<Wire.InvoicePayment>("invoice_payment")
      .filter(
        (one) =>
          (invoice === undefined || one.invoice === invoice) &&
          (status === undefined || one.status === status) &&
          (payment === undefined || one.payment.payment_intent === payment.payment_intent),
      );
    return pageOf(payments, path, given);
  }),

  route("POST /v1/billing_portal/sessions", parameters.portalCreate, ({ world }, given) => openPortal(world, given)),
  retrieve("/v1/events", (world, id) => world.mailbox.event(id)),
  route("GET /v1/events", parameters.eventList, ({ world, path }, given) => {
    const { type, types = type === undefined ? undefined : [type] } = given;
    return pageOf(world.mailbox.list({ types }).reverse(), path, given);
  }),
];

function ofCustomer<Thing extends { customer: string | null }>(things: Thing[], customer: string | undefined): Thing[] {
  return things.filter((thing) => customer === undefined || thing.customer === customer);
}

/** Without a status those that have ended are left out. */
function hasStatus({ status }: Wire.Subscription, wanted: string | undefined): boolean {
  const isEnded = status === "canceled" || status === "incomplete_expired";
  if (wanted === undefined) return !isEnded;
  if (wanted === "all") return true;
  return wanted === "ended" ? isEnded : status === wanted;
}

/** Refused by this version of the API wherever a payment is begun. */
const withoutMethodTypes = ["/v1/checkout/sessions", "/v1/payment_intents", "/v1/setup_intents"];

/** What a call answers, or Stripe's refusal thrown. */
export function callApi(world: World, method: string, path: string, tree: Tree): Shown {
  if (method === "POST" && withoutMethodTypes.includes(path) && "payment_method_types" in tree)
    refuse(
      "The `payment_method_types` parameter is no longer supported. Use dynamic payment methods, or restrict them with `allowed_payment_method_types` or `excluded_payment_method_types`.",
      { code: "payment_method_types_no_longer_supported", param: "payment_method_types" },
    );
  for (const { method: verb, pattern, answer } of routes) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match !== null) return answer({ world, id: decodeURIComponent(match[1] ?? ""), path }, tree);
  }
  throw new StripeFault(
    404,
    "invalid_request_error",
    `Unrecognized request URL (${method}: ${path}). The stand-in does not know it; it may yet be one of Stripe's.`,
  );
}
