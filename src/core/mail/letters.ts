/** Every letter that is ever written, and what each is filled with. */
import { z } from "zod";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export const mailLanguages = ["en", "sw"] as const;
export type MailLanguage = (typeof mailLanguages)[number];

const link = z.object({ link: z.string() });
const receipt = z.object({ receipt: z.string() });
const nothing = z.object({});

export const letterValues = {
  sign_in: link,
  reset: link,
  proof: link,
  invitation: z.object({ link: z.string(), tenant: z.string(), inviter: z.string() }),
  password_changed: nothing,
  password_removed: nothing,
  export_ready: link,
  deletion_begun: receipt,
  deletion_done: receipt,
  second_subscription: z.object({ plan: z.string(), amount: z.string() }),
} as const;

export type Template = keyof typeof letterValues;
export const templates = Object.keys(letterValues) as [Template, ...Template[]];

type Filled = { [T in Template]: { template: T; values: z.infer<(typeof letterValues)[T]> } }[Template];

/** `to` is a normalised address. */
export type Letter = { to: string; language: MailLanguage } & Filled;

/** For how long a letter is worth sending: one with a link no longer than its link works, any other for a day. */
export const worthSendingMs: Record<Template, number> = {
  sign_in: 10 * minuteMs,
  reset: 10 * minuteMs,
  proof: dayMs,
  invitation: dayMs,
  password_changed: dayMs,
  password_removed: dayMs,
  export_ready: dayMs,
  deletion_begun: dayMs,
  deletion_done: dayMs,
  second_subscription: dayMs,
};
