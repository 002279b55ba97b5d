import type { Context } from "../context.ts";
import { handleStripeEvent } from "./cards/handle-stripe-event.ts";
import { countAttempt, findEvent, markHandled } from "./inbox.ts";
import { handlePhoneCallback } from "./phones/handle-phone-callback.ts";
import { eventTypes } from "./phones/receive-phone-callback.ts";

/**
 * Works on one stored event. A repeat of one that was handled does nothing; an error leaves it in the inbox, and it is
 * tried again. An event is a hint: what it means is read from the provider, so order and repeats cannot matter.
 */
export async function handleProviderEvent(context: Context, eventId: string): Promise<void> {
  const { deps } = context;
  const event = await findEvent(deps, eventId);
  if (event === null || event.handledAtMs !== null) return;
  await countAttempt(deps, event);
  const handle = event.provider === "stripe" ? handleStripeEvent : handlePhoneCallback;
  const outcome = await handle(context, event);
  // It names whoever paid, who need not be the one whose payment it was asked for.
  await markHandled(deps, event.id, outcome, { isForgotten: event.type === eventTypes.status });
}
