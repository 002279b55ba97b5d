import { z } from "zod";
import { idSchema } from "./ids.ts";
import { readableText } from "./video.ts";

/** Length in Unicode code points; product.md, Accounts. Never trimmed or cut: a password is taken as typed, in NFKC. */
export const passwordLength = { min: 8, max: 128 } as const;

const email = z
  .string()
  .max(254)
  .meta({ description: "Compared in Unicode NFKC and lower case.", example: "amina@example.com" });
const phone = z.string().max(32).meta({ description: "Any spelling; kept as E.164.", example: "0712345678" });
const password = z.string().max(512).meta({ description: "8 to 128 characters, and not one of the common ones." });

export const signUpBody = z.strictObject({
  email,
  password,
  name: readableText(120).optional(),
  phone: phone.optional(),
});
export type SignUpBody = z.infer<typeof signUpBody>;

export const logInBody = z.strictObject({ email, password });
export type LogInBody = z.infer<typeof logInBody>;

export const userAnswer = z.object({
  id: idSchema("user"),
  email: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  role: z.enum(["admin", "owner", "creator"]).meta({ description: "`admin` operates the service." }),
  created_at: z.string(),
  email_proven: z.boolean().meta({ description: "Whether they have shown that mail to the address reaches them." }),
});
export type UserAnswer = z.infer<typeof userAnswer>;

export const sessionAnswer = z.object({
  user: userAnswer,
  plan: z.string(),
  credits: z.object({ balance: z.int().nonnegative() }),
  access_token: z.string(),
  token_type: z.literal("bearer"),
  /** Seconds. */
  expires_in: z.int().positive(),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

export const meAnswer = z.object({
  user: userAnswer,
  tenant: z.object({ id: idSchema("tenant"), name: z.string(), plan: z.string(), role: z.enum(["owner", "creator"]) }),
  credits: z.object({ balance: z.int().nonnegative() }),
});
export type MeAnswer = z.infer<typeof meAnswer>;
