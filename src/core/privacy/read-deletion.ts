import type { DeletionAnswer } from "../../contract/privacy.ts";
import type { Context } from "../context.ts";
import { fail } from "../fail.ts";
import { findDeletion } from "./deletion-store.ts";

/** For whoever has the receipt. Refuses `not_found`. */
export async function readDeletion({ deps }: Context, id: string): Promise<DeletionAnswer> {
  const row = await findDeletion(deps, id);
  if (row === null) fail("not_found", "There is no such receipt.");
  return {
    receipt_id: row.id,
    status: row.completedAtMs === null ? "running" : "completed",
    requested_at: new Date(row.requestedAtMs).toISOString(),
    completed_at: row.completedAtMs === null ? null : new Date(row.completedAtMs).toISOString(),
    email_digest: row.emailDigest,
    deleted: row.counts ?? {},
  };
}
