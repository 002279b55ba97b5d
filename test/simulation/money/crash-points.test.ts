/**
 * Every way of a payment, cut off at every call that anybody makes on it: the process dies before the call, or after it and
 * before it hears, or only the call fails, before its work or after it. Then clients ask again, webhooks come again, the cron
 * runs, time passes; and what comes of it is what comes of the way that nothing befell. Nothing here is drawn: all is listed.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventsOfInterest } from "./card-acts.ts";
import { demandEqual } from "./demand.ts";
import { time } from "./money-world.ts";
import type { Play } from "./play.ts";
import { type Fate, isReading, type Point } from "./processes.ts";
import { comeToRest } from "./rest.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { beginPlay } from "./schedule.ts";

beforeAll(() => time.install());
afterAll(() => time.uninstall());

/**
 * The blows that differ. Who dies at a call that only reads dies as after the last one that changed something. When such a call
 * fails, its process stops there too, after what it does about failures, which is the same each time that kind of process
 * fails in that kind of reading: once will do. The cron, which reads for everybody, is cut off where it changes something.
 */
function fatesAt(point: Point, readingsFailed: Set<string>): Fate[] {
  if (!isReading(point)) return ["dies_before", "dies_after", "fails_before", "fails_after"];
  const reading = `${point.process.split(" ")[0]} ${point.kind} ${point.label.replace(/_\w{8,}/g, "")}`;
  if (point.process === "cron" || readingsFailed.has(reading)) return [];
  readingsFailed.add(reading);
  return ["fails_before"];
}

const { SCENARIO, BLOW } = process.env;

type Walk = { play: Play; end: unknown; error: unknown };

async function walk({ before, way }: Pick<Scenario, "before" | "way">, blow: Play["blow"]): Promise<Walk> {
  const play = await beginPlay(1, new Map());
  play.world.providers.stripe.configure({ enabledEvents: eventsOfInterest });
  try {
    play.count(null);
    await before?.(play);
    play.count(blow);
    await way(play);
    play.isPerilous = false;
    await comeToRest(play);
    return { play, end: endOf(play), error: null };
  } catch (error) {
    return { play, end: null, error };
  }
}

/** What matters to the people: what they have, what they paid for, and which plan they are on. */
function endOf(play: Play): unknown {
  const { world } = play;
  return {
    money: world
      .rows<{ id: string; name: string }>("SELECT id, name FROM tenants ORDER BY name")
      .map(({ id, name }) => [name, accountsOf(play, id)]),
    payments: world.rows(
      "SELECT purpose, amount, refunded_amount, dispute_state, fulfilled_at_ms IS NOT NULL AS done FROM payments WHERE state = 'paid' ORDER BY 1, 2, 3, 4",
    ),
    claims: world.rows("SELECT kind, state, amount FROM payment_claims ORDER BY 1, 2, 3"),
    periods: world.rows("SELECT plan, source FROM plan_periods ORDER BY 1, 2"),
  };
}

function accountsOf(play: Play, tenantId: string): unknown {
  const accounts = play.watch.booksOf(tenantId)?.accounts ?? new Map();
  return [...accounts].map(([name, { credits, debits }]) => [name, credits - debits]);
}

describe.each(scenarios.filter(({ name }) => SCENARIO === undefined || name === SCENARIO))("$name", (scenario) => {
  it("ends the same wherever it is cut off", { timeout: 300_000 }, async () => {
    const whole = await walk(scenario, null);
    if (whole.error !== null) throw describeWalk(whole, "without a blow");
    const { calls } = whole.play;
    expect(calls.length).toBeGreaterThanOrEqual(scenario.least);
    const readingsFailed = new Set<string>();
    for (const [number, point] of calls.entries()) {
      for (const fate of fatesAt(point, readingsFailed)) {
        if (BLOW !== undefined && BLOW !== `${number} ${fate}`) continue;
        const cut = await walk(scenario, { number, fate });
        const words = `BLOW='${number} ${fate}' (${point.process}: ${point.kind} ${point.label})`;
        if (cut.error !== null) throw describeWalk(cut, words);
        if (scenario.isLucky !== true) demandSameEnd(cut, whole, words);
      }
    }
  });
});

function demandSameEnd(cut: Walk, whole: Walk, words: string): void {
  try {
    demandEqual(cut.end, whole.end, "it ends otherwise");
  } catch (error) {
    throw describeWalk({ ...cut, error }, words);
  }
}

function describeWalk({ play, error }: Walk, words: string): Error {
  const text = error instanceof Error ? error.stack : String(error);
  return new Error(`${words}\n${play.story()}\n${text}`);
}
