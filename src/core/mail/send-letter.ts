import { z } from "zod";
import type { Context } from "../context.ts";
import { invariant } from "../fail.ts";
import { type Letter, mailLanguages, templates } from "./letters.ts";
import { renderLetter } from "./render-letter.ts";
import { claimAttempt, closeMail, findMail, type MailRow } from "./store.ts";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
/**
 * How long after each attempt the next may be made. A provider is waited for 10 s, so that two attempts never overlap. The queue makes
 * the second and the third; after that the cron asks.
 */
const ladderMs = [15 * secondMs, 15 * secondMs, minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs];

/**
 * Sends a letter of the outbox, if it is to be sent and nobody is at it. Throws OutsideError when it could not be sent this
 * time. What is over, sent or given up, is forgotten but for its id and its times.
 */
export async function sendLetter(context: Context, mailId: string): Promise<void> {
  const { deps } = context;
  const mail = await findMail(deps, mailId);
  if (mail === null || mail.nextTryAtMs === null) return;
  const nowMs = deps.clock.now();
  if (mail.attempts > 0 && mail.nextTryAtMs > nowMs) return;
  const waitMs = ladderMs[mail.attempts] ?? ladderMs.at(-1) ?? minuteMs;
  const isOurs = await claimAttempt(deps, mail, Math.min(nowMs + waitMs, Math.max(mail.expiresAtMs, nowMs)));
  if (!isOurs) return;
  if (mail.expiresAtMs <= nowMs) return giveUp(context, mail, "expired");

  const letter = toLetter(mail);
  const answer = await deps.mailer.send({ id: mail.id, to: letter.to, ...renderLetter(letter) });
  if (answer === "refused") return giveUp(context, mail, "refused");
  await closeMail(deps, mail.id, deps.clock.now());
}

async function giveUp({ deps }: Context, mail: MailRow, reason: string): Promise<void> {
  await closeMail(deps, mail.id, null);
  const { id: mailId, template, attempts } = mail;
  deps.log.write("error", "mail_given_up", { mailId, template, attempts, reason });
}

const template = z.enum(templates);
const language = z.enum(mailLanguages);

function toLetter(mail: MailRow): Letter {
  invariant(mail.recipient !== null && mail.values !== null, "a mail that is to be sent has an address and its values");
  return {
    to: mail.recipient,
    language: language.parse(mail.language),
    template: template.parse(mail.template),
    values: mail.values,
  } as Letter;
}
