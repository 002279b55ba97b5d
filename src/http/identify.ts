import type { Context as HonoContext } from "hono";
import { noteKeyUse, resolveKey } from "../core/accounts/keys/resolve-key.ts";
import { resolveSession } from "../core/accounts/sessions/resolve-session.ts";
import type { SessionClaims } from "../core/deps.ts";
import { countedAddress, isThisMachine } from "./counted-address.ts";
import type { Credential, HttpEnv } from "./http-env.ts";
import { rateRules, type TightClass, type Verdict } from "./rate-limits.ts";

/**
 * Finds out who asks, and counts them. Both at once: the credential says whose count it is before it is looked up, so that
 * counting does not lengthen the way. Whose session or key has ended is counted as what they are, somebody without
 * credentials; the count of the user or key is given back, or a stolen token could use up its owner's requests long after
 * it was ended, and a foreign page those of an embed key's own.
 */
export async function identify(c: HonoContext<HttpEnv>, isCounted: boolean): Promise<Verdict[]> {
  const credential = c.get("credential");
  if (credential === null) return isCounted ? [await countByAddress(c)] : [];
  const [isKnown, verdict] = await Promise.all([
    credential.kind === "session" ? knowSession(c, credential.claims) : knowKey(c, credential.hash),
    isCounted ? countByCredential(c, credential) : null,
  ]);
  if (isKnown) return verdict === null ? [] : [verdict];
  if (verdict === null) return [];
  await verdict.giveBack();
  return [await countByAddress(c)];
}

async function knowSession(c: HonoContext<HttpEnv>, claims: SessionClaims): Promise<boolean> {
  const actor = await resolveSession(c.env.deps, claims);
  if (actor === null) c.set("hasBadCredential", true);
  else c.set("actor", actor);
  return actor !== null;
}

async function knowKey(c: HonoContext<HttpEnv>, hash: string): Promise<boolean> {
  const { deps } = c.env;
  const key = await resolveKey(deps, hash);
  if (key === null) {
    c.set("hasBadCredential", true);
    return false;
  }
  c.var.logFields.key_id = key.id;
  // Browsers say where a call to another site comes from, and no script can change it. Programs can: what stolen embed keys
  // reach is limited by what embed keys may do.
  if (key.origins !== null && !key.origins.includes(c.req.header("Origin") ?? "")) {
    c.set("isForeignPage", true);
    return false;
  }
  c.set("actor", key.actor);
  await noteKeyUse(deps, key);
  return true;
}

function countByCredential(c: HonoContext<HttpEnv>, credential: Credential): Promise<Verdict> {
  const { rateLimits } = c.env;
  if (credential.kind === "key") return rateLimits.take("user", credential.hash);
  // The shield counts tokens, not users: what floods it with an ended one shuts out nobody else.
  return rateLimits.take("user", credential.claims.userId, credential.claims.sessionId);
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
