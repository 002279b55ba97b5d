import type { Context as HonoContext } from "hono";
import { resolveSession } from "../core/accounts/sessions/resolve-session.ts";
import { countedAddress, isThisMachine } from "./counted-address.ts";
import type { HttpEnv } from "./http-env.ts";
import { rateRules, type TightClass, type Verdict } from "./rate-limits.ts";

/**
 * Finds out who asks, and counts them. Both at once: the token names user and session before either is looked up, so that
 * counting does not lengthen the way. Whose session has ended is counted as what they are, somebody without credentials; the
 * user's own count is given back, or a stolen token could use up its owner's requests long after it was ended.
 */
export async function identify(c: HonoContext<HttpEnv>, isCounted: boolean): Promise<Verdict[]> {
  const { claims } = c.var;
  if (claims === null) return isCounted ? [await countByAddress(c)] : [];
  const [actor, verdict] = await Promise.all([
    resolveSession(c.env.deps, claims),
    // The shield counts tokens, not users: what floods it with an ended one shuts out nobody else.
    isCounted ? c.env.rateLimits.take("user", claims.userId, claims.sessionId) : null,
  ]);
  if (actor !== null) {
    c.set("actor", actor);
    return verdict === null ? [] : [verdict];
  }
  c.set("hasBadCredential", true);
  if (verdict === null) return [];
  await verdict.giveBack();
  return [await countByAddress(c)];
}

/** Called after the other, so that what that one refuses uses up nothing here: some of these last an hour. */
export async function countTightly(c: HonoContext<HttpEnv>, rateClass: TightClass): Promise<Verdict[]> {
  const { actor, address } = c.var;
  const { rateLimits } = c.env;
  if (rateRules[rateClass].per === "user" && actor.kind === "user")
    return [await rateLimits.take(rateClass, actor.userId)];
  // By address they keep strangers out, and all that runs on a developer's machine shares one.
  return isThisMachine(address) ? [] : [await rateLimits.take(rateClass, countedAddress(address))];
}

function countByAddress(c: HonoContext<HttpEnv>): Promise<Verdict> {
  return c.env.rateLimits.take("address", countedAddress(c.var.address));
}
