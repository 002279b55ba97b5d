/** What must hold of a ledger after every step, however it got there. */
import { expect } from "vitest";
import { type LedgerModel, metrics, type usageOf } from "./ledger-model.ts";
import { type Books, readHistory, statementOf, visibleAmount } from "./ledger-world.ts";

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
    if (name !== "issued") expect(credits - debits, `${name} is not below zero`).toBeGreaterThanOrEqual(0);
  }

  let balance = 0;
  let number = 0;
  for (const [index, entry] of books.entries.entries()) {
    balance += visibleAmount(entry);
    expect(entry.sequence, "entries have no gaps").toBe(index + 1);
    expect(entry.balance_after, "each entry tells the balance after it").toBe(balance);
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

  const isUncopied = books.copiedThrough < number;
  expect(isUncopied && books.alarmAtMs === null, "entries that D1 lacks have an alarm").toBe(false);
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
    }));
  expect(lines).toEqual(model.lines);
  const holds = books.holds.map((hold) => [hold.id, hold.status, hold.credits_charged, hold.day] as const);
  expect(holds.sort()).toEqual(
    [...model.holds].map(([id, hold]) => [id, hold.status, hold.charged.credits, hold.day] as const).sort(),
  );
  expect(books.operationIds.sort(), "every answer is kept").toEqual([...model.answers.keys()].sort());
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
  for (const { status, usage, usage_charged, day, month } of books.holds) {
    if (status === "released") continue;
    const counts = JSON.parse(status === "held" ? usage : (usage_charged ?? "{}")) as ReturnType<typeof usageOf>;
    add(`${day} videos`, 1);
    for (const metric of metrics) add(`${month} ${metric}`, counts[metric]);
  }
  return counted;
}
