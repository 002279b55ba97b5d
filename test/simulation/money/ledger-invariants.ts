/** What holds of a ledger's rows after every step, whatever happened; written against the rows, sharing no rule with the code. */
import { createHash } from "node:crypto";
import { demand, demandEqual, sum } from "./demand.ts";
import { type Books, balanceOf, type EntryRow, type HoldRow, visibleAmount } from "./ledger-rows.ts";

const accountNames = ["issued", "available", "held", "spent", "owed"];

export function checkBooks(tenantId: string, books: Books): void {
  checkAccounts(tenantId, books);
  checkLines(tenantId, books);
  checkHolds(tenantId, books);
  checkPayments(tenantId, books);
}

function checkAccounts(tenantId: string, books: Books): void {
  const accounts = [...books.accounts.values()];
  demandEqual(sum(accounts.map((one) => one.debits)), sum(accounts.map((one) => one.credits)), "debits equal credits");
  for (const name of accountNames) {
    const moved = (side: "debit" | "credit") =>
      sum(books.entries.filter((entry) => entry[side] === name).map((entry) => entry.amount));
    demandEqual(
      balanceOf(books, name),
      moved("credit") - moved("debit"),
      `${tenantId}: ${name} is the sum of its entries`,
    );
  }
  for (const name of ["available", "held", "spent"]) {
    demand(balanceOf(books, name) >= 0, () => `${tenantId}: ${name} is below zero`);
  }
  const owed = 0 - balanceOf(books, "owed");
  demand(owed >= 0, () => `${tenantId}: more was collected than was owed`);
  demand(owed === 0 || balanceOf(books, "available") === 0, () => `${tenantId}: owes ${owed} and could spend others`);
}

function checkLines(tenantId: string, books: Books): void {
  let balance = 0;
  let number = 0;
  let hash = "0".repeat(64);
  for (const [index, entry] of books.entries.entries()) {
    balance += visibleAmount(entry);
    demandEqual(entry.sequence, index + 1, `${tenantId}: entries have no gaps`);
    demandEqual(entry.balance_after, balance, `${tenantId}: entry ${entry.sequence} tells the balance after it`);
    if (entry.transaction_number !== null) {
      number += 1;
      demandEqual(entry.transaction_number, number, `${tenantId}: transactions have no gaps`);
    }
    hash = hashOf(entry, hash);
    demandEqual(entry.hash, hash, `${tenantId}: the chain holds at entry ${entry.sequence}`);
  }
}

function hashOf(entry: EntryRow, previousHash: string): string {
  const { sequence, id, transaction_number, operation_id, type, debit, credit, amount, balance_after } = entry;
  const text = JSON.stringify([
    ...[previousHash, sequence, id, transaction_number, operation_id, type, debit, credit, amount, balance_after],
    ...[entry.description, entry.video_id, entry.payment_id, new Date(entry.created_at_ms).toISOString()],
  ]);
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function checkHolds(tenantId: string, books: Books): void {
  const open = books.holds.filter((hold) => hold.status === "held");
  demandEqual(
    balanceOf(books, "held"),
    sum(open.map((hold) => hold.credits)),
    `${tenantId}: held is what open holds hold`,
  );
  demandEqual(
    balanceOf(books, "spent"),
    sum(books.holds.map((hold) => hold.credits_charged)),
    `${tenantId}: spent is what was captured`,
  );
  for (const hold of books.holds) {
    const { id, status, credits, credits_charged: charged } = hold;
    demand(charged <= credits, () => `${tenantId}: ${id} captured more than it held`);
    const moved = (type: string) =>
      sum(books.entries.filter((entry) => entry.operation_id === id && entry.type === type).map((one) => one.amount));
    const back = status === "held" ? 0 : credits - charged;
    demandEqual(
      [moved("usage"), moved("capture"), moved("refund")],
      [credits, charged, back],
      `${tenantId}: hold ${id}`,
    );
  }
  const counters = books.counters.filter(({ metric }) => metric !== "uploads" && metric !== "storage_bytes");
  demandEqual(
    counters.map(({ period, metric, used }) => `${period} ${metric} ${used}`).sort(),
    countedBy(books.holds),
    `${tenantId}: counters are the sums of what is held and captured in their windows`,
  );
}

function countedBy(holds: readonly HoldRow[]): string[] {
  const counts = new Map<string, number>();
  const add = (name: string, amount: number) => counts.set(name, (counts.get(name) ?? 0) + amount);
  for (const { status, usage, usage_charged, day, month, videos } of holds) {
    if (status === "released") continue;
    const used = JSON.parse(status === "held" ? usage : (usage_charged ?? "{}")) as Record<string, number>;
    add(`${day} videos`, videos);
    for (const [metric, amount] of Object.entries(used)) add(`${month} ${metric}`, amount);
  }
  return [...counts]
    .filter(([, used]) => used !== 0)
    .map(([name, used]) => `${name} ${used}`)
    .sort();
}

/** What a payment granted, what its claims take, and what its entries say of both. */
function checkPayments(tenantId: string, books: Books): void {
  for (const { id, credits, bonus, paid, taken } of books.payments) {
    const entries = books.entries.filter((entry) => entry.payment_id === id);
    const granted = sum(
      entries.filter(({ type }) => ["purchase", "topup", "bonus"].includes(type)).map((e) => e.amount),
    );
    demandEqual(granted, credits + bonus, `${tenantId}: ${id} was granted once`);
    const active = sum(
      books.claims.flatMap((one) => (one.payment_id === id && one.restore_answer === null ? (one.amount ?? 0) : [])),
    );
    const target = paid === null ? 0 : active >= paid ? granted : Math.floor((granted * active) / paid);
    demandEqual(taken, target, `${tenantId}: of ${id} as much is taken as its claims claim`);
    demand(taken <= granted, () => `${tenantId}: of ${id} more was taken than granted`);
    const booked = sum(
      entries
        .filter(({ type }) => type === "adjustment" || type === "shortfall")
        .map(({ credit, amount }) => (credit === "issued" ? amount : 0 - amount)),
    );
    demandEqual(booked, taken, `${tenantId}: of ${id} as much is booked as taken`);
  }
}
