import { type Log, OutsideError } from "../../core/deps.ts";
import type { Mailer } from "../../core/mail/mailer.ts";

/** On a developer's machine: what would be mailed is one line on the console. */
export function createConsoleMailer(log: Log): Mailer {
  return {
    async send({ id, subject, text }) {
      const [link] = /https?:\/\/\S+/.exec(text) ?? [];
      log.write("info", "mail", { mailId: id, subject, ...(link === undefined ? {} : { link }) });
      return "sent";
    },
  };
}

/** In production without a provider: the link stays where it is, and the letter is tried until it is of no use any more. */
export const missingMailer: Mailer = {
  async send() {
    throw new OutsideError("mail is not set up: MAIL_API_KEY and MAIL_FROM, or the binding EMAIL and MAIL_FROM", true);
  },
};
