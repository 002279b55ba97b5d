/** Faults stop, time passes: nothing may be left pending, and the money at the providers is the credits in the ledgers. */

import { runCron } from "../../../src/jobs/cron.ts";
import { consumeBatch } from "../../../src/jobs/queue.ts";
import { decideAtBanks } from "./card-acts.ts";
import { Chance } from "./chance.ts";
import { demand, demandEqual, sum } from "./demand.ts";
import { balanceOf } from "./ledger-rows.ts";
import { firstMomentMs, time } from "./money-world.ts";
import { type PaymentRow, transactionsOf } from "./payment-watch.ts";
import { checkPlans } from "./plan-truth.ts";
import type { Letter, Play } from "./play.ts";
import { type FateOf, noFate, type Outcome } from "./processes.ts";
import { readTruth, type TrueClaim, type TruePayment } from "./truth.ts";
import { endVideo, unfinishedVideos } from "./video-acts.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const welcomeCredits = 10;
/** The queue's own, in wrangler.toml; then only the inbox remembers. */
const deliveriesMax = 4;

/** A process to run, and what is made of its end. */
export type Job = {
  name: string;
  fateOf: FateOf;
  work: () => Promise<unknown>;
  after: (outcome: Outcome<unknown>) => string;
};

/** Hands the oldest message to the real consumer; null: none waits. */
export function consumerJob(play: Play, fateOf: FateOf): Job | null {
  const { world } = play;
  const message = world.queue.shift();
  if (message === undefined) return null;
  let isAcked = false;
  const attempts = message.attempts + 1;
  const ack = () => {
    isAcked = true;
  };
  const batch = {
    queue: "shujaa-payments",
    messages: [{ id: message.id, body: message.body, attempts, ack, retry: () => undefined }],
  };
  return {
    name: "consumer",
    fateOf,
    work: () => consumeBatch(world.systemContext(), batch as unknown as MessageBatch),
    after: (outcome) => {
      if (!isAcked && attempts < deliveriesMax) world.queue.push({ ...message, attempts });
      return isAcked ? "handled" : play.wordOf(outcome);
    },
  };
}

export function cronJob(play: Play, fateOf: FateOf): Job {
  play.note("cron");
  return {
    name: "cron",
    fateOf,
    work: () => runCron(play.world.systemContext()),
    after: (outcome) => play.wordOf(outcome),
  };
}

/** A provider that was not answered tries again, Stripe for days, Daraja never. */
export function letterJob(play: Play, letter: Letter, fateOf: FateOf): Job {
  return {
    name: `hook ${letter.words}`,
    fateOf,
    work: letter.deliver,
    after: (outcome) => {
      const word = play.wordOf(outcome);
      if (word !== "answered" && letter.from === "stripe") play.letters.push({ ...letter, dueMs: time.nowMs + hourMs });
      play.tell(`${letter.words}: ${word}`);
      return word;
    },
  };
}

export async function runJob(play: Play, job: Job): Promise<string> {
  return job.after(await play.world.processes.run(job.name, job.fateOf, job.work));
}

/** All at once, step between step. */
export async function runJobs(play: Play, jobs: readonly Job[], chance: Chance): Promise<string> {
  const outcomes = await play.world.processes.runTogether(jobs, chance);
  return outcomes.map((outcome, index) => jobs[index]?.after(outcome)).join(", ");
}

export async function consumeOne(play: Play, fateOf: FateOf): Promise<string> {
  const job = consumerJob(play, fateOf);
  return job === null ? "nothing waits" : runJob(play, job);
}

export async function runCronOnce(play: Play, fateOf: FateOf): Promise<string> {
  return runJob(play, cronJob(play, fateOf));
}

export async function deliver(play: Play, letter: Letter, fateOf: FateOf): Promise<string> {
  return runJob(play, letterJob(play, letter, fateOf));
}

/** What is in the post and due: those that are not yet stay in it. */
export function takeDue(play: Play): Letter[] {
  const due = play.letters.filter(({ dueMs }) => dueMs <= time.nowMs);
  for (const letter of due) play.letters.splice(play.letters.indexOf(letter), 1);
  return due;
}

/** Twice a day the cron runs and alarms ring, well or not, and once a day well: no outage of all is as long as two days. */
export async function passTime(play: Play, ms: number, chance: Chance | null): Promise<void> {
  const untilMs = time.nowMs + ms;
  // No weather lasts for days.
  if (ms > dayMs) play.clearUp();
  // Weeks are for renewals and lapses: days are as good as hours then.
  const hopMs = ms > 10 * dayMs ? 40 * hourMs : 12 * hourMs;
  for (let hops = 1; time.nowMs + hopMs < untilMs; hops += 1) {
    time.nowMs += hopMs;
    const isWell = chance === null || hopMs > dayMs || hops % 2 === 0;
    const { fateOf } = play.world.ledgers;
    if (isWell) play.world.ledgers.fateOf = noFate;
    // One that crashed is rung again within seconds.
    for (const soonMs of [0, 10_000]) {
      for (const tenantId of play.world.ledgers.dueAlarms(time.nowMs + soonMs)) await play.world.ledgers.ring(tenantId);
    }
    await runCronOnce(play, isWell ? noFate : play.fate(chance));
    for (let left = isWell ? play.world.queue.length : 0; left > 0; left -= 1) await consumeOne(play, noFate);
    play.world.ledgers.fateOf = fateOf;
  }
  time.nowMs = untilMs;
}

