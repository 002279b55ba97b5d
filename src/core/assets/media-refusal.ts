import { MediaFailed, MediaRefused } from "../deps.ts";
import { fail } from "../fail.ts";

/** What an adapter says of the caller's own file or address is said to the caller: `media_refused`, or `media_failed`. */
export async function orTellOwner<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MediaRefused) fail("media_refused", `${error.message} Nothing was kept.`);
    if (error instanceof MediaFailed) fail("media_failed", `${error.message} Nothing was kept; try again.`);
    throw error;
  }
}
