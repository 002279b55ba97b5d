import type { IdentitiesAnswer } from "../../../contract/oauth.ts";
import type { UserContext } from "../../context.ts";
import { findIdentitiesOf } from "./identity-store.ts";

/** By whom the caller may be vouched for. */
export async function listIdentities({ deps, actor }: UserContext): Promise<IdentitiesAnswer> {
  const rows = await findIdentitiesOf(deps, actor.userId);
  return {
    data: rows.map(({ provider, email, createdAtMs, lastUsedAtMs }) => ({
      provider,
      email,
      linked_at: new Date(createdAtMs).toISOString(),
      last_used_at: new Date(lastUsedAtMs).toISOString(),
    })),
  };
}
