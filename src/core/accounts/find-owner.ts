import { and, asc, eq } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { invariant } from "../fail.ts";
import { memberships, users } from "./tables.ts";

export type Owner = { userId: string; email: string; name: string | null };

/** Who a tenant belongs to: of several owners the first. */
export async function findOwner(deps: Deps, tenantId: string): Promise<Owner> {
  const [owner] = await deps.db
    .select({ userId: users.id, email: users.email, name: users.name })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.role, "owner")))
    .orderBy(asc(memberships.createdAtMs))
    .limit(1);
  invariant(owner !== undefined, "a tenant has an owner");
  return owner;
}
