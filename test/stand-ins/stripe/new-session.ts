import { makeProduct, newPrice } from "./catalogue.ts";
import { nameOf } from "./invoice-lines.ts";
import { checkAmount } from "./money-rules.ts";
import type { Parsed } from "./parameters.ts";
import { refuse } from "./stripe-fault.ts";
import type { LineItem, Session } from "./wire.ts";
import type { World } from "./world.ts";

type Given = Parsed<"sessionCreate">;
type GivenLine = NonNullable<Given["line_items"]>[number];

const daySeconds = 86_400;
/** The clocks of caller and Stripe are not the same to the second. */
const slackSeconds = 60;

export function createSession(world: World, given: Given): Session {
  checkTogether(world, given);
  const lines = (given.line_items ?? []).map((line, index) => newLine(world, line, index));
  const [first] = lines;
  if (first === undefined)
    return refuse("You must provide `line_items` in this mode.", { code: "parameter_missing", param: "line_items" });
  checkLines(given.mode, lines, first);
  const total = lines.reduce((sum, { amount_total }) => sum + amount_total, 0);
  if (given.mode === "payment" && total > 0)
    checkAmount(total, first.currency, "The Checkout Session's total amount", "line_items");
  const id = world.newId("cs_test");
  const session = world.add<Session>({
    id,
    object: "checkout.session",
    ...answeredAs(given),
    after_expiration: null,
    amount_subtotal: total,
    amount_total: total,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: world.nowSeconds(),
    currency: first.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: given.customer ?? null,
    customer_account: null,
    customer_details: detailsOf(world, given),
    discounts: [],
    expires_at: expiryOf(world, given),
    integration_identifier: null,
    invoice: null,
    livemode: false,
    managed_payments: null,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ["card"],
    payment_status: "unpaid",
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    subscription: null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${world.options.origin}/c/pay/${id}`,
    wallet_options: null,
  });
  keepBasket(world, session, lines, given);
  return session;
}

/** What is shown as it was given. */
function answeredAs(given: Given) {
  return {
    adaptive_pricing: { enabled: given.adaptive_pricing?.enabled ?? false },
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    automatic_tax: {
      enabled: given.automatic_tax?.enabled ?? false,
      liability: given.automatic_tax?.enabled === true ? { type: "self" } : null,
      provider: given.automatic_tax?.enabled === true ? "stripe" : null,
      status: given.automatic_tax?.enabled === true ? "requires_location_inputs" : null,
    },
    billing_address_collection: given.billing_address_collection ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    customer_creation: given.mode === "payment" ? (given.customer_creation ?? "if_required") : null,
    customer_email: given.customer_email ?? null,
    ...(given.excluded_payment_method_types && { excluded_payment_method_types: given.excluded_payment_method_types }),
    invoice_creation:
      given.mode === "payment"
        ? {
            enabled: given.invoice_creation?.enabled ?? false,
            invoice_data: {
              account_tax_ids: null,
              custom_fields: null,
              description: given.invoice_creation?.invoice_data?.description ?? null,
              footer: null,
              issuer: null,
              metadata: given.invoice_creation?.invoice_data?.metadata ?? {},
              rendering_options: null,
            },
          }
        : null,
    locale: given.locale ?? null,
    metadata: { ...given.metadata },
    mode: given.mode,
    payment_method_collection: given.payment_method_collection ?? (given.mode === "payment" ? "if_required" : "always"),
    phone_number_collection: { enabled: given.phone_number_collection?.enabled ?? false },
    submit_type: given.submit_type ?? null,
    success_url: given.success_url ?? null,
    ...(given.tax_id_collection && {
      tax_id_collection: { enabled: given.tax_id_collection.enabled, required: "never" },
    }),
  };
}

function checkTogether(world: World, given: Given): void {
  if (given.success_url === undefined)
    refuse("You must provide `success_url` for a hosted page.", { code: "parameter_missing", param: "success_url" });
  if (given.customer !== undefined) {
    const customer = world.customer(given.customer, "customer");
    const mayAsk = given.customer_update?.address === "auto";
    if (given.automatic_tax?.enabled === true && customer.address == null && !mayAsk)
      refuse(
        "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
        { code: "customer_tax_location_invalid" },
      );
    if (given.customer_email !== undefined)
      refuse("You may only specify one of these parameters: customer, customer_email.");
  } else if (given.customer_update !== undefined)
    refuse("`customer_update` can only be used with `customer`.", { param: "customer_update" });
  if (given.mode === "payment") {
    if (given.subscription_data !== undefined)
      refuse("You can not pass `subscription_data` in `payment` mode.", { param: "subscription_data" });
    return;
  }
  for (const name of ["payment_intent_data", "invoice_creation", "customer_creation", "submit_type"] as const)
    if (given[name] !== undefined) refuse(`You can not pass \`${name}\` in \`subscription\` mode.`, { param: name });
  if (given.subscription_data?.trial_end !== undefined && given.subscription_data.trial_period_days !== undefined)
    refuse("You may only specify one of these parameters: trial_end, trial_period_days.");
}

function newLine(world: World, line: GivenLine, index: number): LineItem {
  const param = `line_items[${index}]`;
  if (line.quantity === undefined)
    refuse(`Quantity is required. Add \`quantity\` to \`${param}\``, {
      code: "parameter_missing",
      param: `${param}[quantity]`,
    });
  if (line.quantity < 1)
    refuse("Invalid positive integer", { code: "parameter_invalid_integer", param: `${param}[quantity]` });
  const price = priceOf(world, line, param);
  const amount = price.unit_amount * line.quantity;
  return {
    id: world.newId("li"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: nameOf(world, price),
    metadata: {},
    price,
    quantity: line.quantity,
  };
}

function priceOf(world: World, { price, price_data: data }: GivenLine, param: string): LineItem["price"] {
  if ((price === undefined) === (data === undefined))
    refuse(`You must pass one of \`price\` and \`price_data\` in \`${param}\`.`, { param: `${param}[price]` });
  if (price !== undefined) {
    const known = world.price(price, `${param}[price]`);
    if (!known.active)
      refuse("The price specified is inactive. This field only accepts active prices.", { param: `${param}[price]` });
    return known;
  }
  if (data === undefined) return refuse("price_data is missing");
  const product = data.product === undefined ? makeProduct(world, data.product_data) : world.product(data.product).id;
  const { currency, unit_amount: amount, recurring = null } = data;
  return newPrice(world, { currency, amount, product, recurring, isListed: false });
}

function checkLines(mode: Given["mode"], lines: LineItem[], first: LineItem): void {
  const recurring = lines.filter(({ price }) => price.recurring !== null);
  if (mode === "payment" && recurring.length > 0)
    refuse(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param: "mode" },
    );
  if (mode === "subscription" && recurring.length === 0)
    refuse("You must provide at least one recurring price in `subscription` mode when using prices.", {
      param: "mode",
    });
  if (recurring.length > 1) refuse("The stand-in's subscriptions have one recurring price.", { param: "line_items" });
  if (lines.some(({ currency }) => currency !== first.currency))
    refuse("All prices on a Checkout Session must use the same currency.", { param: "line_items" });
}

function expiryOf(world: World, { expires_at: at }: Given): number {
  const now = world.nowSeconds();
  if (at === undefined) return now + daySeconds;
  if (at < now + 1_800 - slackSeconds)
    refuse("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", {
      param: "expires_at",
    });
  if (at > now + daySeconds + slackSeconds)
    refuse("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", {
      param: "expires_at",
    });
  return at;
}

function detailsOf(world: World, given: Given): Session["customer_details"] {
  const email = given.customer === undefined ? given.customer_email : world.customer(given.customer).email;
  if (email == null) return null;
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: "none",
    tax_ids: null,
  };
}

function keepBasket(world: World, session: Session, lines: LineItem[], given: Given): void {
  const { payment_intent_data: intent, subscription_data: subscription } = given;
  world.baskets.set(session.id, {
    lines,
    paymentIntentData: {
      metadata: intent?.metadata ?? {},
      description: intent?.description ?? null,
      receipt_email: intent?.receipt_email ?? null,
    },
    subscriptionData: {
      metadata: subscription?.metadata ?? {},
      description: subscription?.description ?? null,
      trialEnd: (start) =>
        subscription?.trial_period_days === undefined
          ? (subscription?.trial_end ?? null)
          : start + subscription.trial_period_days * daySeconds,
      onMissingCard: subscription?.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice",
    },
    invoiceMetadata: given.invoice_creation?.invoice_data?.metadata ?? {},
    started: null,
  });
}
