/** What becomes of a user's account: what they say of themselves, and whether they may sign in. */
import { and, eq, isNotNull, isNull, ne, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Deps } from "../deps.ts";
import { asEnded } from "./sessions/session-store.ts";
import { sessions } from "./sessions/tables.ts";
import { users } from "./tables.ts";

export type Profile = { name?: string | null; phone?: string | null };

/** Changes nothing when the phone is another account's: asked in the statement itself, so of two at once one is refused. */
export function updateProfile({ db }: Deps, userId: string, profile: Profile) {
  const other = alias(users, "other");
  const isTaken = (phone: string) =>
    db
      .select({ one: sql`1` })
      .from(other)
      .where(and(eq(other.phone, phone), ne(other.id, userId)));
  const { phone } = profile;
  return db
    .update(users)
    .set(profile)
    .where(and(eq(users.id, userId), typeof phone === "string" ? notExists(isTaken(phone)) : undefined))
    .returning({ id: users.id });
}

/** Answers with nothing when it was so already. */
export function updateDisabled({ db, clock }: Deps, userId: string, isDisabled: boolean) {
  return db
    .update(users)
    .set({ disabledAtMs: isDisabled ? clock.now() : null })
    .where(and(eq(users.id, userId), isDisabled ? isNull(users.disabledAtMs) : isNotNull(users.disabledAtMs)))
    .returning({ id: users.id });
}

export function endSessionsOf({ db, clock }: Deps, userId: string) {
  return db
    .update(sessions)
    .set(asEnded(clock.now()))
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAtMs)))
    .returning({ id: sessions.id });
}
