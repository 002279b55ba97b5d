/** What is done to the product in a run, drawn from its seed: every kind of fault once in three rounds, in any order. */
import type { Chance } from "../simulation/money/chance.ts";
import { type Lie, lies } from "./lies.ts";
import { type Moment, moments } from "./renderer-front.ts";

export type Fault =
  | { kind: "renderer_dies"; at: Moment }
  | { kind: "worker_dies" }
  | { kind: "worker_and_renderers_die" }
  | { kind: "everything_dies" }
  | { kind: "encoder_hangs" }
  | { kind: "renderer_stalls"; forMs: number }
  | { kind: "renderer_lies"; lie: Lie; times: number }
  /** Until a video has been given up for it. */
  | { kind: "disk_fills" };

/** Rounds in which every kind comes once. */
export const roundsOfOneDeal = 3;
/** After so many tries a video is given up. */
export const attemptsMax = 3;
const liesOfOneDeal = 6;

export function planRounds(chance: Chance, rounds: number, world: { canFillDisk: boolean }): Fault[][] {
  const planned: Fault[][] = [];
  while (planned.length < rounds) {
    const dealt: Fault[][] = Array.from({ length: roundsOfOneDeal }, () => []);
    for (const [index, fault] of chance.shuffled(oneOfEach(chance, world)).entries()) {
      dealt[index % roundsOfOneDeal]?.push(fault);
    }
    planned.push(...dealt);
  }
  return planned.slice(0, rounds);
}

function oneOfEach(chance: Chance, { canFillDisk }: { canFillDisk: boolean }): Fault[] {
  // Some in each deal, another choice with each seed: a run with more rounds has time for all of them.
  const told = chance.shuffled(lies).slice(0, liesOfOneDeal);
  // A try asks for its events once, and for five files.
  const lasting = chance.pick(lies.filter(({ to }) => to === "events"));
  return [
    ...moments.map((at): Fault => ({ kind: "renderer_dies", at })),
    { kind: "worker_dies" },
    { kind: "worker_and_renderers_die" },
    { kind: "everything_dies" },
    { kind: "encoder_hangs" },
    { kind: "renderer_stalls", forMs: chance.between(1_000, 5_000) },
    { kind: "renderer_lies", lie: lasting, times: attemptsMax },
    ...told.map((lie): Fault => ({ kind: "renderer_lies", lie, times: 1 })),
    ...(canFillDisk ? [{ kind: "disk_fills" } as const] : []),
  ];
}

export function wordsFor(fault: Fault): string {
  switch (fault.kind) {
    case "renderer_dies":
      return `a renderer dies: ${fault.at}`;
    case "renderer_stalls":
      return `a renderer stands still for ${fault.forMs} ms`;
    case "renderer_lies":
      return `a renderer ${fault.lie.name}, ${fault.times} times`;
    default:
      return fault.kind.replaceAll("_", " ");
  }
}
