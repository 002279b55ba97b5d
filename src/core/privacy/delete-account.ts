import type { DeleteAccountBody, DeletionStarted } from "../../contract/privacy.ts";
import { normaliseEmail } from "../accounts/identity.ts";
import { readContact } from "../accounts/read-contact.ts";
import { makeId, type UserContext } from "../context.ts";
import { fail, invariant } from "../fail.ts";
import { findOpenDeletion, insertDeletion } from "./deletion-store.ts";
import { digestEmail } from "./email-digest.ts";
import { postWork } from "./post-work.ts";

/**
 * Ends the caller's account and every tenant that has no other owner: nobody can sign in to them from this moment on, and all
 * that is stored of them is deleted in the background. A repeat gets the same receipt. Refuses `validation_failed` when
 * `confirm` is not the account's own address.
 */
export async function deleteAccount(context: UserContext, { confirm }: DeleteAccountBody): Promise<DeletionStarted> {
  const { deps, actor } = context;
  const { userId, tenantId } = actor;
  const contact = await readContact(deps, userId);
  invariant(contact !== null, "whoever has a session is a user");
  if (normaliseEmail(confirm) !== contact.email) {
    const detail = "is not the email address of this account";
    fail("validation_failed", `What you typed ${detail}. Nothing was deleted.`, {
      errors: [{ pointer: "/confirm", detail, code: "mismatch" }],
    });
  }
  const id = makeId(context, "deletion");
  await insertDeletion(context, { id, userId, tenantId, emailDigest: await digestEmail(deps, contact.email) });
  const open = await findOpenDeletion(deps, userId);
  invariant(open !== null, "it was begun a moment ago, and takes longer");
  if (open.id === id) await postWork(context, { type: "deletion", deletionId: id });
  return { success: true, receipt_id: open.id };
}
