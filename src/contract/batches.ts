import { z } from "zod";
import { createVideoBody, videoAccepted } from "./videos.ts";

export const batchMax = 100;

/** POST /api/videos/batch: all of them or none. */
export const createBatchBody = z.strictObject({ videos: z.array(createVideoBody).min(1).max(batchMax) });
export type CreateBatchBody = z.infer<typeof createBatchBody>;

export const batchAccepted = z.object({
  data: z.array(videoAccepted).meta({ description: "In the order they were asked for." }),
  credits_used: z.int().nonnegative(),
  balance: z.int().nonnegative(),
});
export type BatchAccepted = z.infer<typeof batchAccepted>;
