/** What a tenant sees of its audit log, and what a check of the log finds. */
import { z } from "zod";
import { auditLogQuery } from "./admin.ts";
import { idSchema } from "./ids.ts";

export const ownAuditLogQuery = auditLogQuery.omit({ tenant_id: true, actor: true });

export const verifyAuditLogQuery = z.strictObject({
  known_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "64 lowercase hexadecimal digits")
    .optional()
    .meta({ description: "`head.hash` of an earlier answer." }),
});
export const adminVerifyAuditLogQuery = verifyAuditLogQuery.extend({
  tenant_id: idSchema("tenant").optional().meta({ description: "Without it: the rows that belong to no tenant." }),
});

export const auditProofAnswer = z.object({
  intact: z.boolean().meta({ description: "Every seal was made again from its rows, and nothing differed." }),
  differences: z.array(z.string()).meta({ description: "What differed, in plain words; at most 50." }),
  rows: z.int().nonnegative(),
  sealed_rows: z.int().nonnegative().meta({ description: "The others are younger than a few minutes." }),
  head: z
    .object({ sequence: z.int().nonnegative(), hash: z.string() })
    .meta({ description: "The last seal; sequence 0 and 64 zeros before the first." }),
  known_hash: z
    .enum(["found", "missing"])
    .nullable()
    .meta({ description: "Whether the log still begins with the one that ended in this hash; null: none was given." }),
});
export type AuditProofAnswer = z.infer<typeof auditProofAnswer>;
