/**
 * `npm run load`: the product as `npm start` runs it, under people. Prints the tables of docs/performance.md.
 *   new users   20 a minute sign up, order small videos that are really rendered, poll, read templates, usage and balance
 *   100, 500    so many at once, each with a press every one to three seconds
 *   backlog     the queue filled to its limit, refused, emptied, and taking orders again
 * `npm run load -- --minutes 10 --crowd-minutes 2 --only new-users,100`
 */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createStudio } from "../../src/sdk/studio.ts";
import { type Product, startProduct } from "../support/product.ts";
import { fillBacklog } from "./backlog.ts";
import { Latencies } from "./latencies.ts";
import { watchMemory } from "./memory-log.ts";
import { latencyTable, memoryTable, videosLine } from "./tables.ts";
import { newVisitor, pause, pressesAVideo, signUp, type Visitor, visit } from "./visitor.ts";

const newUsersAMinute = 20;
/** How long a new user stays. With 20 a minute that is 40 at a time. */
const staysMs = 120_000;
const operatorEmail = "operator@load.example";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    "crowd-minutes": { type: "string", default: "2" },
    only: { type: "string", default: "new-users,100,500,backlog" },
  },
});
const minutes = Number(values.minutes);
const crowdMinutes = Number(values["crowd-minutes"]);
const only = values.only.split(",");

async function newUsers(url: string, latencies: Latencies): Promise<Visitor[]> {
  const visits: Promise<Visitor>[] = [];
  const untilMs = Date.now() + minutes * 60_000;
  while (Date.now() < untilMs) {
    visits.push(come(url, latencies, `new-${visits.length}`, Math.min(untilMs, Date.now() + staysMs)));
    await pause(60_000 / newUsersAMinute);
  }
  return Promise.all(visits);
}

async function come(url: string, latencies: Latencies, name: string, untilMs: number): Promise<Visitor> {
  const visitor = await signUp(url, latencies, name);
  await visit(visitor, () => Date.now() > untilMs);
  return visitor;
}

/** They have signed up before: here it is measured what so many at once do, not how they came. */
async function crowd(url: string, latencies: Latencies, size: number): Promise<Visitor[]> {
  const visitors: Visitor[] = [];
  for (let index = 0; index < size; index += 1) {
    const { token } = await signUp(url, new Latencies(), `crowd-${size}-${index}`);
    // Not all order a video at the same moment.
    visitors.push({ ...newVisitor(url, latencies, token), turn: index % pressesAVideo });
  }
  const untilMs = Date.now() + crowdMinutes * 60_000;
  await Promise.all(visitors.map((visitor) => visit(visitor, () => Date.now() > untilMs)));
  return visitors;
}

async function phase(name: string, product: Product, run: (latencies: Latencies) => Promise<Visitor[]>): Promise<void> {
  const latencies = new Latencies();
  const memory = watchMemory(product);
  const startedMs = Date.now();
  const visitors = await run(latencies);
  const seconds = (Date.now() - startedMs) / 1000;
  memory.stop();
  console.log(`\n### ${name}\n`);
  console.log(latencyTable(latencies, seconds));
  console.log(`\n${memoryTable(memory)}`);
  console.log(`\n${await videosLine(visitors)}`);
}

async function main(): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-load-"));
  const product = await startProduct({ stateDir, variables: { ADMIN_EMAILS: operatorEmail } });
  try {
    const [cpu] = cpus();
    console.log(
      `${availableParallelism()} × ${cpu?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, load average before ${loadavg()[0]?.toFixed(2)}; Worker, renderer and all users on this machine`,
    );
    if (only.includes("new-users"))
      await phase(`${newUsersAMinute} new users a minute, ${minutes} minutes`, product, (latencies) =>
        newUsers(product.url, latencies),
      );
    for (const size of [100, 500]) {
      if (only.includes(String(size)))
        await phase(`${size} users at once, ${crowdMinutes} minutes`, product, (latencies) =>
          crowd(product.url, latencies, size),
        );
    }
    if (only.includes("backlog")) await reportBacklog(product.url);
  } finally {
    await product.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function reportBacklog(url: string): Promise<void> {
  const { access_token: token } = await createStudio({ baseUrl: url }).signUp({
    email: operatorEmail,
    password: "korosho na chai ya asubuhi",
  });
  const found = await fillBacklog(url, new Latencies(), token);
  console.log(
    `\n### Backlog\n\n${found.accepted} videos taken, then ${found.status} with Retry-After ${found.retryAfterSeconds} s; orders were taken again ${found.recoveredAfterSeconds.toFixed(0)} s after they had been cancelled`,
  );
}

await main();
