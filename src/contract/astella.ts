/** Astella's five root paths, kept exactly: its code does not change (product.md). */
import { z } from "zod";
import { phoneNumberField } from "./payments.ts";
import { languages, promptMaxCharacters, readableText, scenesMax } from "./video.ts";

export const registerBody = z.strictObject({
  email: z.string().max(254),
  phone: z.string().max(32).optional(),
  password: z.string().max(512),
});
export const astellaLoginBody = z.strictObject({ email: z.string().max(254), password: z.string().max(512) });

export const astellaSession = z.object({
  user_id: z.string(),
  email: z.string(),
  credits_remaining: z.int().nonnegative(),
  subscription_type: z.string(),
  access_token: z.string(),
});
export type AstellaSession = z.infer<typeof astellaSession>;

export const userInfo = z.object({
  user_id: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  subscription_type: z.string(),
  credits_remaining: z.int().nonnegative(),
  daily_limit: z.int().positive().nullable(),
  videos_today: z.int().nonnegative(),
  created_at: z.string(),
});
export type UserInfo = z.infer<typeof userInfo>;

export const generateVideoBody = z.strictObject({
  prompt: readableText(promptMaxCharacters),
  lang: z.enum(languages, `a language with a voice here: ${languages.join(", ")}`).default("en"),
  scenes: z.int().min(1).max(scenesMax).optional(),
  vertical: z.boolean().optional(),
  output_format: z.literal("mp4", "mp4 is what this service makes").optional(),
});

export const generatedVideo = z.object({
  status: z.enum(["success", "processing"]),
  video_id: z.string(),
  video_path: z.string(),
  credits_remaining: z.int().nonnegative(),
});

export const purchaseCreditsBody = z.discriminatedUnion("payment_method", [
  z.strictObject({
    payment_method: z.literal("mpesa"),
    amount: z.int().positive().meta({ description: "Whole shillings, a multiple of 25." }),
    phone_number: phoneNumberField,
  }),
  z.strictObject({
    payment_method: z.literal("stripe"),
    amount: z.int().positive().meta({ description: "Whole US dollars; a credit costs 20 cents." }),
  }),
]);

/** `checkout_request_id` is what POST /mpesa/status takes: M-Pesa's, or the payment's own where M-Pesa has told none. */
export const purchaseByPhone = z.object({ payment_id: z.string(), checkout_request_id: z.string() });

export const purchaseByCard = z.object({
  payment_id: z.string(),
  payment_intent_id: z.string(),
  client_secret: z.string(),
});

export const stripeConfirmBody = z.strictObject({ payment_intent_id: z.string().min(1).max(255) });
export const stripeConfirmAnswer = z.object({
  status: z.enum(["pending", "paid", "failed"]),
  credits_remaining: z.int().nonnegative(),
});

export const mpesaStatusBody = z.strictObject({ checkout_request_id: z.string().min(1).max(255) });
export const mpesaStatusAnswer = z.object({
  status: z.enum(["pending", "paid", "failed"]),
  /** M-Pesa's own; left out while it has not decided. */
  result_code: z.string().optional(),
  message: z.string(),
  credits_remaining: z.int().nonnegative(),
});
export type MpesaStatusAnswer = z.infer<typeof mpesaStatusAnswer>;
