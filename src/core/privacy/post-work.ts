import type { Context } from "../context.ts";
import type { AccountQueue } from "../deps.ts";

/** Queues work that a row asks for. Never throws: the row is the truth, and the cron sends it again. */
export async function postWork({ deps }: Context, message: Parameters<AccountQueue["send"]>[0]): Promise<void> {
  try {
    await deps.accountQueue.send(message);
  } catch {
    deps.log.write("warn", "account_work_not_queued", { type: message.type });
  }
}
