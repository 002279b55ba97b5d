/** The queue is filled to its limit, refuses in the right words, is emptied, and takes orders again. */
import { ShujaaError } from "../../src/sdk/errors.ts";
import type { Studio } from "../../src/sdk/studio.ts";
import type { Latencies } from "./latencies.ts";
import { measuredStudio, pause, signUp } from "./visitor.ts";

const batch = 100;
/** The limit is 2,000; what is rendered meanwhile makes room. */
const batchesAtMost = 30;
/** A full backlog is counted anew every few seconds, and its last orders may have to be cancelled first. */
const recoversWithinMs = 120_000;

export type BacklogFinding = {
  accepted: number;
  status: number;
  retryAfterSeconds: number;
  recoveredAfterSeconds: number;
};

export async function fillBacklog(
  baseUrl: string,
  latencies: Latencies,
  operatorToken: string,
): Promise<BacklogFinding> {
  const { studio } = await signUp(baseUrl, latencies, "backlog");
  const operator = measuredStudio(baseUrl, latencies, operatorToken);
  const { user } = await studio.getMe();
  await operator.adminGivePlan({ id: user.id, plan: "enterprise", reason: "a load test fills the queue" });
  const ids: string[] = [];
  const refusal = await orderUntilRefused(studio, ids);
  await inTurns(ids, (id) => studio.cancelVideo({ id }).catch(ifEnded));
  const startedMs = Date.now();
  while (Date.now() - startedMs < recoversWithinMs) {
    const isTaken = await studio.createVideo({ prompt: "Room again", scenes: 1, draft: true }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ShujaaError && error.code === "backlog_full") return false;
        throw error;
      },
    );
    if (isTaken) break;
    await pause(1_000);
  }
  return {
    accepted: ids.length,
    status: refusal.status,
    retryAfterSeconds: refusal.retryAfterSeconds ?? 0,
    recoveredAfterSeconds: (Date.now() - startedMs) / 1000,
  };
}

async function orderUntilRefused(studio: Studio, ids: string[]): Promise<ShujaaError> {
  const videos = Array.from({ length: batch }, () => ({ prompt: "One of many", scenes: 1, draft: true }));
  for (let turn = 0; turn < batchesAtMost; turn += 1) {
    try {
      const { data } = await studio.createVideoBatch({ videos });
      ids.push(...data.map(({ id }) => id));
    } catch (error) {
      if (error instanceof ShujaaError && error.code === "backlog_full") return error;
      throw error;
    }
  }
  throw new Error(`${ids.length} videos were taken and none was refused`);
}

/** Slower than the account's own limit of ten calls a second. */
async function inTurns(ids: readonly string[], call: (id: string) => Promise<unknown>): Promise<void> {
  for (const id of ids) {
    await call(id);
    await pause(110);
  }
}

function ifEnded(error: unknown): void {
  if (!(error instanceof ShujaaError) || error.status !== 409) throw error;
}
