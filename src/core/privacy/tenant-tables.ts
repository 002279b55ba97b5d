/**
 * Where the rows of a tenant and of a user lie: what is exported, backed up and deleted goes by these two lists, and a test
 * holds them against the database, so that no table is forgotten. In the order in which they can be deleted; the other way
 * round they can be written.
 */
export type OwnedTable = {
  table: string;
  /** SQL that finds the rows; `?1` is the id of the tenant, or the user. */
  where: string;
  /** SQL that finds rows which are nobody's to export or to restore, and go with the others all the same. */
  alsoDeleted?: string;
  /** Columns that are of no use to whoever owns the row, and of much to whoever finds it: hashes, salts. Not exported. */
  secrets?: readonly string[];
  /** For the service itself alone; its rows are deleted with the others. */
  isInternal?: true;
};

const ofTenant = "tenant_id = ?1";
const ofItsPayments = "payment_id IN (SELECT id FROM payments WHERE tenant_id = ?1)";

/**
 * Stripe's events name no payment of ours, but an object of Stripe's: their text is searched for the customer they are of, since
 * customers' own events, charges and refunds have ids that no table of ours has.
 */
const ofItsCustomer = `provider = 'stripe' AND (
  object_id IN (SELECT id FROM subscriptions WHERE tenant_id = ?1)
  OR object_id IN (SELECT payment_intent_id FROM payments WHERE tenant_id = ?1)
  OR object_id IN (SELECT checkout_session_id FROM payments WHERE tenant_id = ?1)
  OR object_id IN (SELECT invoice_id FROM payments WHERE tenant_id = ?1)
  OR object_id IN (SELECT receipt FROM payments WHERE tenant_id = ?1)
  OR EXISTS (SELECT 1 FROM payments WHERE tenant_id = ?1 AND instr(body, payment_intent_id) > 0)
  OR EXISTS (SELECT 1 FROM stripe_customers WHERE tenant_id = ?1 AND instr(body, customer_id) > 0)
  OR instr(body, ?1) > 0
)`;

export const tenantTables: readonly OwnedTable[] = [
  { table: "phone_status_asks", where: ofItsPayments, secrets: ["secret_hash"] },
  { table: "phone_reversals", where: ofItsPayments, secrets: ["secret_hash"] },
  { table: "payment_claims", where: ofTenant },
  { table: "provider_events", where: ofItsPayments, alsoDeleted: ofItsCustomer, isInternal: true },
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
  {
    table: "idempotency_keys",
    where: "scope IN (SELECT id FROM api_keys WHERE tenant_id = ?1)",
    isInternal: true,
  },
  { table: "api_keys", where: ofTenant, secrets: ["hash"] },
  { table: "invitations", where: ofTenant, secrets: ["token_hash"] },
  { table: "data_exports", where: ofTenant },
  { table: "tenant_backups", where: ofTenant, isInternal: true },
  // Those of all members, with where they were and what they used: each is given their own, by the other list.
  { table: "sessions", where: ofTenant, isInternal: true },
  { table: "memberships", where: ofTenant },
  { table: "tenants", where: "id = ?1" },
];

const ofTheirAddress = "(SELECT email FROM users WHERE id = ?1)";

export const userTables: readonly OwnedTable[] = [
  // Before the API keys: a key's own are found by it.
  {
    table: "idempotency_keys",
    where: "scope = ?1 OR scope IN (SELECT id FROM api_keys WHERE user_id = ?1)",
    isInternal: true,
  },
  { table: "api_keys", where: "user_id = ?1", secrets: ["hash"] },
  { table: "sessions", where: "user_id = ?1", secrets: ["salt", "refreshed_by"] },
  {
    table: "one_time_links",
    where: "user_id = ?1",
    alsoDeleted: `email = ${ofTheirAddress}`,
    secrets: ["token_hash", "browser_hash"],
  },
  { table: "identities", where: "user_id = ?1" },
  { table: "passwords", where: "user_id = ?1", isInternal: true },
  { table: "memberships", where: "user_id = ?1" },
  { table: "users", where: "id = ?1" },
];

/**
 * What lies under a user's address or name in rows that are a tenant's: deleted, before the user, with the account. Letters about the
 * deletion itself stay until they are sent, and lose their address then.
 */
export const addressTables: readonly OwnedTable[] = [
  // In tenants that stay; their files are deleted before.
  { table: "data_exports", where: "user_id = ?1" },
  { table: "invitations", where: `email = ${ofTheirAddress}` },
  { table: "mails", where: `recipient = ${ofTheirAddress} AND template NOT IN ('deletion_begun', 'deletion_done')` },
];
