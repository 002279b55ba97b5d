import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { mayBecome, openStates, type PaymentState } from "./payment-state.ts";
import { type PaymentClaimRow, type PaymentRow, paymentClaims, payments, stripeCustomers } from "./tables.ts";

/** false: there is a payment of this id already. Other conflicts (an open prompt of the same phone) are thrown. */
export async function insertPayment(deps: Deps, row: typeof payments.$inferInsert): Promise<boolean> {
  const inserted = await deps.db
    .insert(payments)
    .values(row)
    .onConflictDoNothing({ target: payments.id })
    .returning({ id: payments.id });
  return inserted.length > 0;
}

export async function findPayment(deps: Deps, id: string): Promise<PaymentRow | null> {
  return findOne(deps, eq(payments.id, id));
}

export async function findTenantPayment(deps: Deps, tenantId: string, id: string): Promise<PaymentRow | null> {
  return findOne(deps, and(eq(payments.id, id), eq(payments.tenantId, tenantId)));
}

/** By a name that a provider has for it. */
export async function findPaymentBy(
  deps: Deps,
  name: {
    paymentIntentId?: string;
    checkoutSessionId?: string;
    invoiceId?: string;
    checkoutRequestId?: string;
    callbackSecretHash?: string;
  },
): Promise<PaymentRow | null> {
  const [[field, value] = []] = Object.entries(name) as [keyof typeof name, string][];
  if (field === undefined || value === undefined) return null;
  return findOne(deps, eq(payments[field], value));
}

async function findOne(deps: Deps, where: SQL | undefined): Promise<PaymentRow | null> {
  const [row] = await deps.db.select().from(payments).where(where).limit(1);
  return row ?? null;
}

/** Newest first. */
export async function listPaymentRows(
  deps: Deps,
  filter: { tenantId?: string | undefined },
  page: { before: [number, string] | null; limit: number },
): Promise<PaymentRow[]> {
  const { before } = page;
  return deps.db
    .select()
    .from(payments)
    .where(
      and(
        filter.tenantId === undefined ? undefined : eq(payments.tenantId, filter.tenantId),
        before === null
          ? undefined
          : or(
              lt(payments.createdAtMs, before[0]),
              and(eq(payments.createdAtMs, before[0]), lt(payments.id, before[1])),
            ),
      ),
    )
    .orderBy(desc(payments.createdAtMs), desc(payments.id))
    .limit(page.limit);
}

export type PaymentChange = Partial<Omit<PaymentRow, "id" | "state" | "tenantId" | "amount" | "credits" | "bonus">>;

/**
 * The guarded UPDATE that moves a payment into a state, as a statement for a batch; it changes nothing where it may not, or
 * where `onlyIf` does not hold.
 */
export function moveStatement(
  deps: Deps,
  id: string,
  state: Exclude<PaymentState, "created">,
  change: PaymentChange = {},
  onlyIf?: SQL,
) {
  return deps.db
    .update(payments)
    .set({ ...change, state })
    .where(and(eq(payments.id, id), inArray(payments.state, [...mayBecome[state]]), onlyIf))
    .returning({ id: payments.id });
}

/** false: it was in no state that may become this one. */
export async function movePayment(
  deps: Deps,
  id: string,
  state: Exclude<PaymentState, "created">,
  change: PaymentChange = {},
): Promise<boolean> {
  return (await moveStatement(deps, id, state, change)).length > 0;
}

/** Facts that leave the state as it is. */
export async function notePayment(deps: Deps, id: string, change: PaymentChange): Promise<void> {
  await deps.db.update(payments).set(change).where(eq(payments.id, id));
}

export async function markFulfilled(deps: Deps, id: string, nowMs: number): Promise<void> {
  await deps.db
    .update(payments)
    .set({ fulfilledAtMs: nowMs })
    .where(and(eq(payments.id, id), isNull(payments.fulfilledAtMs)));
}

export async function findUnfulfilled(deps: Deps, beforeMs: number, limit: number): Promise<PaymentRow[]> {
  return deps.db
    .select()
    .from(payments)
    .where(and(eq(payments.state, "paid"), isNull(payments.fulfilledAtMs), lt(payments.paidAtMs, beforeMs)))
    .orderBy(asc(payments.paidAtMs))
    .limit(limit);
}

