import type { BatchItem } from "drizzle-orm/batch";
import { type Context, makeId } from "../context.ts";
import { errorWords } from "../error-words.ts";
import { type Letter, worthSendingMs } from "./letters.ts";
import { insertMail, insertMailIfChanged, type NewMail } from "./store.ts";

/** Longer than the queue takes when all is well: what it has not sent by then the cron queues again. */
const firstLookMs = 60_000;

export type WrittenLetter = { mailId: string; statement: BatchItem<"sqlite"> };

/** A letter for the outbox: the statement goes into the batch of what it tells of, and then `postLetter` is called. */
export function writeLetter(context: Context, letter: Letter): WrittenLetter {
  const mail = toMail(context, letter);
  return { mailId: mail.id, statement: insertMail(context.deps, mail) };
}

/** The same, right behind a guarded statement of the batch: written only when that one changed something. */
export function writeLetterIfChanged(context: Context, letter: Letter): WrittenLetter {
  const mail = toMail(context, letter);
  return { mailId: mail.id, statement: insertMailIfChanged(context.deps, mail) };
}

/**
 * A letter that nobody gets, written likewise: it makes the same work as one that is sent, so that time does not tell whether
 * an address has an account.
 */
export function writeBlankIfChanged(context: Context, letter: Letter): WrittenLetter {
  const mail = { ...toMail(context, letter), recipient: null, values: null, nextTryAtMs: null };
  return { mailId: mail.id, statement: insertMailIfChanged(context.deps, mail) };
}

function toMail(context: Context, letter: Letter): NewMail {
  const nowMs = context.deps.clock.now();
  return {
    id: makeId(context, "mail"),
    recipient: letter.to,
    template: letter.template,
    language: letter.language,
    values: { ...letter.values },
    createdAtMs: nowMs,
    expiresAtMs: nowMs + worthSendingMs[letter.template],
    nextTryAtMs: nowMs + firstLookMs,
  };
}

/** Queues a letter that is written. Never throws: the cron queues it again. */
export async function postLetter({ deps }: Context, mailId: string): Promise<void> {
  try {
    await deps.mailQueue.send({ type: "mail", mailId });
  } catch (error) {
    deps.log.write("warn", "mail_queue_send_failed", { mailId, error: errorWords(error) });
  }
}
