/** One schedule while it is played: its world, what its people have asked for so far, and the weather. */
import type { UserContext } from "../../../src/core/context.ts";
import { type Deps, OutsideError } from "../../../src/core/deps.ts";
import { Refusal } from "../../../src/core/fail.ts";
import { collectEvents } from "./card-acts.ts";
import type { Chance } from "./chance.ts";
import { Broken } from "./demand.ts";
import { type MoneyWorld, type Tenant, time } from "./money-world.ts";
import { PaymentWatch } from "./payment-watch.ts";
import { collectCallbacks, deliverEarly } from "./phone-acts.ts";
import { CallFailed, type Fate, type FateOf, noFate, type Outcome, type Point, type PointKind } from "./processes.ts";

/** Something that a client asks for, and asks for again with the same key until it has an answer. */
export type Asked = {
  what: string;
  tenant: Tenant;
  key: string;
  work: (context: UserContext) => Promise<{ id: string }>;
  /** For so long a repeat names the same; left out: for ever. */
  keptMs?: number;
  /** What the first answer named, and when. */
  answeredId: string | null;
  answeredAtMs: number;
  isRefused: boolean;
};

/** Webhooks and callbacks on their way: what a provider has sent and we have not had yet, or had already. */
export type Letter = {
  from: "stripe" | "daraja";
  id: string;
  words: string;
  dueMs: number;
  deliver: () => Promise<unknown>;
};

/** How many of a hundred calls fail, by what they are made to. */
export type Weather = Record<PointKind, number>;
const fairWeather: Weather = { db: 0, ledger: 0, queue: 0, stripe: 0, daraja: 0 };

export class Play {
  readonly world: MoneyWorld;
  readonly watch = new PaymentWatch();
  readonly asked: Asked[] = [];
  readonly letters: Letter[] = [];
  /** Payment intents and pages that have reached a buyer: nobody can pay another one. */
  readonly payable = new Set<string>();
  readonly journal: string[] = [];
  weather: Weather = { ...fairWeather };
  /** Deaths and failures of single calls; none while the world calms down. */
  isPerilous = true;
  /** Where the one blow falls, counted over all calls of everybody; null: chance decides. */
  blow: { number: number; fate: Fate } | null = null;
  /** All calls so far, while blows are counted. */
  readonly calls: Point[] = [];
  private isCounting = false;
  private isOvertaking = false;
  private readonly seen: Map<string, number>;

  constructor(world: MoneyWorld, seen: Map<string, number>) {
    this.world = world;
    this.seen = seen;
    world.providers.early.deliver = (delivery) => deliverEarly(this, delivery);
  }

  get deps(): Deps {
    return this.world.deps;
  }

  /** How it came to be, and what our side last said of it. */
  story(): string {
    const lines = this.world.log
      .slice(-12)
      .map(({ level, event, fields }) => `${level} ${event} ${JSON.stringify(fields)}`);
    const events = this.world.rows<{ type: string; outcome: string | null; attempts: number }>(
      "SELECT type, outcome, attempts FROM provider_events ORDER BY received_at_ms",
    );
    const told = events.map(({ type, outcome, attempts }) => `${type}: ${outcome} after ${attempts}`);
    return [...this.journal, "what became of events:", ...told, "the end of the log:", ...lines]
      .map((line) => `  ${line}`)
      .join("\n");
  }

