/** What runs by itself in production, started here by a schedule: consumers, the cron, hooks, and the time between them. */
import { runCron } from "../../../src/jobs/cron.ts";
import { consumeBatch } from "../../../src/jobs/queue.ts";
import type { Chance } from "./chance.ts";
import { time } from "./money-world.ts";
import type { Letter, Play } from "./play.ts";
import { type FateOf, noFate, type Outcome } from "./processes.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
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
