import type { BatchAccepted, CreateBatchBody } from "../../contract/batches.ts";
import type { FieldError } from "../../contract/errors.ts";
import type { CreateVideoBody } from "../../contract/videos.ts";
import type { UserContext } from "../context.ts";
import { fail, Refusal } from "../fail.ts";
import { chargeVideos } from "./charge-videos.ts";
import { fieldErrorsOf, type Quote, quoteRequest } from "./quote-video.ts";

export type BatchInput = { body: CreateBatchBody; idempotencyKey: string | null; origin: string };

/**
 * Up to 100 videos at once: checked together, and charged all or none. Refuses `validation_failed` with the pointers of all
 * of them, `plan_required`, and as `chargeVideos`.
 */
export async function submitBatch(context: UserContext, { body, ...charging }: BatchInput): Promise<BatchAccepted> {
  const checked: (Quote | FieldError[])[] = [];
  // One after the other: a hundred at once would each keep a database connection waiting.
  for (const [index, video] of body.videos.entries()) checked.push(await check(context, video, index));
  const errors = checked.flatMap((one) => (Array.isArray(one) ? one : []));
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
    fail("validation_failed", `«${first.pointer}»: ${first.detail}${more}. Nothing was charged.`, { errors });
  }
  const quotes = checked.flatMap((one) => (Array.isArray(one) ? [] : [one]));
  const data = await chargeVideos(context, quotes, charging);
  return {
    data,
    credits_used: data.reduce((sum, video) => sum + video.credits_used, 0),
    balance: data.at(-1)?.balance ?? 0,
  };
}

async function check(context: UserContext, body: CreateVideoBody, index: number): Promise<Quote | FieldError[]> {
  try {
    return await quoteRequest(context, body);
  } catch (error) {
    const errors = error instanceof Refusal ? fieldErrorsOf(error) : null;
    if (errors === null) throw error;
    return errors.map((one) => ({ ...one, pointer: `/videos/${index}${one.pointer}` }));
  }
}
