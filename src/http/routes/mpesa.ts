import { Hono } from "hono";
import type { ProblemCode } from "../../contract/errors.ts";
import { mpesaAnswer, mpesaBody, mpesaPlanBody } from "../../contract/payments.ts";
import { orderOfPlan, orderOfShillings } from "../../core/payments/orders.ts";
import { startPhonePayment } from "../../core/payments/phones/start-phone-payment.ts";
import { refuseCoveredPlan } from "../../core/plans/refuse-covered-plan.ts";
import { originOf, userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

const description =
  "Rings the phone, and answers before its owner has paid: ask `GET /api/payments/:id` what became of it. The credits, or the plan, come by themselves.";
const refuses: ProblemCode[] = [
  "validation_failed",
  "unsupported_media_type",
  "prompt_open",
  "payment_refused",
  "provider_not_configured",
];

export const mpesaRoutes = new Hono<HttpEnv>()
  .post(
    "/payments/mpesa",
    operation({
      id: "payByPhone",
      summary: "Buy credits by M-Pesa",
      description,
      tag: "Payments",
      permission: "payments.create",
      rate: "payment",
      isIdempotent: true,
      answers: { 202: { description: "The phone is asked", schema: mpesaAnswer } },
      refuses,
    }),
    requireJson(),
    validate("json", mpesaBody),
    async (c) => {
      const { phone_number: phoneNumber, ...wanted } = c.req.valid("json");
      const { idempotencyKey } = c.var;
      const start = { order: orderOfShillings(wanted), phoneNumber, idempotencyKey, origin: originOf(c) };
      return c.json(await startPhonePayment(userContextOf(c), start), 202);
    },
  )
  .post(
    "/billing/mpesa",
    operation({
      id: "payPlanByPhone",
      summary: "Buy 30 days of a plan by M-Pesa",
      description,
      tag: "Billing",
      permission: "billing.manage",
      rate: "payment",
      isIdempotent: true,
      answers: { 202: { description: "The phone is asked", schema: mpesaAnswer } },
      refuses: [...refuses, "subscription_active"],
    }),
    requireJson(),
    validate("json", mpesaPlanBody),
    async (c) => {
      const { plan, phone_number: phoneNumber } = c.req.valid("json");
      const context = userContextOf(c);
      await refuseCoveredPlan(context, plan, "phone");
      const { idempotencyKey } = c.var;
      const start = { order: orderOfPlan(plan, "KES"), phoneNumber, idempotencyKey, origin: originOf(c) };
      return c.json(await startPhonePayment(context, start), 202);
    },
  );
