import { tenantTables, userTables } from "../privacy/tenant-tables.ts";

/** `of`: whether `?1` is the tenant, or each of the users whose first tenant it is. */
export type BackedTable = { table: string; where: string; of: "tenant" | "user" };

/**
 * Who somebody is and what they may do. Written together, and only where their tenant is gone: onto one that lives they would
 * let in again whom it has put out. Parents before what refers to them.
 */
export const accessTables = ["users", "tenants", "passwords", "identities", "memberships", "api_keys", "invitations"];

/** What lives for hours, and would do harm if it came back: an ended session is not to begin again. */
const left = ["sessions", "one_time_links", "idempotency_keys", "uploads"];
/** Written anew: by whoever restores, and by the ledger, which is the truth of it. */
const rebuilt = ["tenant_backups", "credit_transactions"];

/** In the order in which rows can be written: the other way round than they are deleted. */
export const backedTables: readonly BackedTable[] = inWritingOrder([
  ...tenantTables.map(({ table, where }) => ({ table, where, of: "tenant" as const })),
  ...userTables.map(({ table, where }) => ({ table, where, of: "user" as const })),
]);

function inWritingOrder(tables: BackedTable[]): BackedTable[] {
  const kept = tables.filter(({ table }) => !left.includes(table) && !rebuilt.includes(table));
  const access = accessTables.flatMap((name) => kept.filter(({ table }) => table === name));
  return [...access, ...kept.filter((one) => !access.includes(one)).reverse()];
}

/** The seals first: what they cover is there by then, so that none covers a row that is not in the backup. */
export const auditTables: readonly BackedTable[] = [
  { table: "audit_seals", where: "chain = ?1", of: "tenant" },
  { table: "audit_log", where: "tenant_id = ?1", of: "tenant" },
];

/** What belongs to no tenant: whom a restore must not bring back, money that nobody has explained, measures. */
export const serviceTables: readonly Pick<BackedTable, "table" | "where">[] = [
  { table: "deletions", where: "true" },
  { table: "stray_receipts", where: "true" },
  { table: "render_paces", where: "true" },
  { table: "audit_seals", where: "chain = '-'" },
  { table: "audit_log", where: "tenant_id is null" },
];
