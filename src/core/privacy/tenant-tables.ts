/**
 * Where the rows of a tenant and of a user lie: what is exported, backed up and deleted goes by these two lists, and a test
 * holds them against the database, so that no table is forgotten. In the order in which they can be deleted; the other way
 * round they can be written.
 */
export type OwnedTable = {
  table: string;
  /** SQL that finds the rows; `?1` is the id of the tenant, or the user. */
  where: string;
  /** Columns that are of no use to whoever owns the row, and of much to whoever finds it: hashes, salts. Not exported. */
  secrets?: readonly string[];
  /** For the service itself alone; its rows are deleted with the others. */
  isInternal?: true;
};

const ofTenant = "tenant_id = ?1";
const ofItsPayments = "payment_id IN (SELECT id FROM payments WHERE tenant_id = ?1)";

export const tenantTables: readonly OwnedTable[] = [
  { table: "phone_reversals", where: ofItsPayments, secrets: ["secret_hash"] },
  { table: "payment_claims", where: ofTenant },
  { table: "provider_events", where: ofItsPayments, isInternal: true },
  { table: "plan_periods", where: ofTenant },
  { table: "plan_purchases", where: ofTenant },
  { table: "subscriptions", where: ofTenant },
  { table: "stripe_customers", where: ofTenant },
  { table: "payments", where: ofTenant, secrets: ["callback_secret_hash", "callback_origin"] },
  { table: "credit_transactions", where: ofTenant },
  { table: "videos", where: ofTenant },
  { table: "images", where: ofTenant },
  { table: "projects", where: ofTenant },
  { table: "assets", where: ofTenant },
  { table: "uploads", where: ofTenant, isInternal: true },
  { table: "artefacts", where: ofTenant, isInternal: true },
  { table: "api_keys", where: ofTenant, secrets: ["hash"] },
  { table: "invitations", where: ofTenant, secrets: ["token_hash"] },
  { table: "data_exports", where: ofTenant },
  { table: "tenant_backups", where: ofTenant, isInternal: true },
  { table: "sessions", where: ofTenant, secrets: ["salt", "refreshed_by"] },
  { table: "memberships", where: ofTenant },
  { table: "tenants", where: "id = ?1" },
];

export const userTables: readonly OwnedTable[] = [
  { table: "idempotency_keys", where: "scope = ?1", isInternal: true },
  { table: "api_keys", where: "user_id = ?1", secrets: ["hash"] },
  { table: "sessions", where: "user_id = ?1", secrets: ["salt", "refreshed_by"] },
  { table: "one_time_links", where: "user_id = ?1", secrets: ["token_hash", "browser_hash"] },
  { table: "identities", where: "user_id = ?1" },
  { table: "passwords", where: "user_id = ?1", isInternal: true },
  { table: "memberships", where: "user_id = ?1" },
  { table: "users", where: "id = ?1" },
];
