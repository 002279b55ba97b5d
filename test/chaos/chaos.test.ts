/**
 * Many customers order small videos and buy credits while processes are killed, encoders hang, renderers lie and their disk is
 * full; then everything has to come to rest, and to be right. `SEED=` does other things at other moments, `ROUNDS=` more of them.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Chance } from "../simulation/money/chance.ts";
import { ChaosWorld } from "./chaos-world.ts";
import { Crowd } from "./crowd.ts";
import { findFaultsOf, findFaultsOfProcesses } from "./invariants.ts";
import { Journal } from "./journal.ts";
import { planRounds, roundsOfOneDeal, wordsFor } from "./plan.ts";
import { strike } from "./strike.ts";

const seed = Number(process.env.SEED ?? 20_261_125);
const rounds = Number(process.env.ROUNDS ?? roundsOfOneDeal);
const limitOfARoundMs = 8 * 60_000;

const journal = new Journal();
let world: ChaosWorld;

beforeAll(async () => {
  world = await ChaosWorld.open(journal, seed);
});

afterAll(async () => {
  await world?.close();
});

const lastLines = (log: string) => log.split("\n").slice(-60).join("\n");

test(
  "whatever is done to it, everything ends, is charged right, and is whole or not there",
  async () => {
    const chance = new Chance(seed);
    const crowd = new Crowd(world, new Chance(seed + 1));
    const faults: string[] = [];
    if (!world.canFillDisk) journal.note("no right to mount a small disk here: none is filled");
    try {
      for (const [round, planned] of planRounds(chance, rounds, world).entries()) {
        journal.note(`round ${round + 1} of ${rounds}`);
        await crowd.work(async () => {
          for (const fault of planned) {
            journal.note(wordsFor(fault));
            await strike(world, fault, chance);
            await new Promise((resolve) => setTimeout(resolve, chance.between(0, 1_500)));
          }
        });
        journal.note("nothing more is done");
        world.liar.disarm();
        await crowd.settle();
        journal.note("at rest");
        for (const customer of crowd.customers) faults.push(...(await findFaultsOf(world, customer)));
        faults.push(...(await findFaultsOfProcesses(world)));
        expect(faults).toEqual([]);
      }
      const outcomes = await crowd.outcomes();
      journal.note(`${crowd.customers.length} customers: ${JSON.stringify(outcomes)}`);
      expect(outcomes.succeeded).toBeGreaterThan(0);
      // Nothing is worn out: the next video is made at the first try.
      expect(await crowd.orderInPeace()).toMatchObject({ status: "succeeded" });
      expect((await world.close()).map(({ name, pid }) => `${name} ${pid}`)).toEqual([]);
    } catch (error) {
      journal.note(`failed; not at rest: ${JSON.stringify(await crowd.moving())}`);
      console.error(`${lastLines(world.productLog())}\n${lastLines(world.rendererLog())}`);
      throw error;
    } finally {
      console.log(`SEED=${seed} ROUNDS=${rounds}\n${journal.text()}`);
    }
  },
  rounds * limitOfARoundMs,
);
