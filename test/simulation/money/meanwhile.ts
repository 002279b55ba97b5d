/** Much at once: what runs for us, step between step, while the world outside goes on. */
import { StripeFault } from "../../stand-ins/stripe/stripe-fault.ts";
import { disputeAtBank, payIntent, refundAtDashboard } from "./card-acts.ts";
import { Chance } from "./chance.ts";
import { consumerJob, cronJob, type Job, letterJob, runJobs, takeDue } from "./jobs.ts";
import { answerPrompt } from "./phone-acts.ts";
import { answerSession, moveSubscription } from "./plan-acts.ts";
import type { Asked, Play } from "./play.ts";
import { noFate, type Outcome } from "./processes.ts";

/** Webhooks, consumers, the cron, and clients who press again: all of them in one moment. */
export async function muchAtOnce(play: Play, chance: Chance): Promise<string> {
  play.collect(chance);
  const jobs: Job[] = [];
  const due = takeDue(play);
  for (const letter of due.splice(0, 3)) jobs.push(letterJob(play, letter, play.fate(chance)));
  play.letters.push(...due);
  for (let times = chance.between(1, 4); times > 0; times -= 1) {
    const job = consumerJob(play, play.fate(chance));
    if (job !== null) jobs.push(job);
  }
  if (chance.is(0.4)) jobs.push(cronJob(play, play.fate(chance)));
  const asked = chance.pickOrNull(play.asked);
  if (asked !== null && chance.is(0.5)) jobs.push(askedJob(play, asked, chance));
  if (chance.is(0.6)) jobs.push(outsideJob(play, new Chance(chance.below(2 ** 31))));
  return runJobs(play, jobs, chance);
}

function askedJob(play: Play, asked: Asked, chance: Chance): Job {
  return {
    name: asked.what,
    fateOf: play.fate(chance),
    work: async () => asked.work(await play.world.userContext(asked.tenant)),
    after: (outcome) => play.learn(asked, outcome as Outcome<{ id: string }>),
  };
}

const acts = [refundAtDashboard, disputeAtBank, moveSubscription, payIntent, answerSession, answerPrompt];

/** Something happens at a provider while we read of what it was before, and the news of it overtakes us. */
function outsideJob(play: Play, chance: Chance): Job {
  let words = "";
  return {
    name: "outside",
    fateOf: noFate,
    work: async () => {
      for (let times = chance.below(12); times > 0; times -= 1) await play.world.processes.pause();
      words = happen(play, chance);
      play.collect(chance);
      for (const letter of takeDue(play)) await letter.deliver();
      for (let times = 3; times > 0; times -= 1) {
        const consumer = consumerJob(play, noFate);
        await consumer?.work();
        consumer?.after({ kind: "answered", value: null });
      }
    },
    after: (outcome) => `${words} ${play.wordOf(outcome)}`,
  };
}

function happen(play: Play, chance: Chance): string {
  try {
    return chance.pick(acts)(play, chance);
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    return error.message;
  }
}
