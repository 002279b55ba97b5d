/** What a draft has paid is taken off one video at a time: the first that is not failed or cancelled. */
import type { UserContext } from "../context.ts";
import { discountOf } from "./bill.ts";
import { videoIdOfKey } from "./key-id.ts";
import type { Quote } from "./quote-video.ts";
import { isDiscountTaken } from "./store.ts";

/** What may still be taken off for a draft that has paid so much. A repeat with the same key finds what its first try found. */
export async function discountLeft(
  context: UserContext,
  draft: { draftId: string; paidCredits: number },
  idempotencyKey: string | null,
): Promise<number> {
  const exceptId = await videoIdOfKey(context, idempotencyKey);
  return (await isDiscountTaken(context.deps, { draftId: draft.draftId, exceptId })) ? 0 : draft.paidCredits;
}

/**
 * Whether a video that could not be written down has met another with the same discount: the table takes the first of two
 * that were asked for at once.
 */
export async function hasLostDiscount(
  context: UserContext,
  { videoId, quote }: { videoId: string; quote: Quote },
): Promise<boolean> {
  const draftId = discountOf(quote.billing.basis);
  return draftId !== null && (await isDiscountTaken(context.deps, { draftId, exceptId: videoId }));
}
