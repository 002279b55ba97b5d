/** What a revision has otherwise than the video it revises: only that is charged. Pure. */
import type { DocumentScene, VideoDocument } from "../../contract/video.ts";
import { type BillingBasis, type Extras, extrasMade, extrasOf, newExtras, noExtras } from "./bill.ts";
import type { VideoRow } from "./tables.ts";

/**
 * What a revision is charged for, against a finished video. Whatever is seen or heard in every scene makes all of them new:
 * the shape, the size, the voice, the captions, the style. Music, its loudness and its ducking are mixed anew for nothing.
 */
export function basisOfRevision(
  before: Pick<VideoRow, "document" | "scenes" | "title" | "output">,
  now: VideoDocument,
): Extract<BillingBasis, { kind: "full" | "scenes" }> {
  const extras = newExtras(extrasOf(now), extrasHad(before));
  if (canonical(lookOf(before.document)) !== canonical(lookOf(now))) return { kind: "full" };
  if (now.source.kind === "prompt") {
    const isSame = canonical(before.document.source) === canonical(now.source);
    return isSame ? { kind: "scenes", scenes: [], extras } : { kind: "full" };
  }
  const there = identitiesOf({ ...before.document, title: before.title }, scenesOf(before));
  const scenes = identitiesOf(now, now.source.scenes).flatMap((identity, index) => {
    const place = there.indexOf(identity);
    if (place === -1) return [index];
    // Each scene that was paid for stands for one: to say it twice is to add a scene.
    there.splice(place, 1);
    return [];
  });
  return scenes.length === now.source.scenes.length ? { kind: "full" } : { kind: "scenes", scenes, extras };
}

/** An extra that was asked for and not had was not paid, either. */
function extrasHad({ document, output }: Pick<VideoRow, "document" | "output">): Extras {
  return output === null ? noExtras : extrasMade(document, output);
}

/** A prompt's scenes are those its script came to. */
function scenesOf({ document, scenes }: Pick<VideoRow, "document" | "scenes">): DocumentScene[] {
  if (document.source.kind === "scenes") return document.source.scenes;
  return (scenes ?? []).map(({ title, text }) => ({ title, text }));
}

/** What every scene has of it. Titles and transitions are told scene by scene, and sound is mixed for nothing. */
function lookOf({ source: _, title, titles, transition, music, loudnessLufs, ...look }: VideoDocument) {
  return look;
}

/** Everything that decides how a scene looks and sounds, wherever it stands. */
function identitiesOf(document: VideoDocument, scenes: readonly DocumentScene[]): string[] {
  return scenes.map((scene, index) =>
    canonical({
      ...scene,
      transition: scene.transition ?? document.transition,
      title: document.titles === "scenes" ? scene.title : undefined,
      opening: index === 0 && document.titles !== "off" ? (document.title ?? "") : undefined,
    }),
  );
}

/** One text for one value, however its fields were ordered; what is undefined is not there. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === "object" && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}
