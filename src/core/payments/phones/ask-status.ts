import type { Context } from "../../context.ts";
import { OutsideError } from "../../deps.ts";
import type { PaymentRow } from "../tables.ts";
import { newSecret } from "./callback-secret.ts";
import { claimStatusAsk, noteConversation, noteStatusOutcome } from "./status-store.ts";

/** By the second rung: until then M-Pesa's query is most likely only slow. */
const patienceMs = 2 * 60_000;

/**
 * The second way to the truth: where a callback has claimed a receipt and M-Pesa's query by the request stays undecided, its
 * books are asked by the receipt. What they say comes to an address of its own; once a payment. Does nothing where there is no
 * initiator to ask with.
 */
export async function askStatus(context: Context, payment: PaymentRow): Promise<void> {
  const { deps } = context;
  const { phones, clock } = deps;
  const { id, claimedReceipt: receipt, createdAtMs, callbackOrigin } = payment;
  const origin = deps.publicUrl ?? callbackOrigin;
  if (phones?.hasInitiator !== true || receipt === null || origin === null) return;
  if (clock.now() - createdAtMs < patienceMs) return;
  const { secret, hash } = await newSecret(deps);
  const row = { paymentId: id, receipt, secretHash: hash, askedAtMs: clock.now() };
  if (!(await claimStatusAsk(deps, row))) return;
  const asked = await phones
    .askStatus({ receipt, resultUrl: `${origin}/api/payments/phone/status/${secret}` })
    .catch(asUnknown);
  // It may have been taken: then its result is heard, and otherwise the ladder ends with a person.
  if (asked === null) return;
  if (asked.isAccepted) await noteConversation(deps, id, asked.conversationId);
  else await noteStatusOutcome(deps, id, `refused, ${asked.code}`);
}

function asUnknown(error: unknown): null {
  if (error instanceof OutsideError) return null;
  throw error;
}
