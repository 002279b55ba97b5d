import { and, eq, isNotNull, lt, lte, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { mails } from "./tables.ts";

export type MailRow = typeof mails.$inferSelect;
export type NewMail = Pick<
  MailRow,
  "id" | "recipient" | "template" | "language" | "values" | "createdAtMs" | "expiresAtMs" | "nextTryAtMs"
>;

export function insertMail(deps: Deps, mail: NewMail) {
  return deps.db.insert(mails).values(mail);
}

/** Right behind another statement of a batch: only if that one changed something. */
export function insertMailIfChanged(deps: Deps, mail: NewMail) {
  const values = mail.values === null ? null : JSON.stringify(mail.values);
  return deps.db
    .insert(mails)
    .select(
      sql`select ${mail.id}, ${mail.recipient}, ${mail.template}, ${mail.language}, ${values}, 0, ${mail.createdAtMs}, ${mail.expiresAtMs}, ${mail.nextTryAtMs}, null where changes() > 0`,
    );
}

export async function findMail(deps: Deps, mailId: string): Promise<MailRow | null> {
  const [row] = await deps.db.select().from(mails).where(eq(mails.id, mailId)).limit(1);
  return row ?? null;
}

/** Takes the next attempt at a mail: of those who have read it at once, one gets it. */
export async function claimAttempt(deps: Deps, mail: MailRow, nextTryAtMs: number): Promise<boolean> {
  const claimed = await deps.db
    .update(mails)
    .set({ attempts: mail.attempts + 1, nextTryAtMs })
    .where(and(eq(mails.id, mail.id), eq(mails.attempts, mail.attempts), isNotNull(mails.nextTryAtMs)))
    .returning({ id: mails.id });
  return claimed.length > 0;
}

/** It is over with a mail: who it was for and what was in it is forgotten. `sentAtMs` is null when it was given up. */
export async function closeMail(deps: Deps, mailId: string, sentAtMs: number | null): Promise<void> {
  await deps.db
    .update(mails)
    .set({ recipient: null, values: null, nextTryAtMs: null, sentAtMs })
    .where(eq(mails.id, mailId));
}

export async function findDueMails(deps: Deps, nowMs: number, limit: number): Promise<string[]> {
  const rows = await deps.db
    .select({ id: mails.id })
    .from(mails)
    .where(lte(mails.nextTryAtMs, nowMs))
    .orderBy(mails.nextTryAtMs)
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function deleteMailsBefore(deps: Deps, createdBeforeMs: number, limit: number): Promise<void> {
  const old = deps.db.select({ id: mails.id }).from(mails).where(lt(mails.createdAtMs, createdBeforeMs)).limit(limit);
  await deps.db.delete(mails).where(sql`${mails.id} in ${old}`);
}
