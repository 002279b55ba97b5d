import { and, asc, eq } from "drizzle-orm";
import type { OauthProvider } from "../../../contract/oauth.ts";
import type { Deps } from "../../deps.ts";
import type { UserRow } from "../store.ts";
import { users } from "../tables.ts";
import { identities } from "./tables.ts";

export async function findIdentityUser(deps: Deps, provider: OauthProvider, subject: string): Promise<UserRow | null> {
  const [row] = await deps.db
    .select({ user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.provider, provider), eq(identities.subject, subject)))
    .limit(1);
  return row?.user ?? null;
}

export function insertIdentity(deps: Deps, identity: typeof identities.$inferInsert) {
  return deps.db.insert(identities).values(identity);
}

export function touchIdentity(deps: Deps, provider: OauthProvider, subject: string, nowMs: number) {
  return deps.db
    .update(identities)
    .set({ lastUsedAtMs: nowMs })
    .where(and(eq(identities.provider, provider), eq(identities.subject, subject)));
}

export async function findIdentitiesOf(deps: Deps, userId: string) {
  return deps.db
    .select()
    .from(identities)
    .where(eq(identities.userId, userId))
    .orderBy(asc(identities.createdAtMs), asc(identities.provider));
}

export function deleteIdentities(deps: Deps, userId: string, provider: OauthProvider) {
  return deps.db
    .delete(identities)
    .where(and(eq(identities.userId, userId), eq(identities.provider, provider)))
    .returning({ subject: identities.subject });
}
