import type { Context } from "../context.ts";
import { deleteMailsBefore, findDueMails } from "./store.ts";
import { postLetter } from "./write-letter.ts";

/** As many a minute as the queue gets through. */
const dueBatch = 100;
/** For who asks why a letter did not come; of a mail that is over nothing but its times is left. */
const keepMs = 7 * 86_400_000;
const sweepBatch = 500;

/** Cron: queues again what nobody has sent, and what could not be sent before. */
export async function resendMails(context: Context): Promise<void> {
  const due = await findDueMails(context.deps, context.deps.clock.now(), dueBatch);
  await Promise.all(due.map((mailId) => postLetter(context, mailId)));
}

/** Cron. */
export async function forgetOldMails({ deps }: Context): Promise<void> {
  await deleteMailsBefore(deps, deps.clock.now() - keepMs, sweepBatch);
}
