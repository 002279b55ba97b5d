import type { z } from "zod";
import type { CheckoutAnswer, changePlanBody, checkoutBody, portalAnswer } from "../../contract/checkout.ts";
import type { MpesaAnswer, mpesaPlanBody } from "../../contract/payments.ts";
import type { PlansAnswer, SubscriptionAnswer } from "../../contract/plans.ts";
import { declare, type Nothing } from "../operation.ts";

export const listPlans = declare<Nothing, PlansAnswer>()("GET /api/billing/plans");
export const getSubscription = declare<Nothing, SubscriptionAnswer>()("GET /api/billing/subscription");
export const createCheckout = declare<z.input<typeof checkoutBody>, CheckoutAnswer>()("POST /api/billing/checkout", {
  isIdempotent: true,
});
export const createStripeCheckout = declare<z.input<typeof checkoutBody>, CheckoutAnswer>()(
  "POST /api/stripe/checkout",
  { isIdempotent: true },
);
export const payPlanByPhone = declare<z.input<typeof mpesaPlanBody>, MpesaAnswer>()("POST /api/billing/mpesa", {
  isIdempotent: true,
});
export const openPortal = declare<Nothing, z.output<typeof portalAnswer>>()("POST /api/billing/portal", {
  isIdempotent: true,
});
export const cancelSubscription = declare<Nothing, SubscriptionAnswer>()("POST /api/billing/cancel", {
  isIdempotent: true,
});
export const changePlan = declare<z.input<typeof changePlanBody>, SubscriptionAnswer>()("POST /api/billing/change", {
  isIdempotent: true,
});
