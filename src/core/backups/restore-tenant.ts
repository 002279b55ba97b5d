import { sql } from "drizzle-orm";
import type { RestoredAnswer } from "../../contract/backups.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import type { Deps } from "../deps.ts";
import { fail } from "../fail.ts";
import { accessTables, auditTables, backedTables } from "./backed-tables.ts";
import { type OpenBackup, openBackupFile, type Row, streamOf, tenantFileKey } from "./backup-file.ts";
import { type DeletedAccounts, findDeleted, learnDeletions } from "./deleted-accounts.ts";
import { isNightName } from "./nights.ts";
import { RowRestorer, restoreParts } from "./restore-rows.ts";
import { rememberBackup } from "./store.ts";

/**
 * Brings back what is missing of a tenant, and overwrites nothing: what a repeat finds there stays. The file is read three
 * times, since the ledger, which is its last part, has to be there before anybody can sign in and spend. Refuses `not_found`.
 */
export async function restoreTenant(context: UserContext, night: string, tenantId: string): Promise<RestoredAnswer> {
  const { deps } = context;
  const answer = { night, tenant_id: tenantId, rows: {}, ledger: null, taken: [] };
  const access = await readAccess(await openTenant(deps, night, tenantId));
  await learnDeletions(deps);
  const deleted = await findDeleted(deps);
  if (deleted.tenantIds.has(tenantId)) return { ...answer, outcome: "deleted" };
  const living = withoutDeleted(access, deleted);
  const taken = await findTaken(
    deps,
    living.filter(({ table }) => table === "users").flatMap(({ rows }) => rows),
  );
  if (taken.length > 0) return { ...answer, outcome: "address_taken", taken };

  const ledger = await loadLedger(deps, night, tenantId);
  const restorer = new RowRestorer(deps);
  const isThere = (await deps.db.all(sql`select 1 from tenants where id = ${tenantId}`)).length > 0;
  if (isThere) restorer.keep(living);
  else await restorer.write(living);
  const { header, size, parts } = await openTenant(deps, night, tenantId);
  await restoreParts(deps, restorer, parts, otherTables);
  const completedAtMs = Date.parse(header.made_at);
  await rememberBackup(deps, { night, tenantId, completedAtMs, bytes: size, sha256: null });
  await deps.ledger(tenantId).drainOutbox();
  await deps.db.batch([
    auditRow(context, { action: "backup.restore", target: tenantId, tenantId, details: { night, ledger } }),
  ]);
  return { ...answer, outcome: "restored", rows: restorer.rows, ledger };
}

const otherTables = [...backedTables, ...auditTables].filter(({ table }) => !accessTables.includes(table));

async function openTenant(deps: Deps, night: string, tenantId: string): Promise<OpenBackup> {
  const key = tenantFileKey(night, tenantId);
  const file = isNightName(night) ? await openBackupFile(deps, key, { night, tenantId }) : null;
  return file ?? fail("not_found", "This night has no backup of this tenant. Nothing was changed.");
}

type Part = { table: string; rows: Row[] };

/** They are the first of the file. */
async function readAccess({ parts }: OpenBackup): Promise<Part[]> {
  const access: Part[] = [];
  for await (const part of parts) {
    if (!("table" in part) || !accessTables.includes(part.table)) break;
    access.push(part);
  }
  return access;
}

/** A user who was deleted while the tenant went on; what refers to them finds nobody, and is left out. */
function withoutDeleted(parts: readonly Part[], { userIds }: DeletedAccounts): Part[] {
  return parts.map(({ table, rows }) => ({
    table,
    rows: table === "users" ? rows.filter(({ id }) => !userIds.has(String(id))) : rows,
  }));
}

/** Addresses that are another user's now: of two accounts with one address nobody could say whose the sign-in is. */
async function findTaken(deps: Deps, users: readonly Row[]): Promise<RestoredAnswer["taken"]> {
  const given = JSON.stringify(users);
  return await deps.db.all<RestoredAnswer["taken"][number]>(sql`
    select 'email' as field, users.email as value, users.id as user_id from users, json_each(${given}) as given
      where users.email = given.value ->> '$.email' and users.id <> given.value ->> '$.id'
    union all
    select 'phone', users.phone, users.id from users, json_each(${given}) as given
      where users.phone = given.value ->> '$.phone' and users.id <> given.value ->> '$.id'`);
}

/** Refuses `validation_failed` for a copy whose own books do not add up. */
async function loadLedger(deps: Deps, night: string, tenantId: string): Promise<"loaded" | "kept"> {
  const { parts } = await openTenant(deps, night, tenantId);
  const result = await deps.ledger(tenantId).load(streamOf(ledgerLines(parts)));
  if (result.ok) return result.outcome;
  const [detail = "its books do not add up"] = result.differences;
  return fail(
    "validation_failed",
    `The ledger in this backup is not sound. ${detail} Nothing was restored; take another night.`,
    {
      errors: result.differences.map((difference) => ({ pointer: "/night", detail: difference, code: "invalid" })),
    },
  );
}

async function* ledgerLines(parts: OpenBackup["parts"]): AsyncGenerator<string> {
  for await (const part of parts) if ("ledger" in part) yield `${JSON.stringify(part.ledger)}\n`;
}
