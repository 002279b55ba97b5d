/**
 * Stripe's objects as they travel: the real client's own types, so that the compiler knows when a field is missing or moved.
 * Two differences: decimals are texts on the wire, and what can be expanded is an id until somebody asks.
 */
import type Stripe from "stripe";

type With<Base, Changes> = Omit<Base, keyof Changes> & Changes;

export type List<Item> = { object: "list"; data: Item[]; has_more: boolean; url: string };
export type Metadata = Record<string, string>;

export type Customer = Stripe.Customer;
export type Product = Stripe.Product;
export type WebhookEndpoint = Stripe.WebhookEndpoint;
export type Price = With<Stripe.Price, { product: string; unit_amount: number; unit_amount_decimal: string }>;
export type Plan = With<Stripe.Plan, { amount_decimal: string }>;
export type PaymentIntent = With<
  Stripe.PaymentIntent,
  { customer: string | null; latest_charge: string | null; payment_method: string | null }
>;
export type Charge = With<
  Stripe.Charge,
  { customer: string | null; payment_intent: string | null; balance_transaction: string | null }
>;
export type Refund = With<Stripe.Refund, { charge: string; payment_intent: string | null; status: string }>;
export type Dispute = With<
  Stripe.Dispute,
  { charge: string; payment_intent: string | null; balance_transactions: BalanceTransaction[] }
>;
export type BalanceTransaction = Stripe.BalanceTransaction;
export type EarlyFraudWarning = Stripe.Radar.EarlyFraudWarning;
export type LineItem = With<Stripe.LineItem, { price: Price; quantity: number }>;
export type Session = With<
  Stripe.Checkout.Session,
  {
    customer: string | null;
    payment_intent: string | null;
    subscription: string | null;
    invoice: string | null;
    currency: string;
    amount_subtotal: number;
    amount_total: number;
    line_items?: List<LineItem>;
  }
>;
export type SubscriptionItem = With<Stripe.SubscriptionItem, { price: Price; plan: Plan; quantity: number }>;
export type Subscription = With<
  Stripe.Subscription,
  {
    customer: string;
    items: List<SubscriptionItem>;
    latest_invoice: string | null;
    pending_update:
      | (Omit<Stripe.Subscription.PendingUpdate, "subscription_items"> & { subscription_items: SubscriptionItem[] })
      | null;
  }
>;
export type InvoiceLine = With<
  Stripe.InvoiceLineItem,
  {
    quantity: number;
    quantity_decimal: string;
    subscription: string | null;
    pricing: { price_details: { price: string; product: string }; type: "price_details"; unit_amount_decimal: string };
  }
>;
export type InvoicePayment = Stripe.InvoicePayment;
export type Invoice = With<
  Stripe.Invoice,
  { customer: string; lines: List<InvoiceLine>; status: NonNullable<Stripe.Invoice["status"]>; metadata: Metadata }
>;
export type PortalSession = Stripe.BillingPortal.Session;

export type Event = {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};
