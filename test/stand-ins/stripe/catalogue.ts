import { mergeMetadata } from "./metadata.ts";
import { checkCurrency } from "./money-rules.ts";
import type { Parsed } from "./parameters.ts";
import { refuse } from "./stripe-fault.ts";
import type { Customer, Plan, Price, Product } from "./wire.ts";
import { copyOf, type World } from "./world.ts";

export function createCustomer(world: World, given: Parsed<"customerCreate">): Customer {
  checkEmail(given.email);
  const id = world.newId("cus");
  const customer = world.add<Customer>({
    id,
    object: "customer",
    address: addressOf(given.address),
    balance: 0,
    created: world.nowSeconds(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: given.description || null,
    discount: null,
    email: given.email || null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    name: given.name || null,
    next_invoice_sequence: 1,
    phone: given.phone || null,
    preferred_locales: given.preferred_locales ?? [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  });
  world.emit("customer.created", customer);
  return customer;
}

export function updateCustomer(world: World, id: string, given: Parsed<"customerUpdate">): Customer {
  const customer = world.customer(id);
  checkEmail(given.email);
  const before = copyOf(customer);
  if (given.address !== undefined) customer.address = addressOf(given.address);
  if (given.description !== undefined) customer.description = given.description || null;
  if (given.email !== undefined) customer.email = given.email || null;
  if (given.name !== undefined) customer.name = given.name || null;
  if (given.phone !== undefined) customer.phone = given.phone || null;
  if (given.preferred_locales !== undefined) customer.preferred_locales = given.preferred_locales;
  customer.metadata = mergeMetadata(customer.metadata, given.metadata);
  if (JSON.stringify(before) !== JSON.stringify(customer)) world.emit("customer.updated", customer, before);
  return customer;
}

function checkEmail(email: string | undefined): void {
  if (email && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
    refuse(`Invalid email address: ${email}`, { code: "email_invalid", param: "email" });
}

function addressOf(address: Parsed<"customerCreate">["address"]): NonNullable<Customer["address"]> | null {
  if (address === undefined) return null;
  const { city, country, line1, line2, postal_code, state } = address;
  return {
    city: city || null,
    country: country || null,
    line1: line1 || null,
    line2: line2 || null,
    postal_code: postal_code || null,
    state: state || null,
  };
}

type ProductFacts = Omit<Parsed<"productCreate">, "active" | "expand"> & { active?: boolean };

export function createProduct(world: World, given: ProductFacts): Product {
  if (given.id !== undefined && world.has(given.id))
    refuse(`Product already exists.`, { code: "resource_already_exists", param: "id" });
  const product = world.add<Product>({
    id: given.id ?? world.newId("prod"),
    object: "product",
    active: given.active ?? true,
    created: world.nowSeconds(),
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: { ...given.metadata },
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: given.statement_descriptor ?? null,
    tax_code: given.tax_code ?? null,
    tax_details: null,
    type: "service",
    unit_label: given.unit_label ?? null,
    updated: world.nowSeconds(),
    url: null,
  });
  world.emit("product.created", product);
  return product;
}

export function createPrice(world: World, given: Parsed<"priceCreate">): Price {
  if (given.product === undefined && given.product_data === undefined)
    refuse("Missing required param: product.", { code: "parameter_missing", param: "product" });
  const { currency, recurring, unit_amount: amount } = given;
  const product =
    given.product === undefined ? makeProduct(world, given.product_data) : world.product(given.product, "product").id;
  if (given.lookup_key !== undefined) claimLookupKey(world, given.lookup_key, given.transfer_lookup_key === true);
  const price = newPrice(world, { currency, amount, product, recurring: recurring ?? null, isListed: true });
  price.active = given.active;
  price.lookup_key = given.lookup_key ?? null;
  price.nickname = given.nickname ?? null;
  price.metadata = { ...given.metadata };
  price.tax_behavior = given.tax_behavior ?? "unspecified";
  world.emit("price.created", price);
  return price;
}

export function makeProduct(world: World, data: Parsed<"priceCreate">["product_data"]): string {
  if (data === undefined) return refuse("Missing required param: product.", { code: "parameter_missing" });
  return createProduct(world, data).id;
}

type PriceFacts = {
  currency: string;
  amount: number;
  product: string;
  recurring: { interval: string; interval_count: number; trial_period_days?: number | undefined } | null;
  /** A price made in passing by a checkout session is not one of the catalogue. */
  isListed: boolean;
};

export function newPrice(world: World, facts: PriceFacts): Price {
  const { currency, amount, product, recurring, isListed } = facts;
  checkCurrency(currency);
  if (amount < 0) refuse("Invalid non-negative integer", { code: "parameter_invalid_integer", param: "unit_amount" });
  return world.add<Price>({
    id: world.newId("price"),
    object: "price",
    active: isListed,
    billing_scheme: "per_unit",
    created: world.nowSeconds(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring:
      recurring === null
        ? null
        : {
            interval: recurring.interval,
            interval_count: recurring.interval_count,
            meter: null,
            trial_period_days: recurring.trial_period_days ?? null,
            usage_type: "licensed",
          },
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: recurring === null ? "one_time" : "recurring",
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  });
}

export function updatePrice(world: World, id: string, given: Parsed<"priceUpdate">): Price {
  const price = world.price(id);
  const before = copyOf(price);
  if (given.lookup_key !== undefined && given.lookup_key !== price.lookup_key) {
    claimLookupKey(world, given.lookup_key, given.transfer_lookup_key === true);
    price.lookup_key = given.lookup_key;
  }
  price.active = given.active ?? price.active;
  if (given.nickname !== undefined) price.nickname = given.nickname || null;
  price.metadata = mergeMetadata(price.metadata, given.metadata);
  world.emit("price.updated", price, before);
  return price;
}

/** A lookup key names one price at a time. */
function claimLookupKey(world: World, key: string, mayTransfer: boolean): void {
  const holder = world.all<Price>("price").find(({ lookup_key }) => lookup_key === key);
  if (holder === undefined) return;
  if (!mayTransfer)
    refuse(
      `A price (\`${holder.id}\`) already uses that lookup key. To transfer the lookup key to this price set transfer_lookup_key to true.`,
      { param: "lookup_key" },
    );
  holder.lookup_key = null;
}

/** The price as the older interface shows it: subscription items still carry both. */
export function planOf(price: Price): Plan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}
