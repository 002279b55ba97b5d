/**
 * What was read is old by the time it is written down: each process stands still before each of its calls, one after the other,
 * while the world goes on and all of it is told and worked on; then it goes on with what it knew. Nothing here is drawn.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventsOfInterest } from "./card-acts.ts";
import { time } from "./money-world.ts";
import { type Overtaking, overtakings } from "./overtakings.ts";
import type { Play } from "./play.ts";
import { comeToRest } from "./rest.ts";
import { beginPlay } from "./schedule.ts";

beforeAll(() => time.install());
afterAll(() => time.uninstall());

const { SCENARIO, BLOW } = process.env;

/** `at`: the call before which it is overtaken; null: never, and the news comes after it. */
async function walk({ before, slow, news }: Overtaking, at: number | null): Promise<Play> {
  const play = await beginPlay(1, new Map());
  play.world.providers.stripe.configure({ enabledEvents: eventsOfInterest });
  play.count(null);
  try {
    await before(play);
    play.setNews(async () => {
      await news(play);
    });
    play.count(at === null ? null : { number: at, fate: "is_overtaken" });
    await slow(play);
    play.isPerilous = false;
    if (at === null) await news(play);
    await comeToRest(play);
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`BLOW=${at} (${JSON.stringify(play.calls[at ?? 0])})\n${play.story()}\n${words}`);
  }
  return play;
}

describe.each(overtakings.filter(({ name }) => SCENARIO === undefined || name === SCENARIO))("$name", (overtaking) => {
  it("ends as the world does, wherever it is overtaken", { timeout: 300_000 }, async () => {
    const { calls } = await walk(overtaking, null);
    if (overtaking.calls === undefined) expect(calls.length).toBeGreaterThan(3);
    else expect(calls.map(({ label }) => label)).toEqual(overtaking.calls);
    for (const at of calls.keys()) if (BLOW === undefined || BLOW === String(at)) await walk(overtaking, at);
  });
});
