import type { Context as HonoContext } from "hono";
import type { ProblemCode } from "../contract/errors.ts";
import type { HttpEnv } from "./http-env.ts";

/** What whoever watches over the service looks for: attempts to come in, and to do what one may not. */
const events: Partial<Record<ProblemCode, string>> = {
  invalid_credentials: "sign_in_failed",
  invalid_link: "sign_in_failed",
  unauthenticated: "credential_refused",
  forbidden: "permission_refused",
  sign_in_again: "permission_refused",
  origin_not_allowed: "permission_refused",
};

/** A line of its own, since an alarm is set on it: who tried what, and neither a credential nor an address. */
export function logRefusal(c: HonoContext<HttpEnv>, code: ProblemCode): void {
  const { actor, hasBadCredential, requestId, logFields } = c.var;
  const event = events[code];
  const isNobody = actor?.kind !== "user";
  // Coming without any credential is how everybody comes first; and logging in has said for whom it failed.
  if (event === undefined || (code === "unauthenticated" && !hasBadCredential)) return;
  if (code === "invalid_credentials" && isNobody) return;
  const { operation, permission } = logFields;
  c.env.deps.log.write("warn", event, {
    request_id: requestId,
    code,
    operation,
    permission,
    ...(isNobody ? {} : { user_id: actor.userId, tenant_id: actor.tenantId, via: actor.via.kind }),
  });
}
