import type { KeyMade, RotateKeyBody } from "../../../contract/keys.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import { sessionIdOf, type UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { refuseEnded } from "../sessions/refuse-ended.ts";
import { keysMax, refuseAnother } from "./create-key.ts";
import { endReplaced, findUsableKey, hasKey, insertKeyWithin, type KeyRow, type Replaced } from "./key-store.ts";
import { newKeyRow } from "./new-key-row.ts";
import { toKeyAnswer } from "./to-key-answer.ts";

const hourMs = 3_600_000;
const defaultName = "Default key";

/**
 * Makes a key in place of another, of the same name, kind and origins, which acts for whoever rotates: they are the one who
 * gets to see it. The other works until its grace is over. Refuses `not_found`, and `validation_failed` when there are too many.
 */
export async function rotateKey(context: UserContext, input: { keyId: string; body: RotateKeyBody }): Promise<KeyMade> {
  const { deps, actor } = context;
  const { keyId, body } = input;
  const old = await findUsableKey(deps, actor.tenantId, keyId, deps.clock.now());
  if (old === null) fail("not_found", "There is no key of this name, or it works no more.");
  if (old.expiresAtMs !== null) refuseReplaced();
  return replace(context, { keyId }, old, body);
}

/** The same for the tenant's default secret key; makes it when there is none. Of many at once, the last one's stays. */
export async function rotateDefaultKey(context: UserContext, body: RotateKeyBody): Promise<KeyMade> {
  return replace(context, "default", { name: defaultName, kind: "secret", origins: null, isDefault: true }, body);
}

async function replace(
  context: UserContext,
  replaced: Replaced,
  { name, kind, origins, isDefault }: Pick<KeyRow, "name" | "kind" | "origins" | "isDefault">,
  body: RotateKeyBody,
): Promise<KeyMade> {
  const { deps, actor } = context;
  const { key, row } = await newKeyRow(context, { name, kind, origins, isDefault });
  const graceMs = body.grace_hours * hourMs;
  // The new one comes first: where it may not be, the old one must not end.
  await deps.db.batch([
    insertKeyWithin(deps, row, { most: keysMax, bySession: sessionIdOf(actor), replacing: replaced, graceMs }),
    auditRowIfChanged(context, {
      action: "key.rotate",
      target: row.id,
      tenantId: actor.tenantId,
      details: { ...(replaced === "default" ? {} : { replaces: replaced.keyId }), grace_hours: body.grace_hours },
    }),
    endReplaced(deps, replaced, { id: row.id, tenantId: actor.tenantId, endsAtMs: row.createdAtMs + graceMs }),
  ]);
  if (!(await hasKey(deps, row.id))) await refuse(context, replaced);
  return { ...toKeyAnswer(row), api_key: key };
}

async function refuse(context: UserContext, replaced: Replaced): Promise<never> {
  const { deps, actor } = context;
  await refuseEnded(context);
  const old =
    replaced === "default" ? null : await findUsableKey(deps, actor.tenantId, replaced.keyId, deps.clock.now());
  if (replaced !== "default" && old?.expiresAtMs !== null) refuseReplaced();
  refuseAnother();
}

function refuseReplaced(): never {
  fail("not_found", "This key was replaced already. Rotate the newer one, or revoke this one to end it now.");
}
