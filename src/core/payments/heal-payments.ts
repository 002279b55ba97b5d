/** What the cron mends of payments: every gap a process could die in, found from the rows. */
import type { Context } from "../context.ts";
import { forEachAlone } from "../for-each-alone.ts";
import { fulfilPayment } from "./fulfil-payment.ts";
import { settleClaim } from "./settle-claim.ts";
import { findUnfulfilled, findUnsettledClaims } from "./store.ts";

const batch = 100;
/** Younger gaps may still be closed by whoever opened them. */
const graceMs = 15_000;

/** Paid, and cut off before the credits or the plan were given. */
export async function healFulfilments(context: Context): Promise<void> {
  const { deps } = context;
  await forEachAlone(context, await findUnfulfilled(deps, deps.clock.now() - graceMs, batch), (payment) =>
    fulfilPayment(context, payment),
  );
}

/** Refunds and disputes that the ledger has not been told of. */
export async function healClaims(context: Context): Promise<void> {
  const { deps } = context;
  await forEachAlone(context, await findUnsettledClaims(deps, deps.clock.now() - graceMs, batch), (claim) =>
    settleClaim(context, claim),
  );
}
