/** One tenant on a queue that delivers when it is told to, on a clock of its own, and how its trouble comes to rest. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { ledgerOf, readBooks, setClock } from "../../simulation/ledger-world.ts";
import { openSession } from "../../support/actors.ts";
import { type Client, newClient, type Reply, signUp } from "../../support/api-client.ts";
import { type HeldMessage, type HeldQueue, holdQueue } from "../../support/held-queue.ts";
import { setPlan, tenantIdOf } from "../../support/videos.ts";
import type { Weather } from "./weather.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** What is cut off in the middle is found after ten minutes at the latest, and mended in the next. */
const restMaxMs = 25 * minuteMs;

const granted = 10_000;

export type World = {
  weather: Weather;
  queue: HeldQueue;
  tenantId: string;
  userId: string;
  client: Client;
  /** What the tenant had before anything was asked for. */
  credits: number;
};

/** In years to come, so that no alarm goes off by itself. */
export const firstMomentMs = Date.UTC(2031, 2, 31, 12);

let latestMs = 0;

/** `ms` may be below zero: a clock that is set back. */
export function pass(ms: number): void {
  latestMs = Math.max(latestMs, Date.now());
  setClock(Date.now() + ms);
}

/** A tenant on a plan whose videos cost credits, with enough of them for a test. */
export async function newWorld(weather: Weather, variables: Record<string, string> = {}): Promise<World> {
  weather.clear();
  const queue = holdQueue(variables, true);
  queue.onSend((name, work) => weather.send("queue", `send ${name}`, work));
  const tenant = await signUp({ send: queue.send });
  const tenantId = await tenantIdOf(tenant);
  await setPlan(tenant, "pro");
  const answer = await ledgerOf(tenantId).grant({
    id: `test_${tenantId}`,
    credits: granted,
    description: "For the test",
    type: "purchase",
  });
  if (!answer.ok) throw new Error(answer.detail);
  const userId = tenant.session.user.id;
  return { weather, queue, tenantId, userId, client: tenant, credits: answer.balance };
}

/** Somebody who has signed in just now, whatever the clock did. */
export async function signedIn(world: World): Promise<Client> {
  const { userId, tenantId } = world;
  const person = { userId, tenantId, role: "owner", isAdmin: false } as const;
  const { headers } = await openSession(person);
  const token = headers.Authorization?.replace(/^Bearer /, "") ?? "";
  return newClient({ token, send: world.queue.send });
}

/** Backups and the like of every tenant of this file are not what is looked at here. */
function dropAccountMessages({ waiting }: HeldQueue): void {
  for (let place = waiting.length - 1; place >= 0; place -= 1)
    if (waiting[place]?.queue === "shujaa-accounts") waiting.splice(place, 1);
}

export async function deliverAll({ queue }: World): Promise<void> {
  dropAccountMessages(queue);
  await queue.deliverAll();
}

/** What still has to become of the tenant's things, in words; nothing: all is at rest. */
export async function unrestOf({ tenantId, queue }: World): Promise<string[]> {
  const rows = await env.DB.batch<{ id: string }>(
    [
      "SELECT id || ' is ' || status AS id FROM videos WHERE tenant_id = ? AND status NOT IN ('succeeded', 'failed', 'cancelled')",
      "SELECT id || ' is leased' AS id FROM videos WHERE tenant_id = ? AND lease_id IS NOT NULL",
      "SELECT id || ' is not settled' AS id FROM videos WHERE tenant_id = ? AND settled_at_ms IS NULL",
      "SELECT id || ' is not purged' AS id FROM videos WHERE tenant_id = ? AND deleted_at_ms IS NOT NULL AND purged_at_ms IS NULL",
      "SELECT id || ' is not swept' AS id FROM videos WHERE tenant_id = ? AND status IN ('failed', 'cancelled') AND started_at_ms IS NOT NULL AND purged_at_ms IS NULL",
      "SELECT id || ' is not settled' AS id FROM images WHERE tenant_id = ? AND settled_at_ms IS NULL",
      "SELECT id || ' is not purged' AS id FROM images WHERE tenant_id = ? AND deleted_at_ms IS NOT NULL AND purged_at_ms IS NULL",
      "SELECT id || ' is not purged' AS id FROM assets WHERE tenant_id = ? AND deleted_at_ms IS NOT NULL AND purged_at_ms IS NULL",
      "SELECT id || ' is an upload cut off' AS id FROM uploads WHERE tenant_id = ?",
    ].map((sql) => env.DB.prepare(sql).bind(tenantId)),
  );
  const holds = await openHolds(tenantId);
  return [
    ...rows.flatMap(({ results }) => results.map(({ id }) => id)),
    ...holds.map((id) => `${id} is held`),
    ...queue.waiting.filter(isRender).map(({ body }) => `${JSON.stringify(body)} waits`),
  ];
}

const isRender = ({ queue }: HeldMessage) => queue !== "shujaa-accounts";

/** Clear weather, and time: until nothing of the tenant's is under way any more. Throws when that takes too long. */
export async function comeToRest(world: World, limitMs = restMaxMs): Promise<void> {
  world.weather.clear();
  // What was done while the clock was ahead is over when that moment has come.
  if (Date.now() < latestMs) setClock(latestMs);
  const untilMs = Date.now() + limitMs;
  await deliverAll(world);
  for (let round = 0; ; round += 1) {
    const unrest = await unrestOf(world);
    if (unrest.length === 0) return runAlarms(world);
    if (Date.now() > untilMs) throw new Error(`no rest after ${limitMs / minuteMs} minutes: ${unrest.join("; ")}`);
    // A grace of seconds is over after a minute; what takes longer takes ten minutes or more.
    pass(round === 0 ? 61 * secondMs : limitMs / 4);
    await runAlarms(world);
    await world.queue.runCron();
    await deliverAll(world);
  }
}

async function runAlarms({ tenantId }: World): Promise<void> {
  await runDurableObjectAlarm(ledgerOf(tenantId));
}

type Asked = { reply: Reply; tries: number; problems: Reply[] };

/** Sends until it is answered with no 5xx, as a client does that retries; a key in progress is waited for. */
export async function untilAnswered(send: () => Promise<Reply>): Promise<Asked> {
  const problems: Reply[] = [];
  for (let tries = 1; tries <= 8; tries += 1) {
    const reply = await send();
    const isBusy = reply.status === 409 && reply.text.includes('"idempotency_in_progress"');
    if (reply.status < 500 && !isBusy) return { reply, tries, problems };
    problems.push(reply);
    if (isBusy) pass(91 * secondMs);
  }
  throw new Error(`never answered: ${problems.at(-1)?.text}`);
}

/** Timers that wait for long are over soon: a limit of thirty seconds is one of `30 / share`. */
export function hastenTimers(share: number): void {
  const longMs = 1_000;
  const hasten = (ms: number | undefined) => (ms !== undefined && ms >= longMs ? ms / share : ms);
  const { setTimeout: realTimeout, setInterval: realInterval } = globalThis;
  const realSignal = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((work: () => void, ms?: number) =>
    realTimeout(work, hasten(ms))) as typeof setTimeout);
  vi.spyOn(globalThis, "setInterval").mockImplementation(((work: () => void, ms?: number) =>
    realInterval(work, hasten(ms))) as typeof setInterval);
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => realSignal(hasten(ms) ?? ms));
}

async function openHolds(tenantId: string): Promise<string[]> {
  const { holds } = await readBooks(tenantId);
  return holds.filter(({ status }) => status === "held").map(({ id }) => id);
}
