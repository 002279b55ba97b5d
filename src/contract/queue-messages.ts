/** What the queues carry: ids, never documents, so that a repeated or late message reads the truth afresh. */
import { z } from "zod";
import { idSchema } from "./ids.ts";

export const queueMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("render"), videoId: idSchema("video") }),
  /** A share of a video's segments, to be made in a container of its own; which ones, the video's room knows. */
  z.strictObject({ type: z.literal("part"), videoId: idSchema("video"), part: z.int().positive() }),
  /** Something a payment provider has told: the inbox has its text. */
  z.strictObject({ type: z.literal("provider_event"), eventId: z.string().min(1).max(255) }),
  z.strictObject({ type: z.literal("mail"), mailId: idSchema("mail") }),
  z.strictObject({ type: z.literal("export"), exportId: idSchema("export") }),
  z.strictObject({ type: z.literal("deletion"), deletionId: idSchema("deletion") }),
  /** A tenant's share of the night's backup; `night` is the UTC day it is named by. */
  z.strictObject({ type: z.literal("backup"), night: z.iso.date(), tenantId: idSchema("tenant") }),
]);
export type QueueMessage = z.infer<typeof queueMessage>;
