/** What a video is charged for: all of it, or only what is new against another one. Pure. */
import type { RenderOutput, SourceUsed } from "../../contract/render-events.ts";
import type { DocumentScene, VideoDocument } from "../../contract/video.ts";
import { type Price, priceVideo } from "../credits/pricing.ts";
import type { Usage } from "../plans/plans.ts";
import { wholeSeconds } from "./estimate.ts";

/**
 * What decides the price, written down with the video at its submit:
 * - `full`: its seconds, and its extras;
 * - `scenes`: a revision, charged for the seconds of the scenes that differ (counted from 0), and for extras that are new;
 * - `difference`: a promoted draft, charged what it costs less what the draft has paid; that is taken off once a draft;
 * - `aspect`: another shape of a video that has paid for its voice, pictures and extras: its seconds alone.
 */
export type BillingBasis =
  | { kind: "full" }
  | { kind: "scenes"; scenes: number[]; extras: Extras }
  | { kind: "difference"; draftId: string; paidCredits: number }
  | { kind: "aspect" };

/** The draft whose payment is taken off; null: none is. */
export function discountOf(basis: BillingBasis): string | null {
  return basis.kind === "difference" && basis.paidCredits > 0 ? basis.draftId : null;
}

/** `usage`: the most it may take from the month's quotas, as it was held. */
export type Billing = { basis: BillingBasis; usage: Usage };

export type Extras = { hasOwnMusic: boolean; hasPremiumVoice: boolean; hasAiEnhancement: boolean };
export const noExtras: Extras = { hasOwnMusic: false, hasPremiumVoice: false, hasAiEnhancement: false };

/** What was asked for beside the video itself. */
export function extrasOf(document: VideoDocument): Extras {
  return {
    hasOwnMusic: document.music.bed.kind === "media",
    hasPremiumVoice: document.voice.isPremium,
    hasAiEnhancement: document.isEnhanced,
  };
}

/** What stands in for a model: where one of these had to, the extra was not had and is not charged. */
const standIns = ["espeak-ng", "drawn"];
/** The caller's own files and colours: no model's work. */
const callersOwn = ["recording", "asset", "url", "colour"];

/** What of it was had: own music always (a render without it fails), a model's work where it did all there was to do. */
export function extrasMade(document: VideoDocument, output: Pick<RenderOutput, "providers">): Extras {
  const asked = extrasOf(document);
  const { voice, pictures } = output.providers;
  return {
    hasOwnMusic: asked.hasOwnMusic,
    hasPremiumVoice: asked.hasPremiumVoice && isModelsWork(voice),
    hasAiEnhancement: asked.hasAiEnhancement && isModelsWork(pictures),
  };
}

function isModelsWork(providers: string): boolean {
  const made = providers.split("+").filter((name) => !callersOwn.includes(name));
  return made.length > 0 && !made.some((name) => standIns.includes(name));
}

/** Extras that are charged now and were not before. */
export function newExtras(asked: Extras, before: Extras): Extras {
  return {
    hasOwnMusic: asked.hasOwnMusic && !before.hasOwnMusic,
    hasPremiumVoice: asked.hasPremiumVoice && !before.hasPremiumVoice,
    hasAiEnhancement: asked.hasAiEnhancement && !before.hasAiEnhancement,
  };
}

/** The price of what the basis says, for scenes of these lengths. Zero where nothing is charged. */
export function priceOf(
  document: VideoDocument,
  basis: BillingBasis,
  made: { sceneSeconds: readonly number[]; totalSeconds: number; extras: Extras },
): Price {
  const priced = (seconds: number, extras: Extras) =>
    priceVideo({ seconds, resolution: document.resolution, isDraft: document.isDraft, ...extras });
  switch (basis.kind) {
    case "full":
      return priced(made.totalSeconds, made.extras);
    case "aspect":
      return priced(made.totalSeconds, noExtras);
    case "difference":
      return lessPaid(priced(made.totalSeconds, made.extras), basis.paidCredits);
    case "scenes": {
      const extras = bothOf(basis.extras, made.extras);
      const seconds = secondsOf(basis.scenes, made.sceneSeconds);
      return seconds > 0 ? priced(seconds, extras) : extrasAlone(priced(1, extras));
    }
  }
}

function secondsOf(scenes: readonly number[], sceneSeconds: readonly number[]): number {
  return scenes.reduce((sum, scene) => sum + (sceneSeconds[scene] ?? 0), 0);
}

function lessPaid(price: Price, paidCredits: number): Price {
  const paid = Math.min(paidCredits, price.credits);
  if (paid === 0) return price;
  return { credits: price.credits - paid, breakdown: [...price.breakdown, { item: "paid_for_draft", credits: -paid }] };
}

function extrasAlone(price: Price): Price {
  const breakdown = price.breakdown.filter(({ item }) => !item.startsWith("video_"));
  return { credits: breakdown.reduce((sum, line) => sum + line.credits, 0), breakdown };
}

function bothOf(one: Extras, other: Extras): Extras {
  return {
    hasOwnMusic: one.hasOwnMusic && other.hasOwnMusic,
    hasPremiumVoice: one.hasPremiumVoice && other.hasPremiumVoice,
    hasAiEnhancement: one.hasAiEnhancement && other.hasAiEnhancement,
  };
}

/** What it takes from the month's quotas, in whole seconds and pictures: what is new, as in the price. */
export function usageOf(document: VideoDocument, basis: BillingBasis, sceneSeconds: readonly number[]): Usage {
  const isBilled = (index: number) => basis.kind !== "scenes" || basis.scenes.includes(index);
  const seconds = (does: (scene: DocumentScene | null) => boolean) =>
    wholeSeconds(sceneSeconds.filter((_, index) => isBilled(index) && does(sceneAt(document, index))));
  // The voice and the pictures of a promoted draft, and of another shape, are there already.
  const isMadeBefore = basis.kind === "difference" || basis.kind === "aspect";
  return {
    images: isMadeBefore ? 0 : sceneSeconds.filter((_, index) => isBilled(index) && isPictured(document, index)).length,
    speech_seconds: isMadeBefore ? 0 : seconds((scene) => scene?.recording === undefined),
    render_seconds: seconds(() => true),
  };
}

function sceneAt(document: VideoDocument, index: number): DocumentScene | null {
  return document.source.kind === "scenes" ? (document.source.scenes[index] ?? null) : null;
}

function isPictured(document: VideoDocument, index: number): boolean {
  const kind = sceneAt(document, index)?.picture?.kind;
  return kind === undefined || kind === "generated";
}

/** Never above what was held. */
export function withinHeld(usage: Usage, held: Usage): Usage {
  return {
    images: Math.min(usage.images, held.images),
    speech_seconds: Math.min(usage.speech_seconds, held.speech_seconds),
    render_seconds: Math.min(usage.render_seconds, held.render_seconds),
  };
}

/** Who made the picture and the voice of each scene, by its index. */
export function providersOfScene(sources: readonly SourceUsed[], scene: number): { picture?: string; voice?: string } {
  const of = (what: SourceUsed["what"]) =>
    sources.find((source) => source.what === what && (source.scene ?? scene) === scene)?.provider;
  const [picture, voice] = [of("picture"), of("voice")];
  return { ...(picture === undefined ? {} : { picture }), ...(voice === undefined ? {} : { voice }) };
}
