import { Hono } from "hono";
import {
  adminPaymentEnvelope,
  adminPaymentsAnswer,
  adminPaymentsQuery,
  refundBody,
  resolveBody,
} from "../../contract/admin.ts";
import { refund } from "../../core/admin/refund.ts";
import { resolvePayment } from "../../core/payments/resolve-payment.ts";
import { readAdminPayment, searchPayments } from "../../core/payments/search-payments.ts";
import { contextOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

const admin = { tag: "Admin", permission: "service.operate" } as const;

export const adminPaymentRoutes = new Hono<HttpEnv>()
  .get(
    "/payments",
    operation({
      ...admin,
      id: "adminListPayments",
      summary: "Everybody's payments",
      answers: { 200: { description: "A page of payments, the newest first", schema: adminPaymentsAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", adminPaymentsQuery),
    async (c) => c.json(await searchPayments(contextOf(c), c.req.valid("query")), 200),
  )
  .post(
    "/payments/:id/refund",
    operation({
      ...admin,
      id: "adminRefundPayment",
      summary: "Send a payment's money back, all of it or a part",
      description: "Through its provider. What it bought is taken back first.",
      isIdempotent: true,
      answers: { 200: { description: "The payment, with the refund among its claims", schema: adminPaymentEnvelope } },
      refuses: [
        "validation_failed",
        "not_found",
        "not_refundable",
        "provider_not_configured",
        "unsupported_media_type",
      ],
    }),
    existing("payment"),
    requireJson(),
    validate("json", refundBody),
    async (c) => {
      const { idempotencyKey } = c.var;
      const input = { ...c.req.valid("json"), paymentId: c.req.param("id"), idempotencyKey };
      return c.json({ payment: await refund(userContextOf(c), input) }, 200);
    },
  )
  .post(
    "/payments/:id/resolve",
    operation({
      ...admin,
      id: "adminResolvePayment",
      summary: "Say that a payment was looked at",
      isIdempotent: true,
      answers: { 200: { description: "The payment, off the list", schema: adminPaymentEnvelope } },
      refuses: ["validation_failed", "not_found", "unsupported_media_type"],
    }),
    existing("payment"),
    requireJson(),
    validate("json", resolveBody),
    async (c) => {
      const context = userContextOf(c);
      const paymentId = c.req.param("id");
      await resolvePayment(context, { paymentId, ...c.req.valid("json") });
      return c.json({ payment: await readAdminPayment(context, paymentId) }, 200);
    },
  );
