/** A tenant's data to take away, and the end of an account. */
import { z } from "zod";
import { idSchema } from "./ids.ts";

/** How long the file of a finished export is kept. */
export const exportHours = 24;

export const exportStarted = z.object({
  success: z.literal(true),
  status: z.literal("running"),
  export_id: idSchema("export"),
  download_url: z.string().meta({ description: "Opens without credentials; 409 until the export is ready." }),
  expires_in_hours: z.literal(exportHours).meta({ description: "From when it is ready." }),
});
export type ExportStarted = z.infer<typeof exportStarted>;

export const exportStates = ["running", "ready", "failed", "expired"] as const;

export const exportAnswer = z.object({
  id: idSchema("export"),
  status: z.enum(exportStates),
  created_at: z.string(),
  ready_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  size: z.int().nullable().meta({ description: "Bytes." }),
  sha256: z.string().nullable(),
  download_url: z.string().nullable().meta({ description: "null: there is nothing to download any more." }),
});
export type ExportAnswer = z.infer<typeof exportAnswer>;
export const exportsAnswer = z.object({ data: z.array(exportAnswer) });
export type ExportsAnswer = z.infer<typeof exportsAnswer>;

export const deleteAccountBody = z
  .strictObject({ confirm: z.string().max(320).meta({ description: "The account's own email address." }) })
  .meta({ examples: [{ confirm: "amina@example.com" }] });
export type DeleteAccountBody = z.infer<typeof deleteAccountBody>;

export const deletionStarted = z.object({ success: z.literal(true), receipt_id: idSchema("deletion") });
export type DeletionStarted = z.infer<typeof deletionStarted>;

export const deletionAnswer = z.object({
  receipt_id: idSchema("deletion"),
  status: z.enum(["running", "completed"]),
  requested_at: z.string(),
  completed_at: z.string().nullable(),
  email_digest: z.string().meta({ description: "SHA-256, hexadecimal, of the normalised email address." }),
  deleted: z.record(z.string(), z.int().nonnegative()).meta({ description: "How many of each kind there were." }),
});
export type DeletionAnswer = z.infer<typeof deletionAnswer>;
