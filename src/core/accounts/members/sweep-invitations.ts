import type { Context } from "../../context.ts";
import { deleteInvitationsMadeBefore } from "./invitation-store.ts";

/** Three weeks after the last one could be accepted; the address in it is of somebody who may never have come. */
const keepMs = 28 * 86_400_000;
const sweepBatch = 500;

/** Cron: forgets invitations, whatever became of them. */
export async function sweepInvitations({ deps }: Context): Promise<void> {
  await deleteInvitationsMadeBefore(deps, deps.clock.now() - keepMs, sweepBatch);
}
