import { and, desc, eq, gte, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Deps } from "../deps.ts";
import { fail } from "../fail.ts";
import { afterCursor, hasWords, type PageInput } from "../page.ts";
import { planAt } from "../plans/plan-at.ts";
import { findMember, type Member } from "./store.ts";
import { memberships, tenants, users } from "./tables.ts";

export type FoundMember = Member;

/**
 * Users, each in the tenant they joined first, the newest first, one more than a page has; `query`: a part of an email, name,
 * phone or id.
 */
export async function searchMembers(
  deps: Deps,
  input: PageInput & { query?: string | undefined },
): Promise<FoundMember[]> {
  const { query, limit, cursor } = input;
  const before = alias(memberships, "before");
  const hasJoinedBefore = deps.db
    .select({ one: sql`1` })
    .from(before)
    .where(and(eq(before.userId, users.id), sql`${before.createdAtMs} < ${memberships.createdAtMs}`));
  return deps.db
    .select({ user: users, tenant: tenants, role: memberships.role, plan: planAt(tenants.id, deps.clock.now()) })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(
      and(
        afterCursor(users, cursor),
        notExists(hasJoinedBefore),
        query === undefined ? undefined : or(...namesLike(deps, query)),
      ),
    )
    .orderBy(desc(users.createdAtMs), desc(users.id))
    .limit(limit + 1);
}

function namesLike(deps: Deps, query: string) {
  const phone = deps.phoneNumbers.normalise(query);
  const columns = [users.email, users.name, users.phone, users.id, tenants.id, tenants.name];
  return [...columns.map((column) => hasWords(column, query)), ...(phone === null ? [] : [eq(users.phone, phone)])];
}

/** A user in the tenant they joined first. Refuses `not_found`. */
export async function requireMember(deps: Deps, userId: string): Promise<FoundMember> {
  return (await findMember(deps, userId)) ?? fail("not_found", "There is no user of this name.");
}

/** Ids of the users whose email has these words in it, at most `limit`. */
export async function findUserIdsByEmail(deps: Deps, words: string, limit: number): Promise<string[]> {
  const rows = await deps.db.select({ id: users.id }).from(users).where(hasWords(users.email, words)).limit(limit);
  return rows.map(({ id }) => id);
}

/** How many users there are, and how many have come on each UTC day since. */
export async function countUsers(deps: Deps, sinceMs: number): Promise<{ total: number; byDay: Map<string, number> }> {
  const day = sql<string>`date(${users.createdAtMs} / 1000, 'unixepoch')`;
  const [[all], days] = await deps.db.batch([
    deps.db.select({ total: sql<number>`count(*)` }).from(users),
    deps.db
      .select({ day, count: sql<number>`count(*)` })
      .from(users)
      .where(gte(users.createdAtMs, sinceMs))
      .groupBy(day),
  ]);
  return { total: all?.total ?? 0, byDay: new Map(days.map((row) => [row.day, row.count])) };
}