/** So long at least that M-Pesa's list of receipts has been read. */
const leastRestMs = 26 * hourMs;

/** Until nothing is pending, and a while at least; what is pending for longer is a bug. */
export async function comeToRest(play: Play): Promise<void> {
  play.calm();
  play.tell("— the faults stop —");
  const calmMs = time.nowMs;
  for (let round = 0; ; round += 1) {
    await drainEverything(play);
    play.watch.check(play.world);
    const pending = pendingOf(play);
    if (pending.length === 0 && time.nowMs > calmMs + leastRestMs) break;
    demand(time.nowMs < calmMs + 12 * dayMs, () => `after days it still waits: ${pending.join("; ")}`);
    demand(round < 600, () => `it never ends: ${pending.join("; ")}`);
    time.nowMs = nextMoment(play, round);
    await runCronOnce(play, noFate);
  }
  await checkAtRest(play);
}

async function drainEverything(play: Play): Promise<void> {
  const { world } = play;
  const anyhow = new Chance(play.journal.length);
  decideAtBanks(play, anyhow);
  play.collect();
  for (const letter of takeDue(play)) await deliver(play, letter, noFate);
  for (const video of unfinishedVideos(play)) await endVideo(play, video, anyhow);
  while (world.queue.length > 0) await consumeOne(play, noFate);
  for (const tenantId of world.ledgers.dueAlarms(time.nowMs)) await world.ledgers.ring(tenantId);
}

/** When something is due, or a while later each time: what nothing says to be due may be all the same. */
function nextMoment(play: Play, round: number): number {
  const soonest = time.nowMs + minuteMs;
  const [row] = play.world.rows<{ dueMs: number | null }>(`
    SELECT min(due) AS dueMs FROM (
      SELECT next_check_at_ms AS due FROM payments WHERE next_check_at_ms IS NOT NULL
      UNION ALL SELECT next_try_at_ms FROM provider_events WHERE handled_at_ms IS NULL
      UNION ALL SELECT updated_at_ms + 15001 FROM payment_claims WHERE state <> settled_state
      UNION ALL SELECT paid_at_ms + 15001 FROM payments WHERE state = 'paid' AND fulfilled_at_ms IS NULL
      UNION ALL SELECT created_at_ms + 30001 FROM tenants WHERE welcomed_at_ms IS NULL)`);
  const letters = play.letters.map(({ dueMs }) => dueMs);
  const alarm = play.world.ledgers.nextAlarmMs() ?? Number.POSITIVE_INFINITY;
  const unknown = time.nowMs + Math.min(dayMs, 11 * minuteMs * 4 ** round);
  const next = Math.min(row?.dueMs ?? Number.POSITIVE_INFINITY, alarm, unknown, ...letters);
  return Math.max(soonest, next);
}

function pendingOf(play: Play): string[] {
  const { world } = play;
  const found = world.rows<{ what: string }>(`
    SELECT 'event ' || id AS what FROM provider_events WHERE handled_at_ms IS NULL
    UNION ALL SELECT 'payment ' || id || ' ' || state FROM payments WHERE state IN ('created', 'pending', 'confirming')
    UNION ALL SELECT 'unfulfilled ' || id FROM payments WHERE state = 'paid' AND fulfilled_at_ms IS NULL
    UNION ALL SELECT 'claim ' || id || ' ' || state || ' settled ' || settled_state FROM payment_claims WHERE state <> settled_state
    UNION ALL SELECT 'tenant ' || id FROM tenants WHERE welcomed_at_ms IS NULL
    UNION ALL SELECT 'video ' || id FROM videos WHERE settled_at_ms IS NULL`);
  const pending = found.map(({ what }) => what);
  pending.push(...world.queue.map(({ id }) => `message ${id}`), ...play.letters.map(({ words }) => `letter ${words}`));
  for (const [tenantId, storage] of world.ledgers.storages) {
    const [held] = storage.file.rows<{ id: string }>("SELECT id FROM holds WHERE status = 'held'");
    if (held !== undefined) pending.push(`hold ${held.id}`);
    if (storage.alarmAtMs !== null) pending.push(`alarm of ${tenantId}`);
  }
  return pending;
}

async function checkAtRest(play: Play): Promise<void> {
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
  for (const tenant of world.rows<{ id: string }>("SELECT id FROM tenants")) {
    await checkMoney(play, tenant.id, payments, truth);
  }
  await checkPlans(play);
  checkLog(play);
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
    /invariant broken|TypeError|is not a function/.test(String(fields.error)),
  );
  demandEqual(bugs, [], "bugs in the log");
  demand(time.nowMs > firstMomentMs, () => "time has passed");
}
