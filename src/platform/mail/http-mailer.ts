import { z } from "zod";
import { OutsideError } from "../../core/deps.ts";
import type { Mailer } from "../../core/mail/mailer.ts";

export type HttpMailerOptions = { base: string; key: string; from: string };

/** sendLetter waits 15 s before it tries again. */
const timeoutMs = 10_000;
/** Not the letter's fault: the key is wrong or the sender's domain is not proven, until somebody mends it. */
const setUpStatuses = [401, 403];
const problem = z.object({ name: z.string().max(100).optional() });

/** Resend's API (https://resend.com/docs/api-reference/emails/send-email), which others speak too. */
export function createHttpMailer({ base, key, from }: HttpMailerOptions): Mailer {
  const address = `${base.replace(/\/+$/, "")}/emails`;
  return {
    async send({ id, to, subject, text, html }) {
      const response = await ask(address, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${key}`,
          "Content-Type": "application/json",
          // Kept for 24 hours there, and no letter is tried for longer: however often it is sent, it arrives once.
          "Idempotency-Key": id,
        },
        body: JSON.stringify({ from, to: [to], subject, text, html }),
      });
      if (response.ok) return "sent";
      const name = response.status === 409 ? response.name : undefined;
      // The key was used with other bytes: it was taken before, and since then our templates have changed.
      if (name === "invalid_idempotent_request") return "sent";
      const { status } = response;
      const isWeather = status === 408 || status === 409 || status === 429 || status >= 500;
      if (isWeather || setUpStatuses.includes(status))
        throw new OutsideError(`mail: the provider answered ${status}`, true);
      return "refused";
    },
  };
}

/** The provider's words may quote the address: its status and the name of the error say enough. */
async function ask(address: string, init: RequestInit) {
  try {
    const response = await fetch(address, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    return { ok: response.ok, status: response.status, name: nameIn(text) };
  } catch (error) {
    throw new OutsideError(
      `mail: the provider did not answer (${error instanceof Error ? error.name : "unknown"})`,
      true,
    );
  }
}

function nameIn(text: string): string | undefined {
  try {
    return problem.safeParse(JSON.parse(text)).data?.name;
  } catch {
    return undefined;
  }
}
