import type { SourceUsed } from "../../src/contract/render-events.ts";
import type { BrandFont, MediaReference, VideoDocument } from "../../src/contract/video.ts";

const madeHere = "Made by Shujaa Studio for this video; free to use.";
const callersOwn = "The caller's own.";
const openFont = "SIL Open Font License 1.1.";

/** Providers that are no model: the rest are called by the model's name. */
const licences: Record<string, string> = {
  drawn: madeHere,
  colour: madeHere,
  "espeak-ng": madeHere,
  asset: callersOwn,
  url: callersOwn,
  recording: callersOwn,
};

const licenceOf = (provider: string) => licences[provider] ?? `Made by the model ${provider}, under the model's terms.`;

const typefaces: Record<BrandFont, string> = {
  grotesque: "Bricolage Grotesque",
  condensed: "Anton",
  serif: "DM Serif Display",
  geometric: "Poppins",
  humanist: "Noto Sans",
};

const mediaProvider = (media: MediaReference) => ("asset" in media ? "asset" : "url");

/** Where everything in the video comes from; `voices` and `pictures` are by scene. */
export function sourcesOf(document: VideoDocument, voices: string[], pictures: string[]): SourceUsed[] {
  const { brand, music, format, isDraft, captions, titles } = document;
  const sources: SourceUsed[] = [];
  pictures.forEach((provider, scene) => {
    sources.push({ what: "picture", scene, provider, licence: licenceOf(provider) });
  });
  if (format !== "gif") {
    voices.forEach((provider, scene) => {
      sources.push({ what: "voice", scene, provider, licence: licenceOf(provider) });
    });
    if (music.bed.kind === "media") {
      sources.push({ what: "music", provider: mediaProvider(music.bed.media), licence: callersOwn });
    } else if (music.bed.mood !== "none") {
      sources.push({ what: "music", provider: music.bed.mood, licence: madeHere });
    }
  }
  if (brand.logo) sources.push({ what: "logo", provider: mediaProvider(brand.logo), licence: callersOwn });
  if (captions.mode !== "off" || titles !== "off" || isDraft) {
    sources.push({ what: "typeface", provider: typefaces[brand.font ?? "grotesque"], licence: openFont });
  }
  return sources;
}

/** Each name once, in the order they first come, joined by `+`. */
export function namesOf(providers: string[]): string {
  return [...new Set(providers)].join("+");
}
