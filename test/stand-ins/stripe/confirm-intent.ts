/** Payment intents as a server makes and confirms them. */
import type { DeclineCode } from "./bodies.ts";
import { declineOf } from "./charges.ts";
import {
  beforePayment,
  declineIntent,
  newIntent,
  payIntent,
  processIntent,
  requireAction,
  unexpected,
} from "./intents.ts";
import { mergeMetadata } from "./metadata.ts";
import { checkAmount } from "./money-rules.ts";
import type { Parsed } from "./parameters.ts";
import { refuse, StripeFault } from "./stripe-fault.ts";
import type * as Wire from "./wire.ts";
import { copyOf, type World } from "./world.ts";

/** What Stripe's test payment methods do; any other is a card that pays. */
const testMethods: Record<string, DeclineCode | "requires_action" | "processing"> = {
  pm_card_chargeDeclined: "card_declined",
  pm_card_visa_chargeDeclined: "card_declined",
  pm_card_chargeDeclinedInsufficientFunds: "insufficient_funds",
  pm_card_visa_chargeDeclinedInsufficientFunds: "insufficient_funds",
  pm_card_chargeDeclinedExpiredCard: "expired_card",
  pm_card_chargeDeclinedIncorrectCvc: "incorrect_cvc",
  pm_card_chargeDeclinedProcessingError: "processing_error",
  pm_card_authenticationRequired: "requires_action",
  pm_card_threeDSecure2Required: "requires_action",
  pm_card_threeDSecureRequired: "requires_action",
  pm_usBankAccount_success: "processing",
};

export function createIntent(world: World, given: Parsed<"intentCreate">): Wire.PaymentIntent {
  checkAmount(given.amount, given.currency);
  if (given.customer !== undefined) world.customer(given.customer, "customer");
  const { automatic_payment_methods = { enabled: true, allow_redirects: "always" } } = given;
  const facts = {
    amount: given.amount,
    currency: given.currency,
    customer: given.customer ?? null,
    description: given.description ?? null,
    metadata: given.metadata ?? {},
    receipt_email: given.receipt_email ?? null,
    setup_future_usage: given.setup_future_usage ?? null,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? null,
    payment_method: given.payment_method ?? null,
    automatic_payment_methods,
  };
  if (given.confirm !== true) {
    if (given.return_url !== undefined)
      refuse("`return_url` can only be passed when `confirm` is true.", { param: "return_url" });
    return newIntent(world, facts, { kind: "none", returnUrl: null });
  }
  requireReturnUrl(automatic_payment_methods, given.return_url);
  const intent = newIntent(world, facts, { kind: "none", returnUrl: given.return_url ?? null });
  return confirmIntent(world, intent, { ...given, expand: undefined });
}

export function updateIntent(world: World, id: string, given: Parsed<"intentUpdate">): Wire.PaymentIntent {
  const intent = world.intent(id);
  if (given.amount !== undefined || given.currency !== undefined) {
    if (!beforePayment.includes(intent.status))
      unexpected(
        intent,
        `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}.`,
      );
    checkAmount(given.amount ?? intent.amount, given.currency ?? intent.currency);
  }
  if (given.customer !== undefined) intent.customer = world.customer(given.customer, "customer").id;
  intent.amount = given.amount ?? intent.amount;
  intent.currency = given.currency ?? intent.currency;
  intent.description = given.description ?? intent.description;
  intent.receipt_email = given.receipt_email ?? intent.receipt_email;
  intent.metadata = mergeMetadata(intent.metadata, given.metadata);
  if (given.payment_method !== undefined) {
    intent.payment_method = given.payment_method;
    if (intent.status === "requires_payment_method") intent.status = "requires_confirmation";
  }
  return intent;
}

export function confirmIntent(
  world: World,
  intent: Wire.PaymentIntent,
  given: Parsed<"intentConfirm">,
): Wire.PaymentIntent {
  if (intent.status === "succeeded")
    unexpected(
      intent,
      "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
    );
  if (!beforePayment.includes(intent.status))
    unexpected(intent, `You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`);
  const method = given.payment_method ?? intent.payment_method;
  if (method === null)
    unexpected(
      intent,
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    );
  requireReturnUrl(intent.automatic_payment_methods, given.return_url);
  intent.payment_method = method;
  intent.receipt_email = given.receipt_email ?? intent.receipt_email;
  world.owners.set(intent.id, { ...world.owner(intent.id), returnUrl: given.return_url ?? null });
  const outcome = testMethods[method];
  if (outcome === undefined) return payIntent(world, { paymentIntent: intent.id });
  if (outcome === "processing") return processIntent(world, { paymentIntent: intent.id });
  if (outcome === "requires_action") {
    if (given.error_on_requires_action !== true) return requireAction(world, { paymentIntent: intent.id });
    declineIntent(world, { paymentIntent: intent.id, code: "card_declined" });
    return cardError(world, intent, "authentication_required");
  }
  declineIntent(world, { paymentIntent: intent.id, code: outcome });
  return cardError(world, intent, outcome);
}

function cardError(world: World, intent: Wire.PaymentIntent, code: DeclineCode | "authentication_required"): never {
  const decline =
    code === "authentication_required"
      ? { code, decline_code: code, message: "Your card was declined. This transaction requires authentication." }
      : declineOf(code);
  throw new StripeFault(402, "card_error", decline.message, {
    code: decline.code,
    declineCode: decline.decline_code,
    charge: intent.latest_charge ?? "",
    paymentIntent: copyOf(world.intent(intent.id)),
  });
}

/** Some of the methods that are switched on at the dashboard lead the buyer away and must be able to send them back. */
function requireReturnUrl(
  automatic: { enabled: boolean; allow_redirects?: string } | null,
  returnUrl: string | undefined,
): void {
  if (automatic?.enabled !== true || automatic.allow_redirects === "never" || returnUrl !== undefined) return;
  refuse(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    { param: "return_url" },
  );
}
