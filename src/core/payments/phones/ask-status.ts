import type { Context } from "../../context.ts";
import { OutsideError } from "../../deps.ts";
import type { PaymentRow } from "../tables.ts";
import { newSecret } from "./callback-secret.ts";
import { claimStatusAsk, noteAsked } from "./status-store.ts";

const minuteMs = 60_000;
/** By the second rung: until then M-Pesa's query is most likely only slow. */
const patienceMs = 2 * minuteMs;
/** Results come within minutes; between the rungs of the ladder that leaves five questions at most. */
const askAgainMs = 10 * minuteMs;

/**
 * The second way to the truth: where a callback has claimed a receipt and M-Pesa's query by the request stays undecided, its
 * books are asked by the receipt. What they say comes to an address of its own. Does nothing where there is no initiator to
 * ask with.
 */
export async function askStatus(context: Context, payment: PaymentRow): Promise<void> {
  const { deps } = context;
  const { phones, clock } = deps;
  const { id, claimedReceipt: receipt, createdAtMs, callbackOrigin } = payment;
  const origin = deps.publicUrl ?? callbackOrigin;
  if (phones?.hasInitiator !== true || receipt === null || origin === null) return;
  const nowMs = clock.now();
  if (nowMs - createdAtMs < patienceMs) return;
  const { secret, hash } = await newSecret(deps);
  const row = { paymentId: id, receipt, secretHash: hash, askedAtMs: nowMs };
  if (!(await claimStatusAsk(deps, row, nowMs - askAgainMs))) return;
  const asked = await phones
    .askStatus({ receipt, resultUrl: `${origin}/api/payments/phone/status/${secret}` })
    .catch(asUnknown);
  // It may have been taken: then its result is heard, and otherwise a later rung asks anew.
  if (asked === null) return;
  const { isAccepted, code, conversationId } = asked;
  await noteAsked(deps, hash, isAccepted ? { conversationId } : { outcome: `refused, ${code}` });
}

function asUnknown(error: unknown): null {
  if (error instanceof OutsideError) return null;
  throw error;
}
