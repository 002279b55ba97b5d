/**
 * What each call of the API takes. Strict: what is not named here is refused, as Stripe refuses what it does not know. Stripe
 * knows more; a parameter that the product begins to send is added here, with what it does.
 */
import { z } from "zod";
import {
  address,
  boolean,
  clearable,
  currency,
  expand,
  integer,
  metadata,
  methods,
  paging,
  text,
  url,
} from "./parameter-kinds.ts";

const customer = {
  address: address.optional(),
  description: clearable.optional(),
  email: clearable.optional(),
  name: clearable.optional(),
  phone: clearable.optional(),
  metadata: metadata.optional(),
  expand,
};

const recurring = z.strictObject({
  interval: z.enum(["day", "week", "month", "year"]),
  interval_count: integer.default(1),
  usage_type: z.literal("licensed").optional(),
  trial_period_days: integer.optional(),
});
const productData = z.strictObject({
  name: text,
  description: text.optional(),
  images: z.array(url).optional(),
  metadata: metadata.optional(),
  tax_code: text.optional(),
  unit_label: text.optional(),
  statement_descriptor: text.optional(),
});
const taxBehavior = z.enum(["exclusive", "inclusive", "unspecified"]);
const captureMethod = z.enum(["automatic", "automatic_async"]).optional();

const confirmation = {
  payment_method: text.optional(),
  return_url: url.optional(),
  off_session: boolean.optional(),
  setup_future_usage: z.enum(["off_session", "on_session"]).optional(),
  receipt_email: text.optional(),
  error_on_requires_action: boolean.optional(),
  use_stripe_sdk: boolean.optional(),
  expand,
};

const trialSettings = z.strictObject({
  end_behavior: z.strictObject({ missing_payment_method: z.enum(["cancel", "create_invoice", "pause"]) }),
});

