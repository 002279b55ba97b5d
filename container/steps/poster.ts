import { copyFile } from "node:fs/promises";
import path from "node:path";
import type { Wanted } from "../../src/contract/render-events.ts";
import { orAborted } from "../bounded.ts";
import type { Overlay } from "../overlay/overlay.ts";
import { scorePicture, writePoster } from "../video/poster.ts";
import type { Gallery } from "./illustrate.ts";
import type { Render } from "./render.ts";
import { at } from "./scene-facts.ts";

/** The best frame of a few scenes; `overlays` are those that belong on it. */
export type Poster = { key: string; scenes: number[]; overlays: Overlay[] };

/** So many pictures are looked at: more would have to be drawn again for it whenever one other scene changes. */
const candidatesMax = 4;

/** The opening scene, and others evenly spread. */
export function posterCandidates(sceneCount: number): number[] {
  const count = Math.min(candidatesMax, sceneCount);
  return Array.from({ length: count }, (_, index) => Math.round((index * (sceneCount - 1)) / Math.max(1, count - 1)));
}

export async function planPoster(
  { artefacts, frame }: Render,
  gallery: Gallery,
  made: { sceneCount: number; overlays: Overlay[] },
): Promise<Poster> {
  const scenes = posterCandidates(made.sceneCount);
  const pictures = await Promise.all(scenes.map((scene) => gallery.fingerprint(scene)));
  // When they are on screen is no part of what they show.
  const shown = made.overlays.map(({ x, y, width, height, art }) => ({ x, y, width, height, art }));
  const key = artefacts.keyOf("poster", { pictures, frame, shown });
  return { key, scenes, overlays: made.overlays };
}

export function wantedPoster({ key }: Poster): Wanted {
  return { type: "artefact", kind: "poster", key };
}

/** Writes poster.jpg. Throws what pictures and the encoder throw. */
export async function makePoster(render: Render, poster: Poster, gallery: Gallery, signal: AbortSignal): Promise<void> {
  const { supplies, artefacts, hasKeeper, frame, outputDirectory } = render;
  const limits = { signal, silenceLimitMs: render.stepLimitMs };
  const file = artefacts.fileFor(poster.key);
  const wasMade = hasKeeper && (await supplies.get(wantedPoster(poster), signal));
  if (!wasMade) {
    const pictures = await orAborted(signal, Promise.all(poster.scenes.map(gallery.picture)));
    const scores = await Promise.all(pictures.map((picture) => scorePicture(picture, { frame, ...limits })));
    const best = at(pictures, scores.indexOf(Math.max(...scores)));
    await writePoster({ picture: best, overlays: poster.overlays, frame, file, ...limits });
    await artefacts.announce("poster", poster.key);
  }
  await copyFile(file, path.join(outputDirectory, "poster.jpg"));
}
