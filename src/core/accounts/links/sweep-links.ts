import type { Context } from "../../context.ts";
import { deleteLinksExpiredBefore } from "./link-store.ts";

/** Cron: a link that expired a day ago is unknown, which is answered alike. */
const keepMs = 86_400_000;
const sweepBatch = 500;

export async function sweepLinks({ deps }: Context): Promise<void> {
  await deleteLinksExpiredBefore(deps, deps.clock.now() - keepMs, sweepBatch);
}
