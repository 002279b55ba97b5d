import { Hono } from "hono";
import {
  adminPaymentEnvelope,
  creditReceiptBody,
  settledReceiptAnswer,
  settleReceiptBody,
} from "../../contract/admin.ts";
import { creditReceipt } from "../../core/payments/phones/credit-receipt.ts";
import { settleReceipt } from "../../core/payments/phones/settle-receipt.ts";
import { readAdminPayment } from "../../core/payments/search-payments.ts";
import { userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { pathParameter } from "../path-parameter.ts";
import { validate } from "../validate.ts";

const admin = { tag: "Admin", permission: "service.operate" } as const;

export const adminReceiptRoutes = new Hono<HttpEnv>()
  .post(
    "/stray-receipts/:receipt/credit",
    operation({
      ...admin,
      id: "adminCreditReceipt",
      summary: "Say which payment a stray receipt is of",
      description:
        "The payment is paid by it, and what it bought is given, once. Amount, payer, moment and the reference must be the payment's.",
      isIdempotent: true,
      answers: { 200: { description: "The payment, with its receipt", schema: adminPaymentEnvelope } },
      refuses: ["validation_failed", "not_found", "receipt_refused", "unsupported_media_type"],
    }),
    pathParameter("receipt"),
    requireJson(),
    validate("json", creditReceiptBody),
    async (c) => {
      const context = userContextOf(c);
      const body = c.req.valid("json");
      await creditReceipt(context, { ...body, receipt: c.req.param("receipt") });
      return c.json({ payment: await readAdminPayment(context, body.payment_id) }, 200);
    },
  )
  .post(
    "/stray-receipts/:receipt/settle",
    operation({
      ...admin,
      id: "adminSettleReceipt",
      summary: "Say that a stray receipt was dealt with elsewhere",
      description: "It was sent back at Safaricom's portal, or is not for us. It buys nothing here any more.",
      isIdempotent: true,
      answers: { 200: { description: "The receipt, off the list", schema: settledReceiptAnswer } },
      refuses: ["validation_failed", "not_found", "receipt_refused", "unsupported_media_type"],
    }),
    pathParameter("receipt"),
    requireJson(),
    validate("json", settleReceiptBody),
    async (c) => {
      const input = { ...c.req.valid("json"), receipt: c.req.param("receipt") };
      return c.json(await settleReceipt(userContextOf(c), input), 200);
    },
  );
