import type { Context } from "../core/context.ts";
import { beginDeletion, keepDeletion, returnDeletion, runDeletion } from "../core/privacy/run-deletion.ts";
import { whileKept } from "./while-kept.ts";

/** Works on a deletion, unless somebody does; one that is held up is left for a while, and the cron sends it again. */
export async function deleteForGood(context: Context, deletionId: string): Promise<void> {
  const row = await beginDeletion(context, deletionId);
  if (row === null) return;
  let isDone = false;
  try {
    await whileKept(
      context,
      () => keepDeletion(context, row),
      (signal) => runDeletion(context, row, signal),
    );
    isDone = true;
  } finally {
    if (!isDone) await returnDeletion(context, row);
  }
}
