import { and, desc, eq, gt, inArray, isNull, lt, ne, notExists, type SQL, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { planAt } from "../../plans/plan-at.ts";
import { perDatabase, placeholders } from "../../prepared.ts";
import type { UserRow } from "../store.ts";
import { type MemberRole, memberships, passwords, tenants, users } from "../tables.ts";
import { idleMs } from "./new-session.ts";
import { sessions } from "./tables.ts";

export type SessionRow = typeof sessions.$inferSelect;

/** Every request of a session asks it. */
const liveSession = perDatabase((db) => {
  const { sessionId, nowMs } = placeholders("sessionId", "nowMs");
  return (
    db
      .select({
        userId: sessions.userId,
        tenantId: sessions.tenantId,
        authenticatedAtMs: sessions.authenticatedAtMs,
        role: memberships.role,
        email: users.email,
        emailProvenAtMs: users.emailProvenAtMs,
        plan: planAt(sessions.tenantId, nowMs),
      })
      .from(sessions)
      .innerJoin(memberships, and(eq(memberships.userId, sessions.userId), eq(memberships.tenantId, sessions.tenantId)))
      .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAtMs)))
      .innerJoin(tenants, and(eq(tenants.id, sessions.tenantId), isNull(tenants.closedAtMs)))
      // One row, as its id is: a limit would be a bound value that SQLite plans by, and so plans anew for each request.
      .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAtMs), gt(sessions.expiresAtMs, nowMs)))
      .prepare()
  );
});

/** The live session, who is behind it and the plan they have at this moment, in one read. */
export async function findSession(deps: Deps, sessionId: string, nowMs: number) {
  const [row] = await liveSession(deps.db).all({ sessionId, nowMs });
  return row ?? null;
}

export type Refreshable = SessionRow & { user: UserRow; role: MemberRole };

/** A session that may be refreshed, with who is behind it. */
export async function findRefreshable(deps: Deps, sessionId: string, nowMs: number): Promise<Refreshable | null> {
  const [row] = await deps.db
    .select({ session: sessions, user: users, role: memberships.role })
    .from(sessions)
    .innerJoin(memberships, and(eq(memberships.userId, sessions.userId), eq(memberships.tenantId, sessions.tenantId)))
    .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAtMs)))
    .innerJoin(tenants, and(eq(tenants.id, sessions.tenantId), isNull(tenants.closedAtMs)))
    .where(and(eq(sessions.id, sessionId), isLive(nowMs)))
    .limit(1);
  return row === undefined ? null : { ...row.session, user: row.user, role: row.role };
}

/** Neither ended, nor expired, nor left alone for too long. */
function isLive(nowMs: number) {
  return and(isNull(sessions.endedAtMs), gt(sessions.expiresAtMs, nowMs), gt(sessions.refreshedAtMs, nowMs - idleMs));
}

/** Makes the next refresh token the good one; answers with no row when another call has done so, or ended the session. */
export function moveGeneration(
  deps: Deps,
  { id, generation, ...refreshed }: Pick<SessionRow, "id" | "generation" | "refreshedAtMs" | "refreshedBy">,
) {
  return deps.db
    .update(sessions)
    .set({ generation: generation + 1, ...refreshed })
    .where(and(eq(sessions.id, id), eq(sessions.generation, generation), isNull(sessions.endedAtMs)))
    .returning({ id: sessions.id });
}

/** The ones used last come first. */
export function listLiveSessions(deps: Deps, userId: string, nowMs: number, limit: number): Promise<SessionRow[]> {
  return deps.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive(nowMs)))
    .orderBy(desc(sessions.refreshedAtMs), desc(sessions.id))
    .limit(limit);
}

/** A live one of this user's; answers with no row when there is none of this name. */
export function endSessionOf(deps: Deps, own: { userId: string; sessionId: string }, nowMs: number) {
  return deps.db
    .update(sessions)
    .set(asEnded(nowMs))
    .where(and(eq(sessions.id, own.sessionId), eq(sessions.userId, own.userId), isLive(nowMs)))
    .returning({ id: sessions.id });
}

export function endOtherSessionsOf(deps: Deps, own: { userId: string; sessionId: string }, nowMs: number) {
  return deps.db
    .update(sessions)
    .set(asEnded(nowMs))
    .where(and(eq(sessions.userId, own.userId), ne(sessions.id, own.sessionId), isNull(sessions.endedAtMs)));
}

export function markAuthenticated(deps: Deps, sessionId: string, nowMs: number) {
  return deps.db
    .update(sessions)
    .set({ authenticatedAtMs: nowMs })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAtMs)))
    .returning({ id: sessions.id });
}

/** Deletes up to `limit` sessions that were over by then. */
export function deleteSessionsOverBy(deps: Deps, beforeMs: number, limit: number) {
  const over = deps.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(lt(sessions.expiresAtMs, beforeMs))
    .limit(limit);
  return deps.db.delete(sessions).where(inArray(sessions.id, over));
}

export function insertSession(deps: Deps, session: typeof sessions.$inferInsert) {
  return deps.db.insert(sessions).values(session);
}

export function endSession(deps: Deps, sessionId: string, nowMs: number) {
  return deps.db
    .update(sessions)
    .set(asEnded(nowMs))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAtMs)));
}

/**
 * Whether the session that somebody acts by goes on, asked in the very statement that gives them something to keep: what a
 * stranger has begun must not be written behind the owner's first proof, which ends all they had.
 */
export function isStillOpen(sessionId: string): SQL {
  return sql`exists (select 1 from ${sessions} as acting where acting.id = ${sessionId} and acting.ended_at_ms is null)`;
}

/** Ends what was opened by a password that is no longer theirs: it was changed while it was being hashed. */
export function endUnlessPassword(
  deps: Deps,
  session: { id: string; userId: string; createdAtMs: number },
  { setAtMs }: { setAtMs: number },
) {
  const isTheirs = and(eq(passwords.userId, session.userId), eq(passwords.setAtMs, setAtMs));
  return deps.db
    .update(sessions)
    .set(asEnded(session.createdAtMs))
    .where(and(eq(sessions.id, session.id), notExists(deps.db.select().from(passwords).where(isTheirs))));
}

/** What is ended does not expire later: so the sweep finds both by one index. */
export function asEnded(nowMs: number) {
  return { endedAtMs: nowMs, expiresAtMs: sql`min(${sessions.expiresAtMs}, ${nowMs})` };
}
