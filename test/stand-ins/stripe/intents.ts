import type { DeclineCode } from "./bodies.ts";
import { createCharge, declineOf, settleCharge } from "./charges.ts";
import { refuse } from "./stripe-fault.ts";
import type * as Wire from "./wire.ts";
import { copyOf, type IntentOwner, type World } from "./world.ts";

export const beforePayment = ["requires_payment_method", "requires_confirmation", "requires_action"];

export type IntentFacts = {
  amount: number;
  currency: string;
  customer: string | null;
  description?: string | null;
  metadata?: Wire.Metadata;
  receipt_email?: string | null;
  setup_future_usage?: string | null;
  statement_descriptor_suffix?: string | null;
  automatic_payment_methods?: { enabled: boolean; allow_redirects: string } | null;
  payment_method?: string | null;
};

export function newIntent(world: World, facts: IntentFacts, owner: IntentOwner): Wire.PaymentIntent {
  const { amount, currency, customer } = facts;
  const id = world.newId("pi");
  const intent = world.add<Wire.PaymentIntent>({
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: facts.automatic_payment_methods ?? null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_${world.newId("secret")}`,
    confirmation_method: "automatic",
    created: world.nowSeconds(),
    currency,
    customer,
    customer_account: null,
    description: facts.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...facts.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: facts.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: facts.receipt_email ?? null,
    review: null,
    setup_future_usage: facts.setup_future_usage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: facts.statement_descriptor_suffix ?? null,
    status: facts.payment_method == null ? "requires_payment_method" : "requires_confirmation",
    transfer_data: null,
    transfer_group: null,
  });
  world.owners.set(id, owner);
  world.emit("payment_intent.created", intent);
  return intent;
}

export function payIntent(
  world: World,
  { paymentIntent, fromProcessing = false }: { paymentIntent: string; fromProcessing?: boolean },
): Wire.PaymentIntent {
  const intent = beforeOutcome(world, paymentIntent, fromProcessing);
  if (fromProcessing) settleCharge(world, world.charge(String(intent.latest_charge)), null);
  else {
    intent.payment_method ??= world.newId("pm");
    createCharge(world, intent, "succeeded", null);
  }
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  intent.next_action = null;
  intent.processing = null;
  intent.last_payment_error = null;
  world.emit("payment_intent.succeeded", intent);
  world.owner(intent.id).onSucceeded?.();
  return intent;
}

/** Not final: the buyer may try another card on the same intent. */
export function declineIntent(
  world: World,
  given: { paymentIntent: string; code: DeclineCode; fromProcessing?: boolean },
): Wire.PaymentIntent {
  const { paymentIntent, code, fromProcessing = false } = given;
  const intent = beforeOutcome(world, paymentIntent, fromProcessing);
  if (fromProcessing) settleCharge(world, world.charge(String(intent.latest_charge)), code);
  else createCharge(world, intent, "failed", code);
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.next_action = null;
  intent.processing = null;
  intent.last_payment_error = {
    ...declineOf(code),
    charge: String(intent.latest_charge),
    type: "card_error",
  };
  world.emit("payment_intent.payment_failed", intent);
  world.owner(intent.id).onFailed?.();
  return intent;
}

export function requireAction(world: World, { paymentIntent }: { paymentIntent: string }): Wire.PaymentIntent {
  const intent = beforeOutcome(world, paymentIntent, false);
  const { returnUrl } = world.owner(intent.id);
  intent.status = "requires_action";
  intent.payment_method ??= world.newId("pm");
  intent.next_action = {
    redirect_to_url: { return_url: returnUrl, url: `${world.options.origin}/authenticate/${intent.id}` },
    type: "redirect_to_url",
  };
  world.emit("payment_intent.requires_action", intent);
  world.owner(intent.id).onRequiresAction?.();
  return intent;
}

export function completeAction(
  world: World,
  { paymentIntent, isAuthenticated }: { paymentIntent: string; isAuthenticated: boolean },
): Wire.PaymentIntent {
  const intent = world.intent(paymentIntent);
  if (intent.status !== "requires_action")
    unexpected(intent, `This PaymentIntent waits for no action: it has a status of ${intent.status}.`);
  if (isAuthenticated) return payIntent(world, { paymentIntent });
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_payment_error = {
    code: "payment_intent_authentication_failure",
    message:
      "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
    type: "invalid_request_error",
  };
  world.emit("payment_intent.payment_failed", intent);
  world.owner(intent.id).onFailed?.();
  return intent;
}

export function processIntent(world: World, { paymentIntent }: { paymentIntent: string }): Wire.PaymentIntent {
  const intent = beforeOutcome(world, paymentIntent, false);
  intent.payment_method ??= world.newId("pm");
  intent.payment_method_types = ["us_bank_account"];
  createCharge(world, intent, "pending", null);
  intent.status = "processing";
  world.emit("payment_intent.processing", intent);
  world.owner(intent.id).onProcessing?.();
  return intent;
}

export function cancelIntent(
  world: World,
  { paymentIntent, reason }: { paymentIntent: string; reason?: string | undefined },
): Wire.PaymentIntent {
  const intent = world.intent(paymentIntent);
  if (!beforePayment.includes(intent.status) && intent.status !== "processing")
    unexpected(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
    );
  if (world.owner(intent.id).kind === "session" && reason !== "expired" && reason !== "automatic")
    unexpected(
      intent,
      "You cannot cancel this PaymentIntent because it was created by a Checkout Session. Expire the Checkout Session instead.",
    );
  intent.status = "canceled";
  intent.canceled_at = world.nowSeconds();
  intent.cancellation_reason = reason ?? null;
  intent.next_action = null;
  intent.processing = null;
  world.emit("payment_intent.canceled", intent);
  return intent;
}

function beforeOutcome(world: World, id: string, fromProcessing: boolean): Wire.PaymentIntent {
  const intent = world.intent(id, "payment_intent");
  const isReady = fromProcessing ? intent.status === "processing" : beforePayment.includes(intent.status);
  if (!isReady)
    unexpected(intent, `This PaymentIntent cannot come to this outcome: it has a status of ${intent.status}.`);
  return intent;
}

export function unexpected(intent: Wire.PaymentIntent, message: string): never {
  refuse(message, { code: "payment_intent_unexpected_state", paymentIntent: copyOf(intent) });
}
