/** What the render queues carry: ids, never documents, so that a repeated or late message reads the truth afresh. */
import { z } from "zod";
import { idSchema } from "./ids.ts";

export const queueMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("render"), videoId: idSchema("video") }),
]);
export type QueueMessage = z.infer<typeof queueMessage>;
