import type { z } from "zod";
import type { listQuery } from "../../contract/credits.ts";
import type {
  confirmBody,
  createIntentBody,
  IntentAnswer,
  MpesaAnswer,
  mpesaBody,
  PaymentAnswer,
  PaymentsAnswer,
  paymentEnvelope,
} from "../../contract/payments.ts";
import { declare, type Query } from "../operation.ts";

export const createPaymentIntent = declare<z.input<typeof createIntentBody>, IntentAnswer>()(
  "POST /api/payments/create-intent",
  { isIdempotent: true },
);
export const confirmPayment = declare<z.input<typeof confirmBody>, z.output<typeof paymentEnvelope>>()(
  "POST /api/payments/confirm",
);
export const payByPhone = declare<z.input<typeof mpesaBody>, MpesaAnswer>()("POST /api/payments/mpesa", {
  isIdempotent: true,
});
export const listPayments = declare<Query<typeof listQuery>, PaymentsAnswer>()("GET /api/payments/history");
export const getPayment = declare<{ id: string }, PaymentAnswer>()("GET /api/payments/:id");
