/** Astella's root paths for money, kept exactly: each is a thin skin over the same verbs. */
import { Hono } from "hono";
import { z } from "zod";
import {
  mpesaStatusAnswer,
  mpesaStatusBody,
  purchaseByCard,
  purchaseByPhone,
  purchaseCreditsBody,
  stripeConfirmAnswer,
  stripeConfirmBody,
} from "../contract/astella.ts";
import { confirmForAstella } from "../core/payments/cards/confirm-payment.ts";
import { createIntent } from "../core/payments/cards/create-intent.ts";
import { orderOfShillings } from "../core/payments/orders.ts";
import { readMpesaStatus } from "../core/payments/phones/mpesa-status.ts";
import { startPhonePayment } from "../core/payments/phones/start-phone-payment.ts";
import { originOf, userContextOf } from "./context.ts";
import type { HttpEnv } from "./http-env.ts";
import { requireJson } from "./json-body.ts";
import { operation } from "./operation.ts";
import { validate } from "./validate.ts";

export const astellaPaymentRoutes = new Hono<HttpEnv>()
  .post(
    "/purchase-credits",
    operation({
      id: "astellaPurchaseCredits",
      summary: "Buy credits",
      tag: "Astella",
      permission: "payments.create",
      rate: "payment",
      isIdempotent: true,
      answers: { 200: { description: "The payment is begun", schema: z.union([purchaseByPhone, purchaseByCard]) } },
      refuses: [
        "validation_failed",
        "unsupported_media_type",
        "prompt_open",
        "payment_refused",
        "provider_not_configured",
      ],
    }),
    requireJson(),
    validate("json", purchaseCreditsBody),
    async (c) => {
      const purchase = c.req.valid("json");
      const { idempotencyKey } = c.var;
      if (purchase.payment_method === "stripe") {
        // Astella counts whole dollars; orders are in cents.
        const body = { amount: purchase.amount * 100 };
        const intent = await createIntent(userContextOf(c), { body, idempotencyKey });
        const { payment_id, payment_intent_id, client_secret } = intent;
        return c.json({ payment_id, payment_intent_id, client_secret }, 200);
      }
      const { amount, phone_number: phoneNumber } = purchase;
      const start = { order: orderOfShillings({ amount }), phoneNumber, idempotencyKey, origin: originOf(c) };
      const { payment_id: id, checkout_request_id: request } = await startPhonePayment(userContextOf(c), start);
      return c.json({ payment_id: id, checkout_request_id: request ?? id }, 200);
    },
  )
  .post(
    "/mpesa/status",
    operation({
      id: "astellaMpesaStatus",
      summary: "What became of a payment by M-Pesa",
      tag: "Astella",
      permission: "payments.read",
      answers: { 200: { description: "Where it stands", schema: mpesaStatusAnswer } },
      refuses: ["validation_failed", "unsupported_media_type", "not_found"],
    }),
    requireJson(),
    validate("json", mpesaStatusBody),
    async (c) => c.json(await readMpesaStatus(userContextOf(c), c.req.valid("json").checkout_request_id), 200),
  )
  .post(
    "/stripe/confirm",
    operation({
      id: "astellaStripeConfirm",
      summary: "What became of a payment by card",
      description: "Credits it at once when it is paid.",
      tag: "Astella",
      permission: "payments.create",
      answers: { 200: { description: "Where it stands", schema: stripeConfirmAnswer } },
      refuses: ["validation_failed", "unsupported_media_type", "not_found", "provider_not_configured"],
    }),
    requireJson(),
    validate("json", stripeConfirmBody),
    async (c) => c.json(await confirmForAstella(userContextOf(c), c.req.valid("json").payment_intent_id), 200),
  );
