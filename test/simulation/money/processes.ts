/**
 * Who runs: a request, a queue consumer, a run of the cron, an object. Each call that leaves a process (a statement of the
 * database, a call of a ledger, a message, a call of a provider) is a numbered point, and at each point the process may die
 * before the call or after it, or the call may fail before its work or after it. A process that died says nothing any more:
 * no handler of its runs, as in a machine that lost its power.
 *
 * Processes that run together take turns at their points, drawn by chance; everything between two points is one step. So a
 * schedule is the same each time it is played.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Chance } from "./chance.ts";

export type PointKind = "db" | "ledger" | "queue" | "stripe" | "daraja";
export type Point = { number: number; kind: PointKind; label: string; process: string };
/** `is_overtaken`: others do all they have to do before this call is made. */
export type Fate = "dies_before" | "dies_after" | "fails_before" | "fails_after" | "is_overtaken";

/** Whether a call changes nothing anywhere: to die at it is to die after the last one that did. */
export function isReading({ kind, label }: Point): boolean {
  if (kind === "db") return label.startsWith("select");
  return kind === "ledger" ? /^(read|find)/.test(label) : label.startsWith("GET /v1");
}

/** What is to happen at a point; null: nothing special. */
export type FateOf = (point: Point) => Fate | null;

export const noFate: FateOf = () => null;

export type Outcome<Value> =
  | { kind: "answered"; value: Value }
  | { kind: "threw"; error: unknown }
  | { kind: "died"; at: Point };

/** The weather that a call meets; what a port makes of it is the port's. */
export class CallFailed extends Error {
  readonly isWorkDone: boolean;
  constructor(point: Point, isWorkDone: boolean) {
    super(`${point.kind} did not answer (${point.label})`);
    this.name = "CallFailed";
    this.isWorkDone = isWorkDone;
  }
}

export class Process {
  readonly name: string;
  readonly points: Point[] = [];
  diedAt: Point | null = null;
  readonly death: Promise<void>;
  private readonly fateOf: FateOf;
  private tellDeath: () => void = () => undefined;

  constructor(name: string, fateOf: FateOf) {
    this.name = name;
    this.fateOf = fateOf;
    this.death = new Promise((resolve) => {
      this.tellDeath = resolve;
    });
  }

  reach(kind: PointKind, label: string): { point: Point; fate: Fate | null } {
    const point = { number: this.points.length, kind, label, process: this.name };
    this.points.push(point);
    return { point, fate: this.fateOf(point) };
  }

  die(point: Point): Promise<never> {
    this.diedAt ??= point;
    this.tellDeath();
    return silence();
  }
}

const current = new AsyncLocalStorage<Process>();
type Turn = { process: Process; go: () => void };
/** Far more than any process needs; beyond it, it waits for something that never comes. */
const idleTicksMax = 5_000;

export class Processes {
  /** Whoever waits for its turn; null: only one runs, and needs none. */
  private turns: Turn[] | null = null;
  /** Runs within runs: only the innermost may say that everybody waits. */
  private depth = 0;
  /** What happens while a process is overtaken. */
  overtake: () => Promise<void> = async () => undefined;
  private readonly onIdle: () => boolean;

  /** `onIdle`: everybody waits for a timer; true: one was let go off. */
  constructor(onIdle: () => boolean) {
    this.onIdle = onIdle;
  }

  /** A call that leaves the process which makes it. Outside of any process nothing interferes. */
  async at<Value>(kind: PointKind, label: string, work: () => Value | Promise<Value>): Promise<Value> {
    const process = current.getStore();
    if (process === undefined) return work();
    if (process.diedAt !== null) return silence();
    await this.turn(process);
    if (process.diedAt !== null) return silence();
    const { point, fate } = process.reach(kind, label);
    if (fate === "dies_before") return process.die(point);
    if (fate === "fails_before") throw new CallFailed(point, false);
    if (fate === "is_overtaken") await this.overtake();
    const value = await work();
    if (fate === "dies_after") return process.die(point);
    if (process.diedAt !== null) return silence();
    if (fate === "fails_after") throw new CallFailed(point, true);
    return value;
  }

  /** In a process of its own, within the one that runs: an object that was called. */
  inside<Value>(process: Process, work: () => Promise<Value>): Promise<Value> {
    return current.run(process, work);
  }

  async run<Value>(name: string, fateOf: FateOf, work: () => Promise<Value>): Promise<Outcome<Value>> {
    const outcome = this.start(new Process(name, fateOf), work);
    await this.untilDone([outcome], null);
    return outcome;
  }

  /** All at once, their steps between one another as chance will have it. */
  async runTogether<Value>(
    jobs: readonly { name: string; fateOf: FateOf; work: () => Promise<Value> }[],
    chance: Chance,
  ): Promise<Outcome<Value>[]> {
    this.turns = [];
    const outcomes = jobs.map(({ name, fateOf, work }) => this.start(new Process(name, fateOf), work));
    await this.untilDone(outcomes, chance);
    this.turns = null;
    return Promise.all(outcomes);
  }

  private async start<Value>(process: Process, work: () => Promise<Value>): Promise<Outcome<Value>> {
    const done = current.run(process, async (): Promise<Outcome<Value>> => {
      try {
        return { kind: "answered", value: await work() };
      } catch (error) {
        return { kind: "threw", error };
      }
    });
    const death = process.death.then((): Outcome<Value> => {
      if (process.diedAt === null) throw new Error("a process died nowhere");
      return { kind: "died", at: process.diedAt };
    });
    return Promise.race([done, death]);
  }

  private turn(process: Process): Promise<void> | undefined {
    const { turns } = this;
    if (turns === null) return undefined;
    return new Promise((go) => turns.push({ process, go }));
  }

  /** The process that calls waits until chance lets it go on. */
  async pause(): Promise<void> {
    const process = current.getStore();
    if (process !== undefined) await this.turn(process);
  }

  private async untilDone(outcomes: readonly Promise<unknown>[], chance: Chance | null): Promise<void> {
    // Now and then one goes far ahead while another stands still: that takes more than a fair share of the turns.
    const steadiness = chance?.pick([0, 0.5, 0.9, 0.97]) ?? 0;
    let last: Process | null = null;
    this.depth += 1;
    const { depth } = this;
    let open = outcomes.length;
    for (const outcome of outcomes) {
      void outcome.finally(() => {
        open -= 1;
      });
    }
    for (let idle = 0; ; idle += 1) {
      await tick();
      const turns = (this.turns ?? []).filter(({ process }) => process.diedAt === null);
      // An object goes on with what it was asked, though whoever asked is dead.
      if (open === 0 && turns.length === 0) break;
      if (chance !== null && turns.length > 0) {
        const same = chance.is(steadiness) ? turns.filter(({ process }) => process === last) : [];
        const turn = chance.pick(same.length > 0 ? same : turns);
        last = turn.process;
        this.turns = turns.filter((other) => other !== turn);
        turn.go();
        idle = 0;
      } else if (this.depth > depth || (idle > 2 && this.onIdle())) {
        idle = 0;
      } else if (idle > idleTicksMax) {
        throw new Error("a process waits for something that never comes");
      }
    }
    this.depth -= 1;
  }
}

/** Until everything that can go on without the world has gone on. */
function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function silence(): Promise<never> {
  return new Promise(() => undefined);
}
