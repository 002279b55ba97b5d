import * as claims from "../core/credits/claims.ts";
import type { ReclaimRequest, ReclaimResult, RestoreRequest, RestoreResult } from "../core/credits/ledger.ts";
import { type ClaimOf, describeDifference, fingerprint } from "../core/credits/requests.ts";
import { idReused, repeated } from "./ledger-answers.ts";
import type { LedgerBooks } from "./ledger-books.ts";
import type { LedgerClaims } from "./ledger-claims.ts";

type Rows = { books: LedgerBooks; claims: LedgerClaims };

/** To be called inside a storage transaction, as all that is here. */
export function reclaim(rows: Rows, wanted: ReclaimRequest, nowMs: number): ReclaimResult {
  const { id, paymentId, amount, paid } = wanted;
  const difference = differenceOfId(rows.books, wanted);
  if (difference !== null) return idReused(difference);
  const payment = rows.claims.findPayment(paymentId);
  if (payment === null) return { ok: false, code: "unknown_payment" };
  const claim = rows.claims.findClaim(id);
  const otherMoney = claims.describeOtherMoney(wanted, { amount: claim?.amount ?? null, paid: payment.paid });
  if (otherMoney !== null) return idReused(otherMoney);
  if (claim !== null && claim.reclaimAnswer !== null) return repeated<ReclaimResult>(claim.reclaimAnswer);

  // A claim that was restored before it was made is spent.
  const active = rows.claims.amountOfOthers(paymentId, id) + (claim === null ? amount : 0);
  const target = claims.creditsClaimed(payment, active, paid);
  const { postings, after, taken } = claims.takeBack(wanted, payment, target, rows.books.balances());
  const answer = { ok: true, taken, owed: after.owed, balance: after.available, isRepeat: false } as const;
  rememberId(rows.books, wanted, nowMs);
  rows.claims.setTaken(paymentId, target, paid);
  rows.claims.writeReclaim(wanted, JSON.stringify(answer));
  rows.books.post(id, postings, nowMs);
  return answer;
}

export function restore(rows: Rows, wanted: RestoreRequest, nowMs: number): RestoreResult {
  const { id, paymentId } = wanted;
  const payment = rows.claims.findPayment(paymentId);
  if (payment === null || differenceOfId(rows.books, wanted) !== null) return { ok: false, code: "unknown_payment" };
  const claim = rows.claims.findClaim(id);
  if (claim !== null && claim.restoreAnswer !== null) return repeated<RestoreResult>(claim.restoreAnswer);

  const active = rows.claims.amountOfOthers(paymentId, id);
  const target = payment.paid === null ? 0 : claims.creditsClaimed(payment, active, payment.paid);
  const { postings, after, returned } = claims.giveBack(wanted, payment, target, rows.books.balances());
  const answer = { ok: true, returned, owed: after.owed, balance: after.available, isRepeat: false } as const;
  rememberId(rows.books, wanted, nowMs);
  rows.claims.setTaken(paymentId, target, payment.paid);
  rows.claims.writeRestore(wanted, JSON.stringify(answer));
  rows.books.post(id, postings, nowMs);
  return answer;
}

/** null: the id is free, or is this very claim's. */
function differenceOfId(books: LedgerBooks, { id, paymentId }: ClaimOf): string | null {
  const earlier = books.findOperation(id);
  if (earlier === null) return null;
  return describeDifference(earlier, { kind: "claim", fingerprint: fingerprint({ id, paymentId }) });
}

function rememberId(books: LedgerBooks, { id, paymentId }: ClaimOf, nowMs: number): void {
  if (books.findOperation(id) !== null) return;
  books.addOperation(id, { kind: "claim", fingerprint: fingerprint({ id, paymentId }), answer: null }, nowMs);
}
