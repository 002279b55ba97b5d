import { OutsideError } from "../../core/deps.ts";
import type { Mailer } from "../../core/mail/mailer.ts";

/** Said before anything was sent, and mended by time or by whoever set the service up. */
const refusedForNow = [
  "E_RATE_LIMIT_EXCEEDED",
  "E_DAILY_LIMIT_EXCEEDED",
  "E_SENDER_NOT_VERIFIED",
  "E_SENDER_DOMAIN_NOT_AVAILABLE",
];

/** The binding has no limit of its own; the consumer that waits has other letters. */
const sendLimitMs = 10_000;

/**
 * Cloudflare's Email Service by its binding (https://developers.cloudflare.com/email-service/api/send-emails/workers-api/).
 * It takes no idempotency key: when it does not say whether it has sent a letter, the letter counts as refused, since two of
 * it are worse than none, which can be asked for again.
 */
export function createBindingMailer(binding: SendEmail, from: string, { limitMs = sendLimitMs } = {}): Mailer {
  const sender = parseSender(from);
  return {
    async send({ to, subject, text, html }) {
      try {
        await within(limitMs, binding.send({ from: sender, to, subject, text, html }));
        return "sent";
      } catch (error) {
        const code = codeOf(error);
        if (refusedForNow.includes(code)) throw new OutsideError(`mail: ${code}`, true);
        return "refused";
      }
    },
  };
}

async function within(limitMs: number, sending: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("no answer in time")), limitMs);
  await Promise.race([sending, late.promise]).finally(() => clearTimeout(timer));
}

/** `Name <address>`, or an address alone. */
function parseSender(from: string): string | EmailAddress {
  const [, name, email] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  return name === undefined || email === undefined ? from.trim() : { name, email };
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}
