/** At rest: the money at the providers is the credits in the ledgers, and nothing is told otherwise anywhere. */
import { demand, demandEqual, sum } from "./demand.ts";
import { balanceOf } from "./ledger-rows.ts";
import { firstMomentMs, time } from "./money-world.ts";
import { type PaymentRow, transactionsOf } from "./payment-watch.ts";
import { checkPlans } from "./plan-truth.ts";
import type { Play } from "./play.ts";
import { readTruth, type TrueClaim, type TruePayment } from "./truth.ts";

const welcomeCredits = 10;

export async function checkAtRest(play: Play): Promise<void> {
  const { world } = play;
  const truth = readTruth(world);
  const payments = world.rows<PaymentRow>("SELECT * FROM payments");
  const forAPerson = new Set(
    world.rows<{ receipt: string }>("SELECT receipt FROM stray_receipts").map((r) => r.receipt),
  );
  for (const row of payments) {
    const paid = truth.get(row.id);
    if (row.invoice_id !== null) continue;
    const isSeen = row.attention !== null || (paid !== undefined && forAPerson.has(paid.name));
    if (paid === undefined) demand(row.state !== "paid", () => `${row.id} is paid, and nobody has paid it`);
    else
      demand(
        row.state === "paid" || isSeen,
        () => `${row.id} was paid (${paid.name}), and is ${row.state} here for ever`,
      );
  }
  checkClosed(play, payments);
  for (const tenant of world.rows<{ id: string }>("SELECT id FROM tenants")) {
    await checkMoney(play, tenant.id, payments, truth);
  }
  await checkPlans(play);
  checkLog(play);
}

/** What we call expired nobody can pay any more. */
function checkClosed({ world }: Play, payments: readonly PaymentRow[]): void {
  const stripe = world.providers.stripe.world;
  for (const { id, state, payment_intent_id: intent, checkout_session_id: session } of payments) {
    if (state !== "expired") continue;
    if (intent !== null)
      demandEqual(stripe.intent(intent).status, "canceled", `${id} is expired, and so is its intent`);
    if (session !== null)
      demand(stripe.session(session).status !== "open", () => `${id} is expired, and its page is open`);
  }
}

async function checkMoney(
  play: Play,
  tenantId: string,
  payments: readonly PaymentRow[],
  truth: Map<string, TruePayment>,
): Promise<void> {
  const { world } = play;
  const books = play.watch.booksOf(tenantId);
  if (books === undefined) return demand(false, () => `${tenantId} has no ledger`);
  const own = payments.filter((row) => row.tenant_id === tenantId && row.state === "paid" && row.invoice_id === null);
  const bought = sum(
    own
      .filter(({ plan }) => plan === null)
      .map((row) => row.credits + row.bonus - takenOf(row, claimsOf(play, row, truth))),
  );
  const given = sum(
    books.entries
      .filter(
        ({ type, payment_id, operation_id }) =>
          type === "adjustment" && payment_id === null && isOperators(operation_id),
      )
      .map(({ debit, credit, amount }) => (debit === "issued" ? amount : credit === "issued" ? 0 - amount : 0)),
  );
  const waived = sum(books.entries.filter(({ type }) => type === "waiver").map(({ amount }) => amount));
  const has =
    balanceOf(books, "available") + balanceOf(books, "held") + balanceOf(books, "spent") + balanceOf(books, "owed");
  demandEqual(
    has,
    welcomeCredits + bought + given + waived,
    `${tenantId}: what it has and has spent is what it was given`,
  );
  const isFrozen = own.some((row) => row.plan === null && truth.get(row.id)?.isFrozen === true);
  demandEqual(books.frozenBy.length > 0, isFrozen, `${tenantId} is frozen while a dispute is open`);
  const copied = world.rows<Record<string, unknown>>(
    "SELECT id, sequence, amount, balance_after FROM credit_transactions WHERE tenant_id = ? ORDER BY sequence",
    tenantId,
  );
  demandEqual(
    copied.map((row) => Object.values(row)),
    transactionsOf(books),
    `${tenantId}: the copy is the whole ledger`,
  );
  const statement = await world.ledgers.ask(tenantId, (one) => one.readStatement({ afterSequence: 0, limit: 1 }));
  demandEqual([statement.isProven, statement.differences], [true, []], `${tenantId}: the statement proves itself`);
}

/** What operators give and take has ids of its own kind. */
function isOperators(operationId: string): boolean {
  return operationId.startsWith("adj_");
}

/** What stands of a payment's claims: as the provider has it, and as we have it where a person was told that nobody knows. */
function claimsOf(play: Play, row: PaymentRow, truth: Map<string, TruePayment>): TrueClaim[] {
  const claims = truth.get(row.id)?.claims ?? [];
  const ours = play.world.rows<{ id: string; state: string; amount: number; kind: "refund" | "dispute" }>(
    "SELECT id, state, amount, kind FROM payment_claims WHERE payment_id = ?",
    row.id,
  );
  const taken = ours.filter(({ state }) => state === "taken");
  const isPhone = row.provider === "mpesa";
  for (const claim of claims) {
    const known = isPhone ? taken[0] : taken.find(({ id }) => id === claim.id);
    const isForAPerson = isPhone && row.attention !== null;
    demand(
      isForAPerson || (known !== undefined) === claim.stands,
      () => `${row.id}: the claim ${claim.id} ${claim.stands ? "stands" : "does not stand"}, and is otherwise here`,
    );
  }
  const unproven = taken.filter(({ id }) => (isPhone ? claims.length === 0 : !claims.some((claim) => claim.id === id)));
  for (const { id } of unproven)
    demand(row.attention !== null, () => `${row.id}: ${id} was taken, and nothing went back`);
  if (isPhone) return taken.map((claim) => ({ ...claim, stands: true }));
  return [...claims, ...unproven.map((claim) => ({ ...claim, stands: true }))];
}

function takenOf({ credits, bonus, amount }: PaymentRow, claims: readonly TrueClaim[]): number {
  const away = sum(claims.filter(({ stands }) => stands).map((claim) => claim.amount));
  return away >= amount ? credits + bonus : Math.floor(((credits + bonus) * away) / amount);
}

/** A bug that was caught and logged is a bug. */
function checkLog({ world }: Play): void {
  const bugs = world.log.filter(({ fields }) =>
    /invariant broken|TypeError|RangeError|syntax error|no such (table|column)/.test(String(fields.error)),
  );
  demandEqual(bugs, [], "bugs in the log");
  demand(time.nowMs > firstMomentMs, () => "time has passed");
}
