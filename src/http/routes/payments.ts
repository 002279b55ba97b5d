import { Hono } from "hono";
import { listQuery } from "../../contract/credits.ts";
import {
  confirmBody,
  createIntentBody,
  intentAnswer,
  paymentAnswer,
  paymentEnvelope,
  paymentsAnswer,
} from "../../contract/payments.ts";
import { confirmPayment } from "../../core/payments/cards/confirm-payment.ts";
import { createIntent } from "../../core/payments/cards/create-intent.ts";
import { listPayments } from "../../core/payments/list-payments.ts";
import { readPayment } from "../../core/payments/read-payment.ts";
import { userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

export const paymentRoutes = new Hono<HttpEnv>()
  .post(
    "/create-intent",
    operation({
      id: "createPaymentIntent",
      summary: "Buy credits by card, on a page of your own",
      description:
        "Give `client_secret` to Stripe's payment element. Once it is paid the credits come by themselves; `POST /api/payments/confirm` brings them at once.",
      tag: "Payments",
      permission: "payments.create",
      rate: "payment",
      isIdempotent: true,
      answers: { 201: { description: "The order, and what the payment element needs", schema: intentAnswer } },
      refuses: ["validation_failed", "unsupported_media_type", "payment_refused", "provider_not_configured"],
    }),
    requireJson(),
    validate("json", createIntentBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      return c.json(await createIntent(userContextOf(c), { body: c.req.valid("json"), idempotencyKey }), 201);
    },
  )
  .post(
    "/confirm",
    operation({
      id: "confirmPayment",
      summary: "Ask Stripe what became of a payment by card",
      description: "Credits it at once when it is paid. Whatever is repeated, a payment credits once.",
      tag: "Payments",
      permission: "payments.create",
      answers: { 200: { description: "The payment as it is now", schema: paymentEnvelope } },
      refuses: ["validation_failed", "unsupported_media_type", "not_found", "provider_not_configured"],
    }),
    requireJson(),
    validate("json", confirmBody),
    async (c) => {
      const { payment_intent_id: paymentIntentId } = c.req.valid("json");
      return c.json({ payment: await confirmPayment(userContextOf(c), paymentIntentId) }, 200);
    },
  )
  .get(
    "/history",
    operation({
      id: "listPayments",
      summary: "Your payments, newest first",
      tag: "Payments",
      permission: "payments.read",
      answers: { 200: { description: "A page of payments", schema: paymentsAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", listQuery),
    async (c) => c.json(await listPayments(userContextOf(c), c.req.valid("query")), 200),
  )
  .get(
    "/:id",
    operation({
      id: "getPayment",
      summary: "One payment",
      description: "While it is open its provider is asked along with this, so it may be asked for again and again.",
      tag: "Payments",
      permission: "payments.read",
      answers: { 200: { description: "The payment", schema: paymentAnswer } },
      refuses: ["not_found"],
    }),
    existing("payment"),
    async (c) => c.json(await readPayment(userContextOf(c), c.req.param("id")), 200),
  );