  /** For the table of what a run must have seen. */
  note(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  /** What the providers want to tell us goes into the post; without chance nothing gets lost there. */
  collect(chance: Chance | null = null): void {
    collectCallbacks(this, chance);
    collectEvents(this, chance);
  }

  tell(words: string): void {
    this.journal.push(`${new Date(time.nowMs).toISOString().slice(5, 19)} ${words}`);
  }

  clearUp(): void {
    this.weather = { ...fairWeather };
    this.setObjectFates(noFate);
  }

  /** What befalls the calls that objects make themselves: the ledgers' copies to D1, and those of the holder of M-Pesa's token. */
  setObjectFates(fateOf: FateOf): void {
    this.world.ledgers.fateOf = fateOf;
    this.world.providers.tokenFate.fateOf = fateOf;
  }

  calm(): void {
    this.isPerilous = false;
    this.clearUp();
    this.world.ledgers.calm();
  }

  /** From now on each call of anybody's is counted, and one of them is dealt the blow. */
  count(blow: { number: number; fate: Fate } | null): void {
    this.blow = blow;
    this.calls.length = 0;
    this.isCounting = true;
    this.setObjectFates((point) => onObject(this.nextBlow(point)));
  }

  /** What happens to the world, and is all worked on, while somebody stands still. */
  setNews(news: (play: Play) => Promise<void>): void {
    this.world.processes.overtake = async () => {
      this.isOvertaking = true;
      this.tell("(meanwhile)");
      await news(this);
      this.tell("(and on)");
      this.isOvertaking = false;
    };
  }

  private nextBlow(point: Point): Fate | null {
    if (!this.isPerilous || this.isOvertaking) return null;
    const number = this.calls.length;
    this.calls.push(point);
    return this.blow?.number === number ? this.blow.fate : null;
  }

  /** What befalls a process: mostly nothing, now and then its death or the failure of one call; and what the weather does. */
  fate(chance: Chance): FateOf {
    if (!this.isPerilous) return noFate;
    if (this.isCounting) return (point) => this.nextBlow(point);
    const { weather } = this;
    const isChosen = chance.is(0.25);
    const number = chance.below(chance.pick([3, 8, 20]));
    const chosen = chance.pick<Fate>(["dies_before", "dies_after", "fails_before", "fails_after"]);
    return (point: Point) => {
      if (isChosen && point.number === number) {
        this.note(`${point.kind} ${chosen}`);
        return chosen;
      }
      if (weather[point.kind] === 0 || !chance.is(weather[point.kind] / 100)) return null;
      this.note(`${point.kind} in bad weather`);
      return chance.pick<Fate>(["fails_before", "fails_after"]);
    };
  }

  /** Asks, and remembers it for a repeat. */
  async ask(asked: Omit<Asked, "answeredId" | "answeredAtMs" | "isRefused">, fateOf: FateOf): Promise<string> {
    const remembered: Asked = { ...asked, answeredId: null, answeredAtMs: 0, isRefused: false };
    this.asked.push(remembered);
    return this.repeat(remembered, fateOf);
  }

  async repeat(asked: Asked, fateOf: FateOf): Promise<string> {
    const { what, tenant } = asked;
    const outcome = await this.world.request(tenant, what, fateOf, asked.work);
    return this.learn(asked, outcome);
  }

  /** Two clicks at once: the same request, twice in parallel. */
  async repeatTwice(asked: Asked, chance: Chance): Promise<string> {
    const job = () => ({
      name: `${asked.what} of ${asked.tenant.name}`,
      fateOf: this.fate(chance),
      work: async () => asked.work(await this.world.userContext(asked.tenant)),
    });
    const outcomes = await this.world.processes.runTogether([job(), job()], chance);
    return outcomes.map((outcome) => this.learn(asked, outcome)).join(" and ");
  }

  learn(asked: Asked, outcome: Outcome<{ id: string }>): string {
    const word = this.wordOf(outcome);
    this.note(`${asked.what} ${word}`);
    if (outcome.kind === "answered") {
      const { id } = outcome.value;
      const isKept = time.nowMs - asked.answeredAtMs < (asked.keptMs ?? Number.POSITIVE_INFINITY);
      if (isKept && asked.answeredId !== null && asked.answeredId !== id) {
        throw new Broken(`${asked.what} with the same key was ${asked.answeredId}, and is ${id} now`);
      }
      if (asked.answeredId !== id) Object.assign(asked, { answeredId: id, answeredAtMs: time.nowMs });
    }
    if (outcome.kind === "threw" && outcome.error instanceof Refusal) asked.isRefused = true;
    this.tell(`${asked.tenant.name} ${asked.what} (${asked.key}): ${word} ${asked.answeredId ?? ""}`);
    return word;
  }

  /** One word for what came of a process. A bug is none of them. */
  wordOf(outcome: Outcome<unknown>): string {
    if (outcome.kind === "answered") return "answered";
    if (outcome.kind === "died") return "died";
    const { error } = outcome;
    if (error instanceof Refusal) return error.code;
    if (isWeather(error)) return "failed";
    throw error;
  }
}

/** An object that dies while it copies to D1 is a call that failed: its caller hears that, and the next meets a new one. */
function onObject(fate: Fate | null): Fate | null {
  if (fate === "dies_before") return "fails_before";
  return fate === "dies_after" ? "fails_after" : fate;
}

/** What the world did, whichever port it met first; everything else is a bug of ours. */
function isWeather(error: unknown): boolean {
  if (error instanceof CallFailed || error instanceof OutsideError) return true;
  return error instanceof Error && error.cause !== undefined && isWeather(error.cause);
}
