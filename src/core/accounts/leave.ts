import { and, eq, inArray, isNull, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Deps } from "../deps.ts";
import { apiKeys } from "./keys/tables.ts";
import { asEnded } from "./sessions/session-store.ts";
import { sessions } from "./sessions/tables.ts";
import { memberships, tenants, users } from "./tables.ts";

const nobodysName = "Shared studio";

/** The tenants that have no other owner than this user, as a JSON array in SQL: asked in the statement that writes it down. */
export function soleTenants(userId: string): SQL {
  return sql`(select json_group_array(mine.tenant_id) from ${memberships} as mine
    where mine.user_id = ${userId} and mine.role = 'owner' and not exists (select 1 from ${memberships} as other
      where other.tenant_id = mine.tenant_id and other.user_id <> ${userId} and other.role = 'owner'))`;
}

/**
 * Shuts a user out for good, and everybody out of the tenants that go with them; `goingIds` is SQL that selects those. From
 * tenants that stay only their membership goes. A repeat changes nothing.
 */
export function leaveStatements({ db, clock }: Deps, userId: string, goingIds: SQL): BatchItem<"sqlite">[] {
  const nowMs = clock.now();
  return [
    db
      .update(users)
      .set({ disabledAtMs: nowMs })
      .where(and(eq(users.id, userId), isNull(users.disabledAtMs))),
    db
      .update(tenants)
      .set({ closedAtMs: nowMs })
      .where(and(inArray(tenants.id, goingIds), isNull(tenants.closedAtMs))),
    db
      .update(sessions)
      .set(asEnded(nowMs))
      .where(and(isNull(sessions.endedAtMs), or(eq(sessions.userId, userId), inArray(sessions.tenantId, goingIds)))),
    db
      .update(apiKeys)
      .set({ revokedAtMs: nowMs })
      .where(and(isNull(apiKeys.revokedAtMs), or(eq(apiKeys.userId, userId), inArray(apiKeys.tenantId, goingIds)))),
    // A tenant is called after whoever it was made with, by their address where they gave no name.
    db
      .update(tenants)
      .set({ name: nobodysName })
      .where(
        and(
          notInArray(tenants.id, goingIds),
          inArray(tenants.id, sql`(select tenant_id from ${memberships} where user_id = ${userId})`),
          sql`exists (select 1 from ${users} as leaver where leaver.id = ${userId}
            and ${tenants.name} in (leaver.email, leaver.name))`,
        ),
      ),
    db.delete(memberships).where(and(eq(memberships.userId, userId), notInArray(memberships.tenantId, goingIds))),
  ];
}
