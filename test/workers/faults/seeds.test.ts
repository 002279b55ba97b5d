/**
 * Whole days of trouble, drawn from a seed: many videos and images at once, in weather that breaks any call of any kind, with
 * messages that come twice, late and in any order, consumers that are killed, objects that are thrown out of memory, and a
 * clock that jumps. Then the weather clears, and everything must come to rest as it should. `SEED=…` plays another one, and
 * `RUNS=…` so many.
 */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, inject, it, vi } from "vitest";
import { videoAccepted } from "../../../src/contract/videos.ts";
import { ledgerOf, setClock } from "../../simulation/ledger-world.ts";
import { Chance } from "../../simulation/money/chance.ts";
import type { Client, Reply } from "../../support/api-client.ts";
import { openGate } from "../../support/videos.ts";
import { replyUntruths } from "./each-call.ts";
import { untruthsOf } from "./truth.ts";
import { type Fault, faultsOf, type Sky, type Weather, watchWeather } from "./weather.ts";
import { comeToRest, firstMomentMs, newWorld, pass, signedIn, type World } from "./world.ts";

/** Each is a year and a month later than the one before, from 2031 on, and objects take no alarm after 2189. */
const runsMax = 140;
const settings = inject("simulation") ?? {};
const firstSeed = Number(settings.seed ?? 1);
const runs = Number(settings.runs ?? 12);
if (runs > runsMax) throw new Error(`RUNS is ${runsMax} at most: begin at another SEED for more`);
const stepsPerRun = 40;
/** So that each run is later than all of the one before, wherever in its year it begins. */
const daysBetweenRuns = 400;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let weather: Weather;
beforeEach(() => {
  weather = watchWeather();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const scripts = [
  [4, "plain"],
  [2, "short"],
  [3, "keeps:2"],
  [2, "models"],
  [1, "fail:disk_full"],
  [1, "fail:picture_timeout"],
  [1, "fail-again:voice_failed"],
  [2, "fail-once:encode_failed"],
  [1, "fail-kept:2"],
  [2, "drop-after-2"],
  [1, "busy:2"],
  [1, "refuse-once:500"],
  [1, "nonsense-once"],
  [1, "wrong-digest:video.mp4"],
  [1, "cut-file:poster.jpg"],
  [1, "keeps-wrong:2"],
] as const;

const jumps = [
  [6, 10_000],
  [4, minuteMs],
  [2, 15 * minuteMs],
  [1, hourMs],
  [1, -hourMs],
  [1, dayMs],
  [1, -dayMs],
] as const;

/** Some calls fail, each by itself; now and then a port is away for a while. */
function skyOf(chance: Chance): Sky {
  const rate = chance.pick([0, 0.02, 0.05, 0.15]);
  let away: { port: string; calls: number } | null = null;
  return (call) => {
    if (away !== null) {
      away.calls -= 1;
      if (away.calls < 0) away = null;
      else if (away.port === call.port) return "before";
    }
    if (!chance.is(rate)) return null;
    if (chance.is(0.1)) away = { port: call.port, calls: chance.between(5, 40) };
    return chance.pick<Fault>(faultsOf(call));
  };
}

type Run = {
  chance: Chance;
  world: World;
  client: Client;
  /** What was asked for with a key, and may be asked for again with it. */
  asked: { path: string; body: object; key: string; promised: Set<string> }[];
  videos: string[];
  untruths: string[];
  /** Consumers that are at work. */
  running: Promise<unknown>[];
  told: string[];
};

async function ask(run: Run, send: () => Promise<Reply>): Promise<Reply> {
  const reply = await send();
  run.untruths.push(...replyUntruths(reply));
  return reply;
}

async function submit(run: Run): Promise<void> {
  const { chance, client } = run;
  const again = chance.is(0.3) ? chance.pickOrNull(run.asked) : null;
  const isImage = chance.is(0.2);
  const script = chance.weighted(scripts);
  const fresh = {
    path: isImage ? "/api/images" : "/api/videos",
    body: isImage
      ? { prompt: `A boat ${chance.below(1000)}` }
      : {
          prompt: `${script} ${chance.below(1000)} a day in Nairobi`,
          scenes: chance.is(0.5) || script === "short" ? 3 : 1,
        },
    key: `key-${run.asked.length}`,
    promised: new Set<string>(),
  };
  const one = again ?? fresh;
  if (again === null) run.asked.push(fresh);
  const reply = await ask(run, () => client.post(one.path, one.body, { "Idempotency-Key": one.key }));
  if (reply.status !== 201 && reply.status !== 202) return;
  const { id } = JSON.parse(reply.text) as { id: string };
  one.promised.add(id);
  if (one.path === "/api/videos" && !run.videos.includes(id)) run.videos.push(id);
}

/** Any message, so that they come in any order; perhaps twice, at once or later; perhaps to one who is killed. */
function deliver(run: Run): void {
  const { chance, world } = run;
  const message = chance.pickOrNull(world.queue.waiting.filter(({ queue }) => queue !== "shujaa-accounts"));
  if (message === null) return;
  const copies = chance.weighted([
    [6, 1],
    [2, 2],
    [1, 0],
  ]);
  for (let copy = 0; copy < copies; copy += 1) run.running.push(world.queue.deliver({ ...message }));
  const place = world.queue.waiting.indexOf(message);
  if (chance.is(0.8)) world.queue.waiting.splice(place, 1);
}

async function rest(run: Run): Promise<void> {
  await Promise.all(run.running.splice(0));
}

/** Out of memory, in the middle of whatever it is asked; a room is a cache, and may lose all that it has. */
async function throwOut({ chance, world, videos }: Run): Promise<void> {
  const id = chance.pickOrNull(videos);
  if (id === null || chance.is(0.5)) return evict(ledgerOf(world.tenantId));
  const room = env.RENDER_ROOM.get(env.RENDER_ROOM.idFromName(id));
  if (chance.is(0.5)) await runInDurableObject(room, (_, { storage }) => storage.deleteAll());
  await evict(room);
}

async function evict(stub: DurableObjectStub): Promise<void> {
  await evictDurableObject(stub).catch((error: unknown) => {
    if (!String(error).includes("not currently running")) throw error;
  });
}

async function step(run: Run): Promise<void> {
  const { chance, client, world } = run;
  const kind = chance.weighted([
    [8, "submit"],
    [9, "deliver"],
    [3, "cron"],
    [4, "time"],
    [2, "cancel"],
    [2, "delete"],
    [2, "read"],
    [1, "retry"],
    [2, "throw out"],
    [3, "rest"],
    [2, "weather"],
  ] as const);
  const id = chance.pickOrNull(run.videos);
  run.told.push(kind);
  if (kind === "submit") return submit(run);
  if (kind === "deliver") return deliver(run);
  if (kind === "cron") return world.queue.runCron();
  if (kind === "rest") return rest(run);
  if (kind === "weather") return weather.gather(skyOf(chance));
  if (kind === "time") {
    pass(chance.weighted(jumps));
    weather.clear();
    run.client = await signedIn(world);
    return weather.gather(skyOf(chance));
  }
  if (kind === "throw out") {
    weather.clear();
    await throwOut(run);
    return weather.gather(skyOf(chance));
  }
  if (id === null) return;
  if (kind === "cancel") await ask(run, () => client.post(`/api/videos/${id}/cancel`));
  if (kind === "delete") await ask(run, () => client.call("DELETE", `/api/videos/${id}`));
  if (kind === "retry") {
    const reply = await ask(run, () => client.post(`/api/videos/${id}/retry`));
    if (reply.status === 202) run.videos.push(videoAccepted.parse(JSON.parse(reply.text)).id);
  }
  if (kind === "read") {
    const path = chance.pick([
      `/api/videos/${id}`,
      `/api/videos/${id}/file`,
      "/api/credits/transactions",
      "/api/videos",
    ]);
    await ask(run, () => client.get(path));
  }
}

const models = {
  MODELS_API_BASE: "http://models.test",
  MODELS_ACCOUNT_ID: "well-of-seeds",
  MODELS_API_TOKEN: "a token of the tests",
};

async function play(seed: number): Promise<string[]> {
  const chance = new Chance(seed);
  const begun = chance.pick([firstMomentMs, Date.UTC(2031, 2, 31, 23, 58), Date.UTC(2032, 1, 29, 12)]);
  setClock(begun + (seed - firstSeed) * daysBetweenRuns * dayMs);
  const world = await newWorld(weather, models);
  const run: Run = {
    ...{ chance, world, client: world.client, asked: [], videos: [], untruths: [], running: [], told: [] },
  };
  weather.gather(skyOf(chance));
  for (let count = 0; count < stepsPerRun; count += 1) await step(run);
  weather.clear();
  await Promise.all(run.videos.map(openGate));
  await rest(run);
  try {
    await comeToRest(world);
  } catch (error) {
    run.untruths.push(String(error));
  }
  for (const { key, promised } of run.asked)
    if (promised.size > 1) run.untruths.push(`${key} was promised ${[...promised].join()}`);
  const untruths = [...run.untruths, ...(await untruthsOf(world))];
  return untruths.length === 0 ? [] : [...untruths, run.told.join(", ")];
}

it.each(Array.from({ length: runs }, (_, index) => firstSeed + index))(
  "after any trouble everything comes to rest as it should (seed %i)",
  async (seed) => {
    expect(await play(seed)).toEqual([]);
  },
);
