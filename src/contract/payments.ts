import { z } from "zod";
import { told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";

export const paymentProviders = ["stripe", "mpesa"] as const;
export type PaymentProvider = (typeof paymentProviders)[number];
export const currencies = ["USD", "KES"] as const;
export type Currency = (typeof currencies)[number];

/** What the caller of the API is told of a payment; what it is inside is finer (core/payments/payment-state.ts). */
export const paymentStatuses = ["pending", "paid", "failed", "expired", "refunded", "disputed"] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** A package by its id, or by the number of its place in the list, as older callers have it. */
export const packageName = z.union([
  z.enum(["starter", "pro", "business", "enterprise"]),
  z.int().min(1).max(4),
  z.string().regex(/^[1-4]$/, "a package: starter, pro, business or enterprise"),
]);
export type PackageName = z.infer<typeof packageName>;

const oneOf = (fields: { package_id?: unknown; amount?: unknown }) =>
  (fields.package_id === undefined) !== (fields.amount === undefined);
const oneOfWords = { ...told("conflict", "give either package_id or amount"), path: ["package_id"] };

export const amountInCents = z.int().positive().meta({
  description: "US cents, a multiple of 20: a credit costs USD 0.20. Cards pay USD 0.50 or more, and so 3 credits.",
});

export const createIntentBody = z
  .strictObject({ package_id: packageName.optional(), amount: amountInCents.optional() })
  .refine(oneOf, oneOfWords);
export type CreateIntentBody = z.infer<typeof createIntentBody>;

export const intentAnswer = z.object({
  payment_id: idSchema("payment"),
  payment_intent_id: z.string(),
  client_secret: z.string(),
  /** Minor units. */
  amount: z.int().positive(),
  currency: z.enum(currencies),
  credits: z.int().positive(),
});
export type IntentAnswer = z.infer<typeof intentAnswer>;

export const confirmBody = z.strictObject({ payment_intent_id: z.string().min(1).max(255) });

export const phoneNumberField = z
  .string()
  .min(1)
  .max(32)
  .meta({ description: "A Safaricom number in any spelling: 0712…, 254712…, +254 712 ….", example: "0712345678" });

export const mpesaBody = z
  .strictObject({
    package_id: packageName.optional(),
    amount: z
      .int()
      .positive()
      .optional()
      .meta({ description: "Whole shillings, a multiple of 25: a credit costs KES 25." }),
    phone_number: phoneNumberField,
  })
  .refine(oneOf, oneOfWords);
export type MpesaBody = z.infer<typeof mpesaBody>;

export const mpesaPlanBody = z.strictObject({ plan: z.enum(["pro", "premium"]), phone_number: phoneNumberField });

export const mpesaAnswer = z.object({
  payment_id: idSchema("payment"),
  /** null: M-Pesa was asked and has not answered; the phone may ring all the same. */
  checkout_request_id: z.string().nullable(),
  status: z.literal("prompted"),
  message: z.string(),
});
export type MpesaAnswer = z.infer<typeof mpesaAnswer>;

/** What Daraja is answered, whatever it sends. */
export const phoneHookAnswer = z.object({ ResultCode: z.literal(0), ResultDesc: z.literal("Accepted") });

export const paymentFailure = z.object({
  /** The provider's own, an M-Pesa ResultCode or a Stripe decline code; or a word of ours for why nothing was begun. */
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
});
export type PaymentFailure = z.infer<typeof paymentFailure>;

export const paymentAnswer = z.object({
  id: idSchema("payment"),
  provider: z.enum(paymentProviders),
  purpose: z.enum(["package", "amount", "plan"]),
  status: z.enum(paymentStatuses),
  /** Minor units, also for shillings. */
  amount: z.int().nonnegative(),
  currency: z.enum(currencies),
  /** Bonus included; 0 for a plan. */
  credits: z.int().nonnegative(),
  package_id: z.string().optional(),
  plan: z.string().optional(),
  /** M-Pesa's receipt number, or Stripe's charge. */
  receipt: z.string().optional(),
  receipt_url: z.string().optional(),
  failure: paymentFailure.optional(),
  /** Minor units that went back to the payer. */
  refunded_amount: z.int().nonnegative(),
  created_at: z.string(),
  paid_at: z.string().nullable(),
});
export type PaymentAnswer = z.infer<typeof paymentAnswer>;
export const paymentEnvelope = z.object({ payment: paymentAnswer });
export const paymentsAnswer = z.object({ data: z.array(paymentAnswer), next_cursor: z.string().nullable() });
export type PaymentsAnswer = z.infer<typeof paymentsAnswer>;
