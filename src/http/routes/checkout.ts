import { Hono, type Context as HonoContext } from "hono";
import {
  type CheckoutBody,
  changePlanBody,
  checkoutAnswer,
  checkoutBody,
  portalAnswer,
} from "../../contract/checkout.ts";
import { subscriptionAnswer } from "../../contract/plans.ts";
import { requirePermission } from "../../core/access/require-permission.ts";
import { createCheckout } from "../../core/payments/cards/create-checkout.ts";
import { orderOfCents } from "../../core/payments/orders.ts";
import { cancelSubscription } from "../../core/plans/cancel-subscription.ts";
import { changePlan } from "../../core/plans/change-plan.ts";
import { createPlanCheckout } from "../../core/plans/create-plan-checkout.ts";
import { openPortal } from "../../core/plans/open-portal.ts";
import { originOf, userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

/** POST /api/billing/checkout, and the path it also goes by. */
function checkoutOperation(id: string, summary: string) {
  return operation({
    id,
    summary,
    description:
      "A package of credits, an amount of them, or a plan by the month. The page is Stripe's, and sends the payer back here.",
    tag: "Billing",
    permission: "payments.create",
    rate: "payment",
    isIdempotent: true,
    answers: { 200: { description: "Where to send the payer", schema: checkoutAnswer } },
    refuses: [
      "validation_failed",
      "unsupported_media_type",
      "subscription_active",
      "payment_refused",
      "provider_not_configured",
    ],
  });
}

async function checkOut(c: HonoContext<HttpEnv>, body: CheckoutBody) {
  const context = userContextOf(c);
  const asked = { idempotencyKey: c.var.idempotencyKey, origin: originOf(c) };
  const { plan, ...credits } = body;
  // Who may buy credits need not be who decides on the plan.
  if (plan !== undefined) requirePermission(c.env.deps.clock, context.actor, "billing.manage");
  if (plan !== undefined) return c.json(await createPlanCheckout(context, { ...asked, plan }), 200);
  return c.json(await createCheckout(context, { ...asked, order: orderOfCents(credits) }), 200);
}

export const checkoutRoutes = new Hono<HttpEnv>()
  .post(
    "/billing/checkout",
    checkoutOperation("createCheckout", "Pay on Stripe's page"),
    requireJson(),
    validate("json", checkoutBody),
    (c) => checkOut(c, c.req.valid("json")),
  )
  .post(
    "/stripe/checkout",
    checkoutOperation("createStripeCheckout", "Pay on Stripe's page, by its other name"),
    requireJson(),
    validate("json", checkoutBody),
    (c) => checkOut(c, c.req.valid("json")),
  )
  .post(
    "/billing/portal",
    operation({
      id: "openPortal",
      summary: "Stripe's page of your card, your invoices and your subscription",
      tag: "Billing",
      permission: "billing.manage",
      isIdempotent: true,
      answers: { 200: { description: "Where to send the customer", schema: portalAnswer } },
      refuses: ["payment_refused", "provider_not_configured"],
    }),
    async (c) => c.json(await openPortal(userContextOf(c), originOf(c)), 200),
  )
  .post(
    "/billing/cancel",
    operation({
      id: "cancelSubscription",
      summary: "End the subscription with what is paid for",
      description: "The plan stays until then. The portal takes a cancellation back.",
      tag: "Billing",
      permission: "billing.manage",
      isIdempotent: true,
      answers: { 200: { description: "The subscription as it is now", schema: subscriptionAnswer } },
      refuses: ["no_subscription", "provider_not_configured"],
    }),
    async (c) => c.json(await cancelSubscription(userContextOf(c)), 200),
  )
  .post(
    "/billing/change",
    operation({
      id: "changePlan",
      summary: "Put the subscription on another plan",
      description:
        "What is left of the old plan is credited, and what the new one costs more is charged now. Until that is paid the old plan stays: the answer says which one it is.",
      tag: "Billing",
      permission: "billing.manage",
      rate: "payment",
      isIdempotent: true,
      answers: { 200: { description: "The subscription as it is now", schema: subscriptionAnswer } },
      refuses: [
        "validation_failed",
        "unsupported_media_type",
        "no_subscription",
        "subscription_active",
        "payment_refused",
        "provider_not_configured",
      ],
    }),
    requireJson(),
    validate("json", changePlanBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      return c.json(await changePlan(userContextOf(c), { ...c.req.valid("json"), idempotencyKey }), 200);
    },
  );
