import type { KeysAnswer, KeysQuery } from "../../../contract/keys.ts";
import type { UserContext } from "../../context.ts";
import { toPage } from "../../page.ts";
import { listTenantKeys } from "./key-store.ts";
import { toKeyAnswer } from "./to-key-answer.ts";

/** The tenant's keys that work, the newest first, each without itself. */
export async function listKeys({ deps, actor }: UserContext, query: KeysQuery): Promise<KeysAnswer> {
  const found = await listTenantKeys(deps, actor.tenantId, { ...query, nowMs: deps.clock.now() });
  const { rows, nextCursor } = toPage(found, query.limit);
  return { data: rows.map(toKeyAnswer), next_cursor: nextCursor };
}