/** Those whose provider is to be asked now what has become of them. */
export async function findDueChecks(
  deps: Deps,
  provider: PaymentRow["provider"],
  nowMs: number,
  limit: number,
): Promise<PaymentRow[]> {
  return deps.db
    .select()
    .from(payments)
    .where(and(isNotNull(payments.nextCheckAtMs), lte(payments.nextCheckAtMs, nowMs), eq(payments.provider, provider)))
    .orderBy(asc(payments.nextCheckAtMs))
    .limit(limit);
}

/** A tenant's that may still be paid. */
export async function findOpenPayments(
  deps: Deps,
  tenantId: string,
  provider: PaymentRow["provider"],
): Promise<PaymentRow[]> {
  return deps.db
    .select()
    .from(payments)
    .where(
      and(eq(payments.tenantId, tenantId), eq(payments.provider, provider), inArray(payments.state, [...openStates])),
    );
}

/** The claim as it is after this reading: one that is further stays where it is. */
export async function writeClaim(deps: Deps, row: typeof paymentClaims.$inferInsert): Promise<PaymentClaimRow> {
  await deps.db.insert(paymentClaims).values(row).onConflictDoNothing();
  const rank = sql`instr('noted frozen taken returned', `;
  await deps.db
    .update(paymentClaims)
    .set({
      state: row.state,
      providerStatus: row.providerStatus,
      updatedAtMs: row.updatedAtMs,
      ...(row.providerId === undefined ? {} : { providerId: row.providerId }),
    })
    .where(and(eq(paymentClaims.id, row.id), sql`${rank}${paymentClaims.state}) <= ${rank}${row.state})`));
  const [written] = await deps.db.select().from(paymentClaims).where(eq(paymentClaims.id, row.id)).limit(1);
  if (written === undefined) throw new Error(`the claim ${row.id} was written and is not there`);
  return written;
}

export async function findClaim(deps: Deps, id: string): Promise<PaymentClaimRow | null> {
  const [row] = await deps.db.select().from(paymentClaims).where(eq(paymentClaims.id, id)).limit(1);
  return row ?? null;
}

export async function listClaims(deps: Deps, paymentId: string): Promise<PaymentClaimRow[]> {
  return deps.db.select().from(paymentClaims).where(eq(paymentClaims.paymentId, paymentId));
}

export async function findUnsettledClaims(deps: Deps, beforeMs: number, limit: number): Promise<PaymentClaimRow[]> {
  return deps.db
    .select()
    .from(paymentClaims)
    .where(and(ne(paymentClaims.state, paymentClaims.settledState), lt(paymentClaims.updatedAtMs, beforeMs)))
    .orderBy(asc(paymentClaims.updatedAtMs))
    .limit(limit);
}

/** What the ledger has been told of a claim; one that has moved on meanwhile stays to be told again. */
export async function markClaimSettled(deps: Deps, claim: Pick<PaymentClaimRow, "id" | "state">): Promise<void> {
  await deps.db
    .update(paymentClaims)
    .set({ settledState: claim.state })
    .where(and(eq(paymentClaims.id, claim.id), eq(paymentClaims.state, claim.state)));
}

export async function findCustomerId(deps: Deps, tenantId: string): Promise<string | null> {
  const [row] = await deps.db.select().from(stripeCustomers).where(eq(stripeCustomers.tenantId, tenantId)).limit(1);
  return row?.customerId ?? null;
}

export async function findCustomerTenant(deps: Deps, customerId: string): Promise<string | null> {
  const [row] = await deps.db.select().from(stripeCustomers).where(eq(stripeCustomers.customerId, customerId)).limit(1);
  return row?.tenantId ?? null;
}

/** The first of two at once stays. */
export async function insertCustomer(deps: Deps, row: typeof stripeCustomers.$inferInsert): Promise<void> {
  await deps.db.insert(stripeCustomers).values(row).onConflictDoNothing();
}
