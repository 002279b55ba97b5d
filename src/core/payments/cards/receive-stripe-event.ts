import type { Context } from "../../context.ts";
import { fail } from "../../fail.ts";
import { receiveEvent } from "../inbox.ts";
import { requireCards } from "./require-cards.ts";

/** As much of an event as is kept: it is for people who look into something, since what counts is read anew. */
const bodyMaxCharacters = 64_000;

/**
 * Proves that Stripe has sent this, and stores it: from then on it is not lost. Refuses `provider_not_configured`, and
 * `bad_signature` for what is altered, too old, or from the future.
 */
export async function receiveStripeEvent(
  context: Context,
  letter: { rawBody: string; signature: string | null },
): Promise<void> {
  const { deps } = context;
  const cards = requireCards(deps);
  const event =
    letter.signature === null ? null : await cards.verifyEvent(letter.rawBody, letter.signature, deps.clock.now());
  if (event === null) fail("bad_signature", "This is not signed by Stripe, or not within the last five minutes.");
  const { id, type, objectId, isLive } = event;
  if (isLive !== cards.isLive) {
    deps.log.write("error", "stripe_event_of_other_mode", { eventId: id, type, isLive });
    return;
  }
  const body = letter.rawBody.slice(0, bodyMaxCharacters);
  await receiveEvent(context, { id, provider: "stripe", type, objectId, paymentId: null, body });
}
