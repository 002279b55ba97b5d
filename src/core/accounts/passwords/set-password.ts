import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import { writeLetter } from "../../mail/write-letter.ts";
import { oneTimeLinks } from "../links/tables.ts";
import { asEnded, isStillOpen } from "../sessions/session-store.ts";
import { sessions } from "../sessions/tables.ts";
import type { UserRow } from "../store.ts";
import { upsertPassword } from "./password-store.ts";

type Written = {
  /**
   * To be written in one batch, and behind whatever burns a link: links that are still open are deleted. The first answers
   * with a row when anything was changed.
   */
  statements: [ReturnType<typeof upsertPassword>, ...BatchItem<"sqlite">[]];
  /** The letter that tells of it, to be posted afterwards. */
  mailId: string;
};

/**
 * A new password: whoever signed in with the old one, or holds a link, is out (ASVS 7.4.3). With `keepSessionId` it is set
 * from within that session, which goes on; when it has ended by the time of writing, nothing changes: a thief who began to
 * change the password must not overtake the owner who has just reset it.
 */
export function setPassword(
  context: Context,
  user: UserRow,
  hash: string,
  { keepSessionId }: { keepSessionId: string | null },
): Written {
  const { db, clock } = context.deps;
  const nowMs = clock.now();
  const stillMine = keepSessionId === null ? sql`true` : isStillOpen(keepSessionId);
  const letter = writeLetter(context, { to: user.email, language: "en", template: "password_changed", values: {} });
  const { actor } = context;
  return {
    statements: [
      upsertPassword(context.deps, { userId: user.id, hash, setAtMs: nowMs }, stillMine),
      auditRowIfChanged(context, {
        action: "password.set",
        target: user.id,
        tenantId: actor.kind === "user" ? actor.tenantId : null,
      }),
      db
        .update(sessions)
        .set(asEnded(nowMs))
        .where(
          and(
            eq(sessions.userId, user.id),
            isNull(sessions.endedAtMs),
            keepSessionId === null ? undefined : ne(sessions.id, keepSessionId),
            stillMine,
          ),
        ),
      db.delete(oneTimeLinks).where(and(eq(oneTimeLinks.userId, user.id), isNull(oneTimeLinks.usedAtMs), stillMine)),
      letter.statement,
    ],
    mailId: letter.mailId,
  };
}
