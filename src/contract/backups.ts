/** Backups of every night: when they are made, and what a restore has brought back. */
import { z } from "zod";
import { idSchema } from "./ids.ts";

export const backupStatusAnswer = z.object({
  last_backup_at: z.string().nullable().meta({ description: "null: none yet; the first is made in the next night." }),
  next_backup_at: z.string(),
});
export type BackupStatusAnswer = z.infer<typeof backupStatusAnswer>;

const nightFields = {
  night: z.iso.date().meta({ description: "The UTC day it is named by." }),
  started_at: z.string(),
  completed_at: z.string().nullable().meta({ description: "null: it is being made, or was not finished." }),
  tenants: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
};
export const nightsAnswer = z.object({ data: z.array(z.object(nightFields)) });
export type NightsAnswer = z.infer<typeof nightsAnswer>;

export const nightQuery = z.strictObject({ cursor: z.string().max(2000).optional() });
export type NightQuery = z.infer<typeof nightQuery>;
export const nightAnswer = z.object({
  ...nightFields,
  data: z.array(z.object({ tenant_id: z.string(), bytes: z.int().nonnegative() })),
  next_cursor: z.string().nullable(),
});
export type NightAnswer = z.infer<typeof nightAnswer>;

export const backupStartedAnswer = z.object({ night: z.iso.date(), started_at: z.string() });
export type BackupStartedAnswer = z.infer<typeof backupStartedAnswer>;

export const restoreBody = z.strictObject({
  tenant_id: idSchema("tenant").optional().meta({ description: "Without it: what belongs to no tenant." }),
});

export const restoredAnswer = z.object({
  night: z.iso.date(),
  tenant_id: z.string().nullable(),
  outcome: z.enum(["restored", "deleted", "address_taken"]).meta({
    description:
      "`deleted`: this account was deleted and stays so. `address_taken`: somebody else has an address of its users now; free those in `taken` first. In both cases nothing was written.",
  }),
  rows: z
    .record(z.string(), z.object({ restored: z.int().nonnegative(), kept: z.int().nonnegative() }))
    .meta({ description: "By table; `kept` were there already, or refer to what is not there." }),
  ledger: z
    .enum(["loaded", "kept"])
    .nullable()
    .meta({ description: "`kept`: there was one already, and it is the truth." }),
  taken: z.array(z.object({ field: z.enum(["email", "phone"]), value: z.string(), user_id: z.string() })),
});
export type RestoredAnswer = z.infer<typeof restoredAnswer>;
