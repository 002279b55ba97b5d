/** Does one fault to the product, as soon as there is a render to do it to. */
import type { Chance } from "../simulation/money/chance.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import { attemptsMax, type Fault } from "./plan.ts";
import type { Moment } from "./renderer-front.ts";

/** Within this a busy product comes by every moment of a render, even after everything was started again. */
const preyLimitMs = 60_000;
/** An encoder of so small a video runs for about a second. */
const encoderLimitMs = 3_000;
const lookEveryMs = 50;
/** From a full disk's first failure until its last: three tries and the waits between them. */
const diskLimitMs = 60_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Throws when there was nothing to do it to: a fault that never comes tests nothing. */
export async function strike(world: ChaosWorld, fault: Fault, chance: Chance): Promise<void> {
  switch (fault.kind) {
    case "renderer_dies":
      return world.killRenderer((await whenSeen(world, fault.at)).renderer);
    case "worker_dies":
      await atAnyMoment(world, chance);
      return world.killWorker();
    case "worker_and_renderers_die":
      await atAnyMoment(world, chance);
      await Promise.all([world.killWorker(), ...world.fronts.map((_, renderer) => world.killRenderer(renderer))]);
      return;
    case "everything_dies":
      await atAnyMoment(world, chance);
      await Promise.all([world.killProduct(), ...world.fronts.map((_, renderer) => world.killRenderer(renderer))]);
      await pause(chance.between(0, 2_000));
      return world.startProduct();
    case "encoder_hangs":
      return hang(world);
    case "renderer_stalls":
      return stall(world, fault.forMs);
    case "renderer_lies":
      return lie(world, fault);
    case "disk_fills":
      return fill(world);
  }
}

async function atAnyMoment(world: ChaosWorld, chance: Chance): Promise<void> {
  await whenSeen(world, chance.pick(["scripting", "voicing", "rendering", "joining", "fetched"]));
  await pause(chance.between(0, 800));
}

/** The next render that gets there, and where. */
function whenSeen(world: ChaosWorld, moment: Moment): Promise<{ renderer: number; renderId: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error(`no render was seen ${moment}`))), preyLimitMs);
    const stop = world.watch((sight, renderer) => {
      if (sight.moment === moment) end(() => resolve({ renderer, renderId: sight.renderId }));
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      settle();
    };
  });
}

/** Whichever encoder is caught: that of the frames, of the poster, or of the sound. */
async function hang(world: ChaosWorld): Promise<void> {
  for (;;) {
    const { renderer } = await whenSeen(world, "rendering");
    for (const untilMs = Date.now() + encoderLimitMs; Date.now() < untilMs; await pause(lookEveryMs)) {
      if ((await world.stopEncoders(renderer)) > 0) return;
    }
  }
}

async function stall(world: ChaosWorld, forMs: number): Promise<void> {
  const { renderer } = await whenSeen(world, "rendering");
  await world.signalRenderer(renderer, "SIGSTOP");
  await pause(forMs);
  await world.signalRenderer(renderer, "SIGCONT");
}

type Lying = Extract<Fault, { kind: "renderer_lies" }>;

async function lie(world: ChaosWorld, { lie: told, times }: Lying): Promise<void> {
  const heard = Promise.withResolvers<void>();
  const timer = setTimeout(() => heard.reject(new Error(`nobody asked: ${told.name}`)), preyLimitMs);
  world.liar.arm(told, times, (renderId) => {
    world.journal.note(`a renderer ${told.name} (${renderId})`);
    heard.resolve();
  });
  await heard.promise.finally(() => clearTimeout(timer));
}

async function fill(world: ChaosWorld): Promise<void> {
  await whenSeen(world, "scripting");
  const tries = newFailures(world);
  await world.fillDisk();
  try {
    for (const untilMs = Date.now() + diskLimitMs; mostOfOne(tries()) < attemptsMax; await pause(lookEveryMs)) {
      if (Date.now() > untilMs) throw new Error(`the full disk was noticed ${JSON.stringify([...tries()])} times`);
    }
  } finally {
    await world.emptyDisk();
  }
}

/** How often each render has failed of a full disk from now on. */
function newFailures(world: ChaosWorld): () => Map<string, number> {
  const before = world.rendererLog().length;
  return () => {
    const failures = new Map<string, number>();
    for (const line of world.rendererLog().slice(before).split("\n")) {
      if (!line.includes('"disk_full"')) continue;
      const [, id = ""] = /"id":"([^"]+)"/.exec(line) ?? [];
      failures.set(id, (failures.get(id) ?? 0) + 1);
    }
    return failures;
  };
}

const mostOfOne = (failures: Map<string, number>) => Math.max(0, ...failures.values());