export const parameters = {
  retrieve: z.strictObject({ expand }),
  nothing: z.strictObject({}),

  customerCreate: z.strictObject({ ...customer, preferred_locales: z.array(text).optional() }),
  customerUpdate: z.strictObject({ ...customer, preferred_locales: z.array(text).optional() }),
  customerList: z.strictObject({ ...paging, email: text.optional() }),

  productCreate: z.strictObject({
    id: text.optional(),
    name: text,
    active: boolean.default(true),
    description: text.optional(),
    images: z.array(url).optional(),
    metadata: metadata.optional(),
    tax_code: text.optional(),
    unit_label: text.optional(),
    statement_descriptor: text.optional(),
    expand,
  }),
  webhookEndpointCreate: z.strictObject({
    url,
    enabled_events: z.array(text).min(1),
    api_version: text.optional(),
    description: text.optional(),
    metadata: metadata.optional(),
    expand,
  }),
  webhookEndpointList: z.strictObject({ ...paging }),
  productList: z.strictObject({ ...paging, active: boolean.optional(), ids: z.array(text).optional() }),
  priceCreate: z.strictObject({
    currency,
    unit_amount: integer,
    product: text.optional(),
    product_data: productData.optional(),
    recurring: recurring.optional(),
    lookup_key: text.optional(),
    transfer_lookup_key: boolean.optional(),
    nickname: text.optional(),
    active: boolean.default(true),
    tax_behavior: taxBehavior.optional(),
    metadata: metadata.optional(),
    expand,
  }),
  priceUpdate: z.strictObject({
    active: boolean.optional(),
    lookup_key: text.optional(),
    transfer_lookup_key: boolean.optional(),
    nickname: clearable.optional(),
    metadata: metadata.optional(),
    expand,
  }),
  priceList: z.strictObject({
    ...paging,
    active: boolean.optional(),
    currency: currency.optional(),
    lookup_keys: z.array(text).max(10).optional(),
    product: text.optional(),
    type: z.enum(["one_time", "recurring"]).optional(),
    recurring: z.strictObject({ interval: z.enum(["day", "week", "month", "year"]).optional() }).optional(),
  }),

  intentCreate: z.strictObject({
    ...confirmation,
    amount: integer,
    currency,
    confirm: boolean.optional(),
    customer: text.optional(),
    description: text.optional(),
    metadata: metadata.optional(),
    automatic_payment_methods: z
      .strictObject({ enabled: boolean, allow_redirects: z.enum(["always", "never"]).default("always") })
      .optional(),
    allowed_payment_method_types: methods,
    excluded_payment_method_types: methods,
    capture_method: captureMethod,
    statement_descriptor_suffix: text.optional(),
  }),
  intentUpdate: z.strictObject({
    amount: integer.optional(),
    currency: currency.optional(),
    customer: text.optional(),
    description: clearable.optional(),
    metadata: metadata.optional(),
    receipt_email: clearable.optional(),
    payment_method: text.optional(),
    expand,
  }),
  intentConfirm: z.strictObject(confirmation),
  intentCancel: z.strictObject({
    cancellation_reason: z.enum(["abandoned", "duplicate", "fraudulent", "requested_by_customer"]).optional(),
    expand,
  }),
  intentList: z.strictObject({ ...paging, customer: text.optional() }),
  chargeList: z.strictObject({ ...paging, customer: text.optional(), payment_intent: text.optional() }),

  refundCreate: z.strictObject({
    amount: integer.optional(),
    charge: text.optional(),
    payment_intent: text.optional(),
    reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
    metadata: metadata.optional(),
    expand,
  }),
  ofPayment: z.strictObject({ ...paging, charge: text.optional(), payment_intent: text.optional() }),

  sessionCreate: z.strictObject({
    mode: z.enum(["payment", "subscription"]),
    line_items: z
      .array(
        z.strictObject({
          price: text.optional(),
          price_data: z
            .strictObject({
              currency,
              unit_amount: integer,
              product: text.optional(),
              product_data: productData.optional(),
              recurring: recurring.pick({ interval: true, interval_count: true }).optional(),
              tax_behavior: taxBehavior.optional(),
            })
            .optional(),
          quantity: integer.optional(),
        }),
      )
      .max(100)
      .optional(),
    success_url: url.optional(),
    cancel_url: url.optional(),
    client_reference_id: z.string().min(1).max(200).optional(),
    customer: text.optional(),
    customer_email: text.optional(),
    customer_creation: z.enum(["always", "if_required"]).optional(),
    customer_update: z
      .strictObject({
        address: z.enum(["auto", "never"]).optional(),
        name: z.enum(["auto", "never"]).optional(),
        shipping: z.enum(["auto", "never"]).optional(),
      })
      .optional(),
    metadata: metadata.optional(),
    payment_intent_data: z
      .strictObject({
        metadata: metadata.optional(),
        description: text.optional(),
        receipt_email: text.optional(),
        capture_method: captureMethod,
        setup_future_usage: z.enum(["off_session", "on_session"]).optional(),
        statement_descriptor_suffix: text.optional(),
      })
      .optional(),
    subscription_data: z
      .strictObject({
        metadata: metadata.optional(),
        description: text.optional(),
        trial_period_days: integer.pipe(z.number().min(1).max(730)).optional(),
        trial_end: integer.optional(),
        trial_settings: trialSettings.optional(),
      })
      .optional(),
    invoice_creation: z
      .strictObject({
        enabled: boolean,
        invoice_data: z.strictObject({ metadata: metadata.optional(), description: text.optional() }).optional(),
      })
      .optional(),
    automatic_tax: z.strictObject({ enabled: boolean }).optional(),
    allow_promotion_codes: boolean.optional(),
    allowed_payment_method_types: methods,
    excluded_payment_method_types: methods,
    billing_address_collection: z.enum(["auto", "required"]).optional(),
    phone_number_collection: z.strictObject({ enabled: boolean }).optional(),
    tax_id_collection: z.strictObject({ enabled: boolean }).optional(),
    payment_method_collection: z.enum(["always", "if_required"]).optional(),
    adaptive_pricing: z.strictObject({ enabled: boolean }).optional(),
    submit_type: z.enum(["auto", "book", "donate", "pay", "subscribe"]).optional(),
    locale: text.optional(),
    expires_at: integer.optional(),
    ui_mode: z.literal("hosted_page").optional(),
    expand,
  }),
  sessionList: z.strictObject({
    ...paging,
    customer: text.optional(),
    payment_intent: text.optional(),
    subscription: text.optional(),
    status: z.enum(["open", "complete", "expired"]).optional(),
  }),

  subscriptionUpdate: z.strictObject({
    items: z
      .array(
        z.strictObject({
          id: text.optional(),
          price: text.optional(),
          quantity: integer.optional(),
        }),
      )
      .max(1)
      .optional(),
    proration_behavior: z.enum(["always_invoice", "create_prorations", "none"]).default("create_prorations"),
    proration_date: integer.optional(),
    payment_behavior: z
      .enum(["allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"])
      .default("allow_incomplete"),
    cancel_at_period_end: boolean.optional(),
    cancellation_details: z.strictObject({ comment: clearable.optional(), feedback: clearable.optional() }).optional(),
    pause_collection: z
      .union([
        z.literal("").transform(() => null),
        z.strictObject({
          behavior: z.enum(["keep_as_draft", "mark_uncollectible", "void"]),
          resumes_at: integer.optional(),
        }),
      ])
      .optional(),
    trial_end: z.literal("now").optional(),
    description: clearable.optional(),
    metadata: metadata.optional(),
    expand,
  }),
  subscriptionCancel: z.strictObject({
    cancellation_details: z.strictObject({ comment: clearable.optional(), feedback: clearable.optional() }).optional(),
    invoice_now: boolean.optional(),
    prorate: boolean.optional(),
    expand,
  }),
  subscriptionPause: z.strictObject({ type: z.literal("subscription").optional(), expand }),
  subscriptionResume: z.strictObject({
    billing_cycle_anchor: z.strictObject({ type: z.enum(["now", "unchanged"]) }).optional(),
    expand,
  }),
  subscriptionList: z.strictObject({
    ...paging,
    customer: text.optional(),
    price: text.optional(),
    status: z
      .enum(["active", "all", "canceled", "ended", "incomplete", "past_due", "paused", "trialing", "unpaid"])
      .optional(),
  }),

  invoiceList: z.strictObject({
    ...paging,
    customer: text.optional(),
    subscription: text.optional(),
    status: z.enum(["draft", "open", "paid", "uncollectible", "void"]).optional(),
  }),
  invoicePaymentList: z.strictObject({
    ...paging,
    invoice: text.optional(),
    status: z.enum(["open", "paid", "canceled"]).optional(),
    payment: z.strictObject({ type: z.literal("payment_intent"), payment_intent: text }).optional(),
  }),

  portalCreate: z.strictObject({
    customer: text,
    return_url: url.optional(),
    locale: text.optional(),
    expand,
  }),
  eventList: z.strictObject({ ...paging, type: text.optional(), types: z.array(text).optional() }),
};

type Parameters = typeof parameters;
export type Parsed<Name extends keyof Parameters> = z.output<Parameters[Name]>;
