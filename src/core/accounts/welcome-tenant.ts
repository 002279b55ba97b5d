import type { Deps } from "../deps.ts";
import { invariant } from "../fail.ts";
import { hasLeft } from "../privacy/has-left.ts";
import { findOwner } from "./find-owner.ts";
import { findUnwelcomed, markWelcomed } from "./store.ts";

/** product.md: each new user gets 10 free credits, once. */
export const welcomeCredits = 10;
const healBatch = 100;
/** Younger tenants are most likely still being signed up. */
const healAfterMs = 30_000;

/**
 * Grants the free credits; a repeat changes nothing, since the ledger keeps the grant's id for ever. Who comes back after
 * deleting an account has had theirs. Answers with the balance right after it.
 */
export async function welcomeTenant(deps: Deps, tenantId: string): Promise<number> {
  const ledger = deps.ledger(tenantId);
  const { email } = await findOwner(deps, tenantId);
  if (await hasLeft(deps, email)) {
    await markWelcomed(deps, tenantId, deps.clock.now());
    return (await ledger.readBalance()).balance;
  }
  const granted = await ledger.grant({
    id: "welcome",
    type: "bonus",
    credits: welcomeCredits,
    description: "Welcome to Shujaa Studio",
  });
  invariant(granted.ok, "the welcome grant is always the same request");
  await markWelcomed(deps, tenantId, deps.clock.now());
  return granted.balance;
}

/** Cron: welcomes the tenants whose sign-up was cut off before the ledger answered. */
export async function healWelcomes(deps: Deps): Promise<number> {
  const tenantIds = await findUnwelcomed(deps, deps.clock.now() - healAfterMs, healBatch);
  for (const tenantId of tenantIds) await welcomeTenant(deps, tenantId);
  return tenantIds.length;
}
