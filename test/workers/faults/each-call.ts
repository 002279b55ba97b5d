/** Plays something once as it should go, and once for each call that it made of the world, with that call failing. */
import { problemDocument, problems } from "../../../src/contract/errors.ts";
import type { Reply } from "../../support/api-client.ts";
import { untruthsOf } from "./truth.ts";
import { type Call, type Fault, nameOf, type Weather } from "./weather.ts";
import { comeToRest, newWorld, pass, type World } from "./world.ts";

/** `dead`: this call and all that come after it fail, as when a process is killed. */
export type Trouble = Fault | "dead";

export type Play<Given> = {
  variables?: Record<string, string>;
  /** In clear weather. */
  prepare(world: World): Promise<Given>;
  /** In the weather. */
  act(world: World, given: Given, trouble: Trouble | null): Promise<void>;
  /** In clear weather, at once: what a person does who was told that it failed. Returns what should not have been. */
  goOn?(world: World, given: Given): Promise<string[]>;
  /** At rest, beside what is always true. */
  isRight(world: World, given: Given, trouble: Trouble | null): Promise<string[]>;
  restMs?: number;
};

/** A tenant's day has room for so many videos. */
const casesPerWorld = 14;

function gather(weather: Weather, { call: { port, what, nth }, trouble }: Case): void {
  let isDead = false;
  weather.gather(
    (call) => {
      const isIt = call.port === port && call.what === what && call.nth === nth;
      if (trouble !== "dead") return isIt ? trouble : null;
      isDead ||= isIt;
      return isDead ? "before" : null;
    },
    () => isDead,
  );
}

type Case = { call: Call; trouble: Trouble };

/** Everything that went wrong in any of the cases, each named; and how many cases there were. */
export async function playEach<Given>(
  weather: Weather,
  play: Play<Given>,
  troublesOf: (call: Call) => readonly Trouble[],
): Promise<{ wrong: string[]; cases: number }> {
  const { calls, wrong } = await playOnce(await newWorld(weather, play.variables), play, null);
  if (wrong.length > 0) return { wrong: wrong.map((one) => `in clear weather: ${one}`), cases: 0 };
  const cases = calls.filter(isItsOwn).flatMap((call) => troublesOf(call).map((trouble) => ({ call, trouble })));
  let world = await newWorld(weather, play.variables);
  for (const [index, one] of cases.entries()) {
    if (index % casesPerWorld === casesPerWorld - 1) world = await newWorld(weather, play.variables);
    const played = await playOnce(world, play, one);
    if (played.wrong.length === 0) continue;
    wrong.push(...played.wrong.map((what) => `${nameOf(one.call)}, ${one.trouble}: ${what}`));
    world = await newWorld(weather, play.variables);
  }
  return { wrong, cases: cases.length };
}

/** The letters of a sign-up go out beside it, at any time. */
const actLimitMs = 15_000;

async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no end after ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const isItsOwn = ({ what }: Call) => !what.includes("mails");

async function playOnce<Given>(
  world: World,
  play: Play<Given>,
  one: Case | null,
): Promise<{ calls: Call[]; wrong: string[] }> {
  const { weather } = world;
  const trouble = one?.trouble ?? null;
  const wrong: string[] = [];
  let calls: Call[] = [];
  try {
    // How many wait is counted once a second.
    pass(2_000);
    const given = await play.prepare(world);
    if (one === null) weather.gather(() => null);
    else gather(weather, one);
    await within(actLimitMs, play.act(world, given, trouble));
    calls = [...weather.calls];
    if (one !== null && weather.faults === 0) wrong.push("the call was never made");
    weather.clear();
    wrong.push(...((await play.goOn?.(world, given)) ?? []));
    await comeToRest(world, play.restMs);
    wrong.push(...(await play.isRight(world, given, trouble)), ...(await untruthsOf(world)));
  } catch (error) {
    weather.clear();
    wrong.push(error instanceof Error ? error.message : String(error));
  }
  return { calls, wrong };
}

/** What must hold of every answer to somebody whose request met a fault. */
export function replyUntruths(reply: Reply): string[] {
  const { status, text, headers } = reply;
  if (/D1_ERROR|: fault|SELECT |insert into|\.ts:\d|"stack"/i.test(text))
    return [`the answer tells of our insides: ${text}`];
  if (status < 400) return [];
  const type = headers.get("Content-Type");
  // HEAD
  if (text === "") return type === "application/problem+json" ? [] : [`${status} as ${type}`];
  if (type !== "application/problem+json") return [`${status} as ${type}: ${text}`];
  const parsed = problemDocument.safeParse(JSON.parse(text));
  if (!parsed.success) return [`no problem document: ${text}`];
  const { code, detail, request_id: requestId } = parsed.data;
  const untruths: string[] = [];
  if (problems[code].status !== status) untruths.push(`${status} with the code ${code}`);
  if (requestId !== headers.get("X-Request-Id") && !headers.has("Idempotent-Replayed"))
    untruths.push(`the request's id is ${requestId}`);
  if (detail.length < 10) untruths.push(`no words: ${detail}`);
  if (code === "internal") untruths.push(`an outage is told as a bug: ${text}`);
  if (status === 503 && !headers.has("Retry-After")) untruths.push("503 without Retry-After");
  return untruths;
}
