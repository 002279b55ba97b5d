import { z } from "zod";
import { sessionAnswer } from "./accounts.ts";

export const linkLanguages = ["en", "sw"] as const;
const language = z
  .enum(linkLanguages)
  .optional()
  .meta({ description: "Of the letter and its page; else as Accept-Language says." });
const email = z
  .string()
  .max(254)
  .meta({ description: "Compared in Unicode NFKC and lower case.", example: "amina@example.com" });
const token = z.string().min(1).max(200).meta({ description: "What the link ends with." });
const confirm = z.boolean().optional().meta({
  description: "They were asked, and say that it was them: needed in another browser than the one that asked.",
});

export const linkRequestBody = z.strictObject({ email, lang: language });

const onlyOutsideProduction = "Only outside production, where no mail is needed.";

export const magicLinkRequested = z.object({
  success: z.literal(true),
  magic_link: z.string().optional().meta({ description: onlyOutsideProduction }),
});
export type MagicLinkRequested = z.infer<typeof magicLinkRequested>;

export const magicLinkVerifyBody = z.strictObject({ token, confirm });

export const linkSessionAnswer = sessionAnswer.extend({
  refresh_token: z.null().meta({ description: "It is in the cookie, where no script reads it." }),
  password_removed: z
    .literal(true)
    .optional()
    .meta({ description: "A password from before the address was proven is gone, and whatever was opened with it." }),
});
export type LinkSessionAnswer = z.infer<typeof linkSessionAnswer>;

export const resetRequested = z.object({
  success: z.literal(true),
  reset_link: z.string().optional().meta({ description: onlyOutsideProduction }),
});
export type ResetRequested = z.infer<typeof resetRequested>;

export const passwordResetBody = z.strictObject({
  token,
  password: z.string().max(512).meta({ description: "8 to 128 characters, and not one of the common ones." }),
});

export const proofBody = z.strictObject({ token, confirm });

export const proofRequestBody = z.strictObject({ lang: language });

export const proofRequested = z.object({
  success: z.literal(true),
  proof_link: z.string().optional().meta({ description: onlyOutsideProduction }),
});
export type ProofRequested = z.infer<typeof proofRequested>;
