import type { Deps } from "../deps.ts";

/**
 * Whether somebody operates the service: their address is listed in ADMIN_EMAILS and they have shown that it is theirs, since
 * anybody may sign up with an address that is listed. On a developer's machine its being listed is enough.
 */
export function isOperator(deps: Deps, user: { email: string; emailProvenAtMs: number | null }): boolean {
  return deps.adminEmails.has(user.email) && (user.emailProvenAtMs !== null || !deps.isProduction);
}
