import type { CreateKeyBody, KeyMade } from "../../../contract/keys.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import { sessionIdOf, type UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { refuseEnded } from "../sessions/refuse-ended.ts";
import { hasKey, insertKeyWithin } from "./key-store.ts";
import { newKeyRow } from "./new-key-row.ts";
import { toKeyAnswer } from "./to-key-answer.ts";

/** Far above what one account has programs and pages for; those in their grace count too. */
export const keysMax = 50;

/** Makes a key, and shows it this once. Refuses `validation_failed` when there are `keysMax` of them, and `unauthenticated`. */
export async function createKey(context: UserContext, body: CreateKeyBody): Promise<KeyMade> {
  const { deps, actor } = context;
  const { name, kind, origins } = body;
  const { key, row } = await newKeyRow(context, {
    name,
    kind,
    origins: origins === undefined ? null : [...new Set(origins)],
    isDefault: false,
  });
  await deps.db.batch([
    insertKeyWithin(deps, row, { most: keysMax, bySession: sessionIdOf(actor), replacing: null, graceMs: 0 }),
    auditRowIfChanged(context, { action: "key.create", target: row.id, tenantId: actor.tenantId }),
  ]);
  if (!(await hasKey(deps, row.id))) {
    await refuseEnded(context);
    refuseAnother();
  }
  return { ...toKeyAnswer(row), api_key: key };
}

export function refuseAnother(): never {
  const detail = `an account has at most ${keysMax} keys that work, with those in their grace; revoke one first`;
  fail("validation_failed", `Nothing was done: ${detail}.`, {
    errors: [{ pointer: "", detail, code: "limit_reached", params: { limit: keysMax } }],
  });
}
