/** What must hold of a ledger after every step, however it got there. */
import { createHash } from "node:crypto";
import { expect } from "vitest";
import { type LedgerModel, metrics, type usageOf } from "./ledger-model.ts";
import { type Books, type EntryRow, readHistory, statementOf, visibleAmount } from "./ledger-world.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const balanceOf = (books: Books, account: string) =>
  (books.accounts[account]?.credits ?? 0) - (books.accounts[account]?.debits ?? 0);

/** The books agree with themselves, whatever they tell. */
export function expectSoundBooks(books: Books): void {
  const accounts = Object.values(books.accounts);
  expect(sum(accounts.map((one) => one.debits)), "debits equal credits").toBe(sum(accounts.map((one) => one.credits)));
  for (const { name, debits, credits } of accounts) {
    const moved = (side: "debit" | "credit") =>
      sum(books.entries.filter((entry) => entry[side] === name).map((entry) => entry.amount));
    expect({ name, debits, credits }, "an account is the sum of its entries").toEqual({
      name,
      debits: moved("debit"),
      credits: moved("credit"),
    });
    if (name === "owed") expect(credits - debits, "nobody is owed").toBeLessThanOrEqual(0);
    else if (name !== "issued") expect(credits - debits, `${name} is not below zero`).toBeGreaterThanOrEqual(0);
  }

  if (balanceOf(books, "owed") < 0) expect(balanceOf(books, "available"), "who owes has nothing to spend").toBe(0);

  let hash = "0".repeat(64);
  let balance = 0;
  let number = 0;
  for (const [index, entry] of books.entries.entries()) {
    balance += visibleAmount(entry);
    expect(entry.sequence, "entries have no gaps").toBe(index + 1);
    expect(entry.balance_after, "each entry tells the balance after it").toBe(balance);
    hash = hashOf(entry, hash);
    expect(entry.hash, "each entry carries its hash and the one before it").toBe(hash);
    if (entry.transaction_number !== null) {
      number += 1;
      expect(entry.transaction_number, "transactions have no gaps").toBe(number);
    }
  }
  expect(balance, "the transactions sum to the balance").toBe(balanceOf(books, "available"));

  const open = books.holds.filter((hold) => hold.status === "held");
  expect(balanceOf(books, "held"), "held is the sum of open holds").toBe(sum(open.map((hold) => hold.credits)));
  expect(balanceOf(books, "spent"), "spent is the sum of captures").toBe(
    sum(books.holds.map((hold) => hold.credits_charged)),
  );
  for (const hold of books.holds) expect(hold.credits_charged).toBeLessThanOrEqual(hold.credits);
  expect(countersOf(books), "counters are the sum of open and captured holds").toEqual(countedByHolds(books));

  expectSoundClaims(books);

  const isUncopied = books.copiedThrough < number;
  expect(isUncopied && books.alarmAtMs === null, "entries that D1 lacks have an alarm").toBe(false);
}

/** As the documentation of the statement tells it. */
function hashOf(entry: EntryRow, previous: string): string {
  const { sequence, id, transaction_number, operation_id, type, debit, credit, amount, balance_after } = entry;
  const { description, video_id, payment_id, created_at_ms } = entry;
  const what = [previous, sequence, id, transaction_number, operation_id, type, debit, credit, amount, balance_after];
  const about = [description, video_id, payment_id, new Date(created_at_ms).toISOString()];
  return createHash("sha256")
    .update(JSON.stringify([...what, ...about]))
    .digest("hex");
}

/** Each payment has granted once; no more is taken than it granted, and just what the claims that stand are worth. */
function expectSoundClaims(books: Books): void {
  for (const { id, credits, bonus, paid, taken } of books.payments) {
    const entries = books.entries.filter((entry) => entry.payment_id === id);
    const grants = entries.filter((entry) => ["purchase", "topup", "bonus"].includes(entry.type));
    expect(new Set(grants.map((entry) => entry.operation_id)).size, "a payment grants once").toBe(1);
    expect(sum(grants.map((entry) => entry.amount)), "a payment grants what it says").toBe(credits + bonus);
    const back = entries.filter((entry) => !grants.includes(entry));
    const moved = sum(back.map((entry) => (entry.credit === "issued" ? entry.amount : -entry.amount)));
    expect(moved, "a payment says what was taken of it").toBe(taken);
    expect(taken, "no more is taken than was granted").toBeLessThanOrEqual(credits + bonus);
    const standing = books.claims.filter((claim) => claim.payment_id === id && claim.restore_answer === null);
    const money = sum(standing.map((claim) => claim.amount ?? 0));
    const worth = paid === null ? 0 : Math.min(credits + bonus, Math.floor(((credits + bonus) * money) / paid));
    expect(taken, "what is taken is what the claims are worth").toBe(worth);
  }
  const ids = new Set(books.payments.map(({ id }) => id));
  for (const entry of books.entries) if (entry.payment_id !== null) expect(ids).toContain(entry.payment_id);
}

/** The books tell what happened. */
export function expectBooksOf(model: LedgerModel, books: Books): void {
  const lines = books.entries
    .filter((entry) => entry.transaction_number !== null)
    .map((entry) => ({
      type: entry.type,
      amount: visibleAmount(entry),
      balanceAfter: entry.balance_after,
      videoId: entry.video_id,
      paymentId: entry.payment_id,
    }));
  expect(lines).toEqual(model.lines);
  const holds = books.holds.map((hold) => [hold.id, hold.status, hold.credits_charged, hold.day] as const);
  expect(holds.sort()).toEqual(
    [...model.holds].map(([id, hold]) => [id, hold.status, hold.charged.credits, hold.day] as const).sort(),
  );
  expect(books.operationIds.sort(), "every answer is kept").toEqual(
    [...model.answers.keys(), ...model.claims.keys()].sort(),
  );
  expect(0 - balanceOf(books, "owed"), "what is owed").toBe(model.owed);
  expect(books.payments.map(({ id, taken }) => [id, taken])).toEqual(
    [...model.payments.keys()].sort().map((id) => [id, model.taken(id)]),
  );
  expect(books.freezes.map(({ id, is_on }) => [id, is_on === 1])).toEqual([...model.freezes].sort());
}

/** D1 has the first so many transactions, at least those the ledger knows it has, and each as the ledger has it. */
export async function expectHistoryIsPrefix(tenantId: string, books: Books): Promise<void> {
  const history = await readHistory(tenantId);
  expect(history).toEqual(statementOf(tenantId, books).slice(0, history.length));
  expect(history.length).toBeGreaterThanOrEqual(books.copiedThrough);
}

function countersOf(books: Books): Record<string, number> {
  const used = books.counters.filter((counter) => counter.used !== 0);
  return Object.fromEntries(used.map((counter) => [`${counter.period} ${counter.metric}`, counter.used]));
}

function countedByHolds(books: Books): Record<string, number> {
  const counted: Record<string, number> = {};
  const add = (name: string, amount: number) => {
    if (amount !== 0) counted[name] = (counted[name] ?? 0) + amount;
  };
  for (const { status, usage, usage_charged, videos, day, month } of books.holds) {
    if (status === "released") continue;
    const counts = JSON.parse(status === "held" ? usage : (usage_charged ?? "{}")) as ReturnType<typeof usageOf>;
    add(`${day} videos`, videos);
    for (const metric of metrics) add(`${month} ${metric}`, counts[metric]);
  }
  return counted;
}
