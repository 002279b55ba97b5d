import type { StuckAnswer } from "../../contract/admin.ts";
import type { Context } from "../context.ts";
import { findStuckPayments } from "../payments/find-stuck-payments.ts";
import { findStuckVideos } from "../videos/search-videos.ts";

/** What has not come to its end by itself and may need a person. */
export async function readStuck(context: Context): Promise<StuckAnswer> {
  const [payments, videos] = await Promise.all([findStuckPayments(context), findStuckVideos(context.deps)]);
  return { ...payments, ...videos };
}
