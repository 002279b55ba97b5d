import type { Wanted } from "../../src/contract/render-events.ts";
import type { MixRequest } from "../audio/mix.ts";
import { withinTime } from "../bounded.ts";
import { RenderFault } from "../failure.ts";
import type { TimedScene } from "../scenes.ts";
import { type Narration, speechesOf } from "./narrate.ts";
import type { OwnMedia } from "./own-media.ts";
import type { Render } from "./render.ts";
import { at } from "./scene-facts.ts";

/** The sound of a video by what it is mixed from; undefined for a silent format. */
export type Sound = {
  key: string;
  file: string;
  mix: Omit<MixRequest, "workDirectory" | "signal">;
};

export function planSound(
  render: Render,
  made: { scenes: TimedScene[]; narrations: Narration[]; durationSeconds: number; music: OwnMedia | undefined },
): Sound | undefined {
  const { request, document, artefacts } = render;
  const { format, loudnessLufs } = document;
  if (format === "gif") return undefined;
  const { scenes, narrations, durationSeconds, music } = made;
  const { duckDb } = document.music;
  const speeches = speechesOf(narrations, scenes.length);
  const mood = document.music.bed.kind === "mood" ? document.music.bed.mood : "none";
  const bed = music ? ({ kind: "file", file: music.file } as const) : ({ kind: "mood", mood } as const);
  const isSilent = !music && mood === "none";
  const key = artefacts.keyOf("sound", {
    speeches: scenes.map((scene, index) => [at(narrations, index).digest, scene.speechStartSeconds]),
    bed: music ? { sha256: music.sha256 } : { mood, seed: isSilent ? undefined : request.seed },
    ...{ duckDb: isSilent ? undefined : duckDb, loudnessLufs, durationSeconds, format },
  });
  const file = artefacts.fileFor(key);
  return {
    key,
    file,
    mix: {
      scenes: scenes.map((scene, index) => ({
        speech: at(speeches, index),
        startSeconds: scene.speechStartSeconds,
      })),
      ...{ bed, duckDb, loudnessLufs, seed: request.seed, durationSeconds, format, outputPath: file },
    },
  };
}

export function wantedSound({ key }: Sound): Wanted {
  return { type: "artefact", kind: "sound", key };
}

/** The sound's file: made before, or mixed now. Throws RenderFault. */
export async function makeSound(render: Render, sound: Sound, signal: AbortSignal): Promise<string> {
  const { supplies, artefacts, hasKeeper, providers, workDirectory, stepLimitMs } = render;
  if (hasKeeper && (await supplies.get(wantedSound(sound), signal))) return sound.file;
  const limits = {
    signal,
    // Mixing and encoding a minute of sound takes a few seconds; it may take as long as it lasts.
    limitMs: stepLimitMs + 1_000 * sound.mix.durationSeconds,
    late: () => new RenderFault("render_timeout", "The sound took too long.", { isRetryable: true }),
  };
  await withinTime(limits, (mixSignal) => providers.sound.mix({ ...sound.mix, workDirectory, signal: mixSignal }));
  await artefacts.announce("sound", sound.key);
  return sound.file;
}
