import { and, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { AdminPaymentAnswer, AdminPaymentsAnswer, AdminPaymentsQuery } from "../../contract/admin.ts";
import type { PaymentStatus } from "../../contract/payments.ts";
import { findUserIdsByEmail } from "../accounts/search-users.ts";
import type { Context } from "../context.ts";
import { fail, invariant } from "../fail.ts";
import { afterCursor, hasWords, toPage } from "../page.ts";
import { toAdminPayments } from "./admin-answer.ts";
import { openStates } from "./payment-state.ts";
import { findPayment } from "./store.ts";
import { type PaymentRow, payments } from "./tables.ts";

/** Of an email that many users have parts of, the first ones: D1 takes 100 parameters a statement. */
const usersMax = 50;

/** Everybody's payments, the newest first, for operators. */
export async function searchPayments(context: Context, input: AdminPaymentsQuery): Promise<AdminPaymentsAnswer> {
  const { db } = context.deps;
  const { status, provider, query, attention } = input;
  const found = await db
    .select()
    .from(payments)
    .where(
      and(
        afterCursor(payments, input.cursor),
        status === undefined ? undefined : hasStatus[status],
        provider === undefined ? undefined : eq(payments.provider, provider),
        query === undefined ? undefined : await isNamed(context, query),
        attention === undefined
          ? undefined
          : attention === "true"
            ? isNotNull(payments.attention)
            : isNull(payments.attention),
      ),
    )
    .orderBy(desc(payments.createdAtMs), desc(payments.id))
    .limit(input.limit + 1);
  const { rows, nextCursor } = toPage(found, input.limit);
  return { data: await toAdminPayments(context, rows), next_cursor: nextCursor };
}

const isPaid = eq(payments.state, "paid");
const isUndisputed = eq(payments.disputeState, "none");
const isRefunded = sql`${payments.amount} > 0 and ${payments.refundedAmount} >= ${payments.amount}`;

/** The same as `statusOf`, in SQL. */
const hasStatus: Record<PaymentStatus, SQL | undefined> = {
  pending: inArray(payments.state, [...openStates]),
  failed: eq(payments.state, "failed"),
  expired: eq(payments.state, "expired"),
  disputed: and(isPaid, sql`${payments.disputeState} <> 'none'`),
  refunded: and(isPaid, isUndisputed, isRefunded),
  paid: and(isPaid, isUndisputed, sql`not (${isRefunded})`),
};

async function isNamed({ deps }: Context, query: string): Promise<SQL | undefined> {
  const userIds = await findUserIdsByEmail(deps, query, usersMax);
  const names = [
    payments.id,
    payments.tenantId,
    payments.userId,
    payments.phone,
    payments.receipt,
    payments.claimedReceipt,
    payments.paymentIntentId,
    payments.checkoutSessionId,
    payments.invoiceId,
    payments.checkoutRequestId,
  ].map((column) => hasWords(column, query));
  return or(...names, userIds.length === 0 ? undefined : inArray(payments.userId, userIds));
}

/** Anybody's payment. Refuses `not_found`. */
export async function requireAnyPayment({ deps }: Context, id: string): Promise<PaymentRow> {
  return (await findPayment(deps, id)) ?? fail("not_found", "There is no payment of this name.");
}

export async function readAdminPayment(context: Context, id: string): Promise<AdminPaymentAnswer> {
  const [answer] = await toAdminPayments(context, [await requireAnyPayment(context, id)]);
  invariant(answer !== undefined, "one row is one answer");
  return answer;
}
