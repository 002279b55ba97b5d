import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { memberRoles, tenants } from "../tables.ts";

/** Somebody was asked by mail to join a tenant. */
export const invitations = sqliteTable(
  "invitations",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    /** Normalised. */
    email: text().notNull(),
    role: text({ enum: memberRoles }).notNull(),
    /** SHA-256, hexadecimal, of 256 random bits. */
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: text("invited_by").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    expiresAtMs: integer("expires_at_ms").notNull(),
    acceptedAtMs: integer("accepted_at_ms"),
    revokedAtMs: integer("revoked_at_ms"),
  },
  (table) => [index("invitations_by_tenant").on(table.tenantId), index("invitations_by_email").on(table.email)],
);
