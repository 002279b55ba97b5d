import { and, desc, eq, gt, isNull, lte, or, type Placeholder, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Deps } from "../../deps.ts";
import { afterCursor, type PageInput } from "../../page.ts";
import { planAt } from "../../plans/plan-at.ts";
import { perDatabase, placeholders } from "../../prepared.ts";
import { isStillOpen } from "../sessions/session-store.ts";
import { memberships, tenants, users } from "../tables.ts";
import { apiKeys } from "./tables.ts";

export type KeyRow = typeof apiKeys.$inferSelect;

/** Those that open something: also the ones in their grace. */
const isUsable = (nowMs: number | Placeholder) =>
  and(isNull(apiKeys.revokedAtMs), or(isNull(apiKeys.expiresAtMs), gt(apiKeys.expiresAtMs, nowMs)));
/** Those that no other has replaced. */
const isCurrent = and(isNull(apiKeys.revokedAtMs), isNull(apiKeys.expiresAtMs));
const own = (tenantId: string, keyId: string) => and(eq(apiKeys.id, keyId), eq(apiKeys.tenantId, tenantId));

/** Every request with a key asks it. */
const usableKey = perDatabase((db) => {
  const { hash, nowMs } = placeholders("hash", "nowMs");
  return (
    db
      .select({
        id: apiKeys.id,
        userId: apiKeys.userId,
        tenantId: apiKeys.tenantId,
        kind: apiKeys.kind,
        origins: apiKeys.origins,
        lastUsedAtMs: apiKeys.lastUsedAtMs,
        role: memberships.role,
        email: users.email,
        emailProvenAtMs: users.emailProvenAtMs,
        plan: planAt(apiKeys.tenantId, nowMs),
      })
      .from(apiKeys)
      .innerJoin(memberships, and(eq(memberships.userId, apiKeys.userId), eq(memberships.tenantId, apiKeys.tenantId)))
      .innerJoin(users, and(eq(users.id, apiKeys.userId), isNull(users.disabledAtMs)))
      .innerJoin(tenants, and(eq(tenants.id, apiKeys.tenantId), isNull(tenants.closedAtMs)))
      // One row, as a hash is of one key; without a limit, as the session's.
      .where(and(eq(apiKeys.hash, hash), isUsable(nowMs)))
      .prepare()
  );
});

/** The usable key of this hash, for whom it acts and the plan they have at this moment, in one read. */
export async function findKeyByHash(deps: Deps, hash: string, nowMs: number) {
  const [row] = await usableKey(deps.db).all({ hash, nowMs });
  return row ?? null;
}

export async function markKeyUsed(deps: Deps, keyId: string, nowMs: number, beforeMs: number): Promise<void> {
  await deps.db
    .update(apiKeys)
    .set({ lastUsedAtMs: nowMs })
    .where(and(eq(apiKeys.id, keyId), or(isNull(apiKeys.lastUsedAtMs), lte(apiKeys.lastUsedAtMs, beforeMs))));
}

export async function listTenantKeys(deps: Deps, tenantId: string, query: PageInput & { nowMs: number }) {
  return deps.db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, tenantId), isUsable(query.nowMs), afterCursor(apiKeys, query.cursor)))
    .orderBy(desc(apiKeys.createdAtMs), desc(apiKeys.id))
    .limit(query.limit + 1);
}

export async function findUsableKey(
  deps: Deps,
  tenantId: string,
  keyId: string,
  nowMs: number,
): Promise<KeyRow | null> {
  const [row] = await deps.db
    .select()
    .from(apiKeys)
    .where(and(own(tenantId, keyId), isUsable(nowMs)))
    .limit(1);
  return row ?? null;
}

/** Which keys a new one replaces. */
export type Replaced = { keyId: string } | "default";

const theReplaced = (tenantId: string, replaced: Replaced): SQL | undefined =>
  and(
    replaced === "default"
      ? and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.isDefault, true))
      : own(tenantId, replaced.keyId),
    isCurrent,
  );

/**
 * Writes a key unless the tenant has `most` usable ones, or the session it is made by has ended, or `replacing` names one that is not there to be replaced: all of it
 * is decided within the statement, so that no two requests can pass by each other. Those that it replaces without a grace
 * are not counted.
 */
export function insertKeyWithin(
  deps: Deps,
  row: KeyRow,
  limit: { most: number; bySession: string; replacing: Replaced | null; graceMs: number },
): BatchItem<"sqlite"> {
  const { replacing, graceMs } = limit;
  const goes = replacing !== null && graceMs === 0 ? theReplaced(row.tenantId, replacing) : undefined;
  const counted = and(
    eq(apiKeys.tenantId, row.tenantId),
    isUsable(row.createdAtMs),
    goes === undefined ? undefined : sql`not (${goes})`,
  );
  const isThere =
    replacing === null || replacing === "default"
      ? sql`true`
      : sql`exists (select 1 from ${apiKeys} where ${theReplaced(row.tenantId, replacing)})`;
  const origins = row.origins === null ? null : JSON.stringify(row.origins);
  return deps.db
    .insert(apiKeys)
    .select(
      sql`select ${row.id}, ${row.tenantId}, ${row.userId}, ${row.name}, ${row.kind}, ${row.hash}, ${row.prefix}, ${row.lastFour}, ${origins}, ${row.isDefault ? 1 : 0}, ${row.createdAtMs}, ${row.lastUsedAtMs}, ${row.expiresAtMs}, ${row.revokedAtMs} where ${isThere} and ${isStillOpen(limit.bySession)} and (select count(*) from ${apiKeys} where ${counted}) < ${limit.most}`,
    );
}

/** Ends what `newKeyId` replaces, after the grace; nothing when that one was not written. */
export function endReplaced(
  deps: Deps,
  replaced: Replaced,
  by: { id: string; tenantId: string; endsAtMs: number },
): BatchItem<"sqlite"> {
  return deps.db
    .update(apiKeys)
    .set({ expiresAtMs: by.endsAtMs, isDefault: false })
    .where(
      and(
        theReplaced(by.tenantId, replaced),
        sql`${apiKeys.id} <> ${by.id}`,
        sql`exists (select 1 from ${apiKeys} as made where made.id = ${by.id})`,
      ),
    );
}

export function revokeKeyRow(deps: Deps, tenantId: string, keyId: string, nowMs: number) {
  return deps.db
    .update(apiKeys)
    .set({ revokedAtMs: nowMs })
    .where(and(own(tenantId, keyId), isUsable(nowMs)));
}

export async function hasKey(deps: Deps, keyId: string): Promise<boolean> {
  const [row] = await deps.db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, keyId)).limit(1);
  return row !== undefined;
}
