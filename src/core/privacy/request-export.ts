import { type ExportStarted, exportHours } from "../../contract/privacy.ts";
import { makeId, type UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { exportLink } from "./export-file.ts";
import { findExports, findRunning, insertExport } from "./export-store.ts";
import { postWork } from "./post-work.ts";

const dayMs = 24 * 3_600_000;
/** Each reads everything there is, and is kept for a day. */
const exportsPerDay = 5;
/** One is made at a time, and each is for whoever asked: it has their own sessions and sign-ins in it, too. */
const othersTakeSeconds = 60;

/**
 * Has all of the tenant's data and files made into one ZIP. While one is being made a repeat gets the same one.
 * Refuses `rate_limited` after five in a day, and while another owner's is being made.
 */
export async function requestExport(context: UserContext, origin: string): Promise<ExportStarted> {
  const { deps, actor } = context;
  const { tenantId, userId } = actor;
  const nowMs = deps.clock.now();
  const sinceMs = nowMs - dayMs;
  const id = makeId(context, "export");
  await insertExport(context, { id, tenantId, userId, nowMs, sinceMs, max: exportsPerDay });
  const running = await findRunning(deps, tenantId);
  if (running === null) return refuse(context, sinceMs);
  if (running.userId !== userId) {
    fail("rate_limited", "Another owner is having an export made. Begin yours when it is done; nothing was begun.", {
      retry_after: othersTakeSeconds,
    });
  }
  if (running.id === id) await postWork(context, { type: "export", exportId: id });
  return {
    success: true,
    status: "running",
    export_id: running.id,
    download_url: await exportLink(context, origin, running),
    expires_in_hours: exportHours,
  };
}

async function refuse({ deps, actor }: UserContext, sinceMs: number): Promise<never> {
  const oldest = (await findExports(deps, actor.tenantId, { sinceMs })).at(exportsPerDay - 1);
  const waitMs = (oldest?.createdAtMs ?? sinceMs) - sinceMs;
  return fail(
    "rate_limited",
    `${exportsPerDay} exports were begun in the last 24 hours. The last one can still be downloaded; try again later.`,
    { retry_after: Math.max(1, Math.ceil(waitMs / 1000)) },
  );
}
