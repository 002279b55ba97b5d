import { setImmediate } from "node:timers/promises";
import type { Wanted } from "../../src/contract/render-events.ts";
import { orAborted } from "../bounded.ts";
import { RenderFault } from "../failure.ts";
import { log } from "../log.ts";
import type { Overlay } from "../overlay/overlay.ts";
import type { TimedScene } from "../scenes.ts";
import { type Encoding, encodeSegments, segmentFingerprint } from "../video/encode-segments.ts";
import { planSegments, type Segment } from "../video/plan.ts";
import type { Gallery } from "./illustrate.ts";
import type { Render } from "./render.ts";
import { askedScenes } from "./scene-facts.ts";

/** A segment of the film by what it is made from, and where it lies once it is there. */
export type FilmSegment = { segment: Segment; key: string; file: string };
export type Film = { segments: FilmSegment[]; overlays: Overlay[]; encoding: Encoding };

/** What the film is made of: nothing is drawn for it. */
export async function planFilm(
  render: Render,
  made: {
    scenes: TimedScene[];
    overlays: Overlay[];
    logo: { file: string; sha256: string } | undefined;
    gallery: Gallery;
  },
): Promise<Film> {
  const { document, frame, artefacts } = render;
  const { fps, format, isDraft } = document;
  const { scenes, overlays, logo, gallery } = made;
  const asked = askedScenes(document);
  const encoding: Encoding = { format, quality: isDraft ? "draft" : "standard" };
  const plan = planSegments(
    scenes,
    {
      motions: scenes.map((_, scene) => asked[scene]?.motion),
      transitions: scenes.map((_, scene) => asked[scene]?.transition ?? document.transition),
    },
    fps,
  );
  const pictures = await Promise.all(scenes.map((_, scene) => gallery.fingerprint(scene)));
  const placeless = withoutPlaces(overlays, logo);
  const segments = plan.map((segment) => {
    const key = artefacts.keyOf("segment", segmentFingerprint(segment, placeless, { frame, fps, encoding }, pictures));
    return { segment, key, file: artefacts.fileFor(key) };
  });
  return { segments, overlays, encoding };
}

/** Overlays as they are fingerprinted: a logo is what it shows, wherever it lies. */
function withoutPlaces(overlays: Overlay[], logo: { file: string; sha256: string } | undefined): Overlay[] {
  if (!logo) return overlays;
  return JSON.parse(JSON.stringify(overlays).replaceAll(JSON.stringify(logo.file), JSON.stringify(logo.sha256)));
}

export function wantedSegment({ segment, key }: FilmSegment): Wanted {
  return { type: "artefact", kind: "segment", key, frames: segment.frameCount };
}

export const scenesOf = ({ layer, incoming }: Segment): number[] =>
  incoming ? [layer.scene, incoming.scene] : [layer.scene];

/**
 * Makes the segments that the caller has not, as soon as it says so, and announces each. `all` are those the percentage
 * counts. Throws what the encoder and the pictures throw.
 */
export async function makeSegments(render: Render, film: Film, gallery: Gallery, signal: AbortSignal): Promise<void> {
  const { supplies, hasKeeper, meter } = render;
  const framesAll = film.segments.reduce((sum, { segment }) => sum + segment.frameCount, 0);
  let framesThere = 0;
  const there = (frames: number, underWay = 0) => {
    framesThere += frames;
    meter.encoded((framesThere + underWay) / framesAll);
  };

  // The same picture in the same motion twice is one segment.
  const apart = [...new Map(film.segments.map((one) => [one.key, one])).values()];
  const shares = (key: string) =>
    film.segments.reduce((sum, one) => sum + (one.key === key ? one.segment.frameCount : 0), 0);
  const missing: FilmSegment[] = [];
  let unanswered = apart.length;
  let wake = Promise.withResolvers<void>();
  const answers = hasKeeper ? supplies.ask(apart.map(wantedSegment)) : [];
  apart.forEach((one, index) => {
    const take = (isThere: boolean) => {
      unanswered -= 1;
      if (isThere) there(shares(one.key));
      else missing.push(one);
      wake.resolve();
    };
    const answer = answers[index];
    // What rejects them is the end of the render, which the wait below hears of by itself.
    if (answer) answer.then((supply) => take(supply !== undefined)).catch(() => undefined);
    else take(false);
  });

  while (unanswered > 0 || missing.length > 0) {
    if (missing.length === 0) {
      await orAborted(signal, wake.promise);
      wake = Promise.withResolvers();
      // What is missing is said in a few answers at once: encoders work best on all of it.
      await setImmediate();
      continue;
    }
    const wave = missing.splice(0);
    await encodeWave(render, film, gallery, wave, signal, (frames) => there(0, frames));
    there(wave.reduce((sum, { key }) => sum + shares(key), 0));
  }
}

async function encodeWave(
  { artefacts, document, frame, lanes, stepLimitMs }: Render,
  { overlays, encoding }: Film,
  gallery: Gallery,
  wave: FilmSegment[],
  signal: AbortSignal,
  onFrames: (frames: number) => void,
): Promise<void> {
  const shown = new Set(wave.flatMap(({ segment }) => scenesOf(segment)));
  const count = Math.max(...shown) + 1;
  const prepared = Array.from({ length: count }, (_, scene) => (shown.has(scene) ? gallery.picture(scene) : undefined));
  const pictures = await orAborted(signal, Promise.all(prepared));
  const announced: Promise<void>[] = [];
  await encodeSegments({
    ...{ segments: wave, pictures, overlays, frame, fps: document.fps, encoding, signal, onFrames },
    ...{ lanes, silenceLimitMs: stepLimitMs },
    onSegment: (index) => {
      const segment = wave[index];
      if (!segment) return;
      const announcing = artefacts.announce("segment", segment.key);
      // When the encoder fails first, nobody waits for it any more.
      announcing.catch(() => undefined);
      announced.push(announcing);
    },
  });
  await Promise.all(announced);
}

/** The segments of a part, by their keys. Throws RenderFault when one of them is of another video. */
export function partOf(film: Film, keys: string[]): Film {
  const wanted = new Set(keys);
  const segments = film.segments.filter(({ key }) => wanted.has(key));
  if (new Set(segments.map(({ key }) => key)).size === wanted.size) return { ...film, segments };
  log("part_unknown", { segments: keys.length, found: segments.length });
  throw new RenderFault("encode_failed", "This part belongs to another video.", { isRetryable: false });
}
