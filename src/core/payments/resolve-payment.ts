import { and, eq, isNotNull } from "drizzle-orm";
import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { requireAnyPayment } from "./search-payments.ts";
import { payments } from "./tables.ts";

/** A person has looked at what a payment needed one for: it is off the list, and the note says why. Repeats change nothing. */
export async function resolvePayment(context: Context, input: { paymentId: string; note: string }): Promise<void> {
  const { deps } = context;
  const { id, tenantId, attention } = await requireAnyPayment(context, input.paymentId);
  await deps.db.batch([
    deps.db
      .update(payments)
      .set({ attention: null })
      .where(and(eq(payments.id, id), isNotNull(payments.attention))),
    auditRowIfChanged(context, {
      action: "payment.resolved",
      target: id,
      tenantId,
      details: { note: input.note, attention: attention ?? "" },
    }),
  ]);
}
