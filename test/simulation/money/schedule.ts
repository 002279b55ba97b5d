/**
 * A schedule is a list of steps with dice of their own, drawn from a seed: what a step does follows from its dice and from what
 * is there by then, so steps can be left out and the others do what they did. Each schedule favours some kinds of steps and
 * leaves others out altogether, so that rare things meet often somewhere.
 */
import { StripeFault } from "../../stand-ins/stripe/stripe-fault.ts";
import { eventsOfInterest } from "./card-acts.ts";
import { Chance } from "./chance.ts";
import { consumeOne, deliver, takeDue } from "./jobs.ts";
import { balanceOf } from "./ledger-rows.ts";
import { MoneyWorld, time } from "./money-world.ts";
import { Play } from "./play.ts";
import { registerForPull } from "./providers.ts";
import { comeToRest } from "./rest.ts";
import { type StepName, steps } from "./steps.ts";
import { themes } from "./themes.ts";

export type Step = { name: StepName; dice: number };

const firstSteps = 5;

export function drawSteps(seed: number): Step[] {
  const chance = new Chance(seed);
  const theme = chance.weighted(themes.map((one) => [one.weight, one] as const));
  const kept = theme.names.filter((name) => steps[name].weight >= 6 || chance.is(0.65));
  const favoured = kept.map((name) => [steps[name].weight * chance.pick([0.3, 1, 1, 3]), name] as const);
  return Array.from({ length: chance.between(18, 40) }, (_, place) => ({
    name: place < firstSteps ? chance.pick(theme.begins) : chance.weighted(favoured),
    dice: chance.below(2 ** 31),
  }));
}

/** Throws what it finds; the journal says how it came to be. */
export async function playSteps(seed: number, schedule: readonly Step[], seen: Map<string, number>): Promise<void> {
  await playWith(seed, schedule, seen, () => undefined);
}

async function playWith(
  seed: number,
  schedule: readonly Step[],
  seen: Map<string, number>,
  onPlay: (play: Play) => void,
): Promise<void> {
  const play = await beginPlay(seed, seen);
  if (seed % 4 > 0) play.world.providers.stripe.configure({ enabledEvents: eventsOfInterest });
  onPlay(play);
  for (const { name, dice } of schedule) {
    await takeStep(play, name, new Chance(dice));
    play.watch.check(play.world);
    noteBooks(play);
    const after = new Chance(dice + 1);
    if (!after.is(0.4)) continue;
    await moveOn(play, after);
    play.watch.check(play.world);
  }
  await comeToRest(play);
}

function noteBooks(play: Play): void {
  for (const { tenantId } of play.world.tenants) {
    const books = play.watch.booksOf(tenantId);
    if (books === undefined) continue;
    if (books.frozenBy.length > 0) play.note("somebody is frozen");
    if (balanceOf(books, "owed") < 0) play.note("somebody owes credits");
    if (books.entries.some(({ credit }) => credit === "owed")) play.note("somebody has paid what they owed");
    if (books.claims.some(({ restore_answer }) => restore_answer !== null)) play.note("somebody was given back");
  }
}

/** The post is brought and worked on, as far as luck lets it. */
async function moveOn(play: Play, chance: Chance): Promise<void> {
  play.world.providers.stripe.settleDue();
  play.collect(chance);
  for (const letter of takeDue(play)) await deliver(play, letter, play.fate(chance));
  for (let left = play.world.queue.length; left > 0; left -= 1) await consumeOne(play, play.fate(chance));
}

async function takeStep(play: Play, name: StepName, chance: Chance): Promise<void> {
  play.world.providers.stripe.settleDue();
  try {
    play.tell(`${name}: ${await steps[name].take(play, chance)}`);
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    // A person at Stripe wants what Stripe does not let them do.
    play.tell(`${name}: ${error.message}`);
    play.note("Stripe says no to a person");
  }
}

/** Two tenants, and every schedule of them begins alike. */
export async function beginPlay(seed: number, seen: Map<string, number>): Promise<Play> {
  const world = new MoneyWorld(0);
  for (const name of ["amina", "brian"]) await world.join(name);
  await registerForPull(world.providers.daraja);
  time.reset(time.nowMs, seed);
  const play = new Play(world, seen);
  play.watch.check(world);
  return play;
}

export type Failure = { seed: number; steps: Step[]; error: unknown; story: string };

async function failureOf(seed: number, steps: Step[]): Promise<Failure | null> {
  let play: Play | null = null;
  try {
    await playWith(seed, steps, new Map(), (begun) => {
      play = begun;
    });
    return null;
  } catch (error) {
    return { seed, steps, error, story: (play as Play | null)?.story() ?? "" };
  }
}

const shrinkTriesMax = 300;

/** Leaves out as many steps as it can, in halves, quarters and one by one, for as long as it still fails. */
export async function shrink(seed: number, steps: Step[]): Promise<Failure | null> {
  const first = await failureOf(seed, steps);
  if (first === null) return null;
  let shortest: Failure = first;
  let tries = 0;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < shortest.steps.length && tries < shrinkTriesMax; ) {
      tries += 1;
      const left: Step[] = shortest.steps.toSpliced(start, size);
      const failure: Failure | null = left.length < shortest.steps.length ? await failureOf(seed, left) : null;
      if (failure === null) start += size;
      else shortest = failure;
    }
  }
  return shortest;
}

export function describeFailure({ seed, steps, error, story }: Failure): string {
  const cause = error instanceof Error && error.cause !== undefined ? `\nbecause of ${String(error.cause)}` : "";
  const words = error instanceof Error ? `${error.stack ?? error.message}${cause}` : String(error);
  return [
    `seed ${seed} fails: SEED=${seed} npx vitest run --project simulation plays it again.`,
    `The shortest schedule found has ${steps.length} steps:`,
    story,
    words,
  ].join("\n");
}
