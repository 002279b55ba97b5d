import type { Context } from "../../context.ts";
import { receiveEvent } from "../inbox.ts";
import { findPaymentBy } from "../store.ts";
import { hashSecret, hexOf } from "./callback-secret.ts";
import { findReversalBy } from "./reversal-store.ts";
import { findStatusAsk } from "./status-store.ts";

export const eventTypes = { push: "stk_callback", reversal: "reversal_result", status: "status_result" } as const;

type Received = { secret: string; body: string };
/** For the request's log line. */
export type Reception = "stored" | "unknown_path" | "not_stored";

/**
 * Stores what was POSTed to a payment's own address and queues it. Never throws: Daraja sends once, whatever it is
 * answered, and what is lost here the ladder of queries finds. An unknown address does nothing.
 */
export async function receivePhoneCallback(context: Context, received: Received): Promise<Reception> {
  return receive(context, received, async (secretHash) => {
    const payment = await findPaymentBy(context.deps, { callbackSecretHash: secretHash });
    return payment === null
      ? null
      : { type: eventTypes.push, paymentId: payment.id, objectId: payment.checkoutRequestId };
  });
}

/** The same for what became of a reversal; should it be lost, a person is told after a day. */
export async function receiveReversalResult(context: Context, received: Received): Promise<Reception> {
  return receive(context, received, async (secretHash) => {
    const reversal = await findReversalBy(context.deps, { secretHash });
    if (reversal === null) return null;
    return { type: eventTypes.reversal, paymentId: reversal.paymentId, objectId: reversal.claimId };
  });
}

/** The same for what M-Pesa's books say of a receipt; should it be lost, the ladder ends with a person. */
export async function receiveStatusResult(context: Context, received: Received): Promise<Reception> {
  return receive(context, received, async (secretHash) => {
    const ask = await findStatusAsk(context.deps, { secretHash });
    return ask === null ? null : { type: eventTypes.status, paymentId: ask.paymentId, objectId: ask.receipt };
  });
}

type Addressee = { type: string; paymentId: string; objectId: string | null };

async function receive(
  context: Context,
  { secret, body }: Received,
  findAddressee: (secretHash: string) => Promise<Addressee | null>,
): Promise<Reception> {
  const { deps } = context;
  try {
    const addressee = await findAddressee(await hashSecret(deps, secret));
    if (addressee === null) return "unknown_path";
    if (deps.phones?.isKnownSender(context.address) === false) {
      deps.log.write("warn", "mpesa_callback_from_elsewhere", { address: context.address, ...addressee });
    }
    const digest = await deps.digests.sha256(`${addressee.type}\n${addressee.paymentId}\n${body}`);
    await receiveEvent(context, { id: `mpesa_${hexOf(digest)}`, provider: "mpesa", body, ...addressee });
    return "stored";
  } catch (error) {
    deps.log.write("error", "mpesa_callback_not_stored", { error: error instanceof Error ? error.name : "unknown" });
    return "not_stored";
  }
}
