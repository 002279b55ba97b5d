import { and, eq, isNull, ne } from "drizzle-orm";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import { sessionIdOf, type UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { asEnded } from "../sessions/session-store.ts";
import { sessions } from "../sessions/tables.ts";
import { deleteIdentities } from "./identity-store.ts";
import { providerNames, requireProviderName } from "./require-provider.ts";

/**
 * Ends a provider's word for the caller, and the other sessions that were opened by it (ASVS 10.7.3): who does this may
 * have lost their account there. Nobody is locked out: whoever was linked has an address that is proven, and a link to it
 * always lets them in. Refuses `not_found`.
 */
export async function unlinkIdentity(context: UserContext, name: string): Promise<void> {
  const { deps, actor } = context;
  const provider = requireProviderName(name);
  const { userId, tenantId } = actor;
  const [deleted] = await deps.db.batch([
    deleteIdentities(deps, userId, provider),
    auditRowIfChanged(context, { action: "account.unlink", target: userId, tenantId, details: { provider } }),
    deps.db
      .update(sessions)
      .set(asEnded(deps.clock.now()))
      .where(
        and(
          eq(sessions.userId, userId),
          eq(sessions.method, provider),
          ne(sessions.id, sessionIdOf(actor)),
          isNull(sessions.endedAtMs),
        ),
      ),
  ]);
  if (deleted.length === 0)
    fail("not_found", `${providerNames[provider]} is not linked to your account. Nothing was changed.`);
}
