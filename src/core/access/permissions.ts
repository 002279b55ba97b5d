/**
 * Who may do what, in one table: every operation names one of these permissions, and `denialOf` is the only reader.
 * Within a tenant: `owner` and `creator` (product.md, Accounts). `admin` operates the service (`ADMIN_EMAILS`), beside being a
 * user of it. A secret key acts for whoever made it, in its tenant, but never upon the account itself: keys, members,
 * sessions, deletion; so that a leaked key can be revoked and the account is still its owner's. An embed key lies open in web
 * pages: it makes videos and follows them by their ids, and cannot list what else there is.
 */
import type { UserActor } from "../context.ts";

export type Role = "owner" | "creator" | "admin";
export type CredentialKind = "session" | "secret_key" | "embed_key";

type Grant = {
  to: readonly Role[];
  by: readonly CredentialKind[];
  /** Only for a while after signing in (ASVS 7.5.1): what a stolen session must not reach. */
  isSensitive?: true;
};

const members = ["owner", "creator"] as const;
const owners = ["owner"] as const;
const admins = ["admin"] as const;
const inPerson = ["session"] as const;
const byKeyToo = ["session", "secret_key"] as const;
const byAny = ["session", "secret_key", "embed_key"] as const;

export const permissions = {
  "profile.read": { to: members, by: byKeyToo },
  "profile.change": { to: members, by: inPerson },
  "sessions.manage": { to: members, by: inPerson },
  "password.change": { to: members, by: inPerson },

  "videos.create": { to: members, by: byAny },
  "videos.read": { to: members, by: byAny },
  "videos.list": { to: members, by: byKeyToo },
  "videos.change": { to: members, by: byKeyToo },
  "images.use": { to: members, by: byKeyToo },
  "assets.use": { to: members, by: byKeyToo },
  "projects.use": { to: members, by: byKeyToo },

  "credits.read": { to: members, by: byKeyToo },
  "usage.read": { to: members, by: byKeyToo },
  "payments.read": { to: members, by: byKeyToo },
  "payments.create": { to: members, by: byKeyToo },
  "billing.read": { to: members, by: byKeyToo },
  "billing.manage": { to: owners, by: inPerson },

  "keys.read": { to: owners, by: inPerson },
  "keys.manage": { to: owners, by: inPerson, isSensitive: true },
  "members.read": { to: members, by: byKeyToo },
  "members.manage": { to: owners, by: inPerson, isSensitive: true },
  "members.join": { to: members, by: inPerson },
  "invitations.read": { to: owners, by: inPerson },
  "tenant.change": { to: owners, by: inPerson },
  "audit.read": { to: owners, by: byKeyToo },
  "privacy.export": { to: owners, by: inPerson },
  "privacy.delete": { to: members, by: inPerson, isSensitive: true },
  "backups.read": { to: members, by: byKeyToo },

  "service.operate": { to: admins, by: inPerson },
  // Numbers of the whole and nobody's own: a monitor reads them every half minute, by an operator's key.
  "service.measure": { to: admins, by: byKeyToo },
} as const satisfies Record<string, Grant>;

export type Permission = keyof typeof permissions;

/** How long a sign-in counts as fresh: GitHub's sudo mode has the same two hours. */
export const freshMs = 2 * 3_600_000;

export function isSensitive(permission: Permission): boolean {
  const grant: Grant = permissions[permission];
  return grant.isSensitive === true;
}

export type Denial = "role" | "credential" | "not_fresh";

/** null: they may. */
export function denialOf(permission: Permission, actor: UserActor, nowMs: number): Denial | null {
  const grant: Grant = permissions[permission];
  if (!grant.by.includes(actor.via.kind)) return "credential";
  if (!grant.to.includes(actor.role) && !(actor.isAdmin && grant.to.includes("admin"))) return "role";
  if (grant.isSensitive !== true || actor.via.kind !== "session") return null;
  return nowMs - actor.via.authenticatedAtMs > freshMs ? "not_fresh" : null;
}
