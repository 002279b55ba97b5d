import { z } from "zod";

const check = z.object({ status: z.enum(["ok", "down"]), detail: z.string().optional() });
export const healthAnswer = z.object({
  status: z.enum(["ok", "down"]),
  version: z.string(),
  checks: z.object({ database: check, ledger: check, storage: check, renderer: check }),
});
export type HealthAnswer = z.infer<typeof healthAnswer>;
