/** What no schema can see: whether this service, with the models that are set up, can make this document. */
import type { FieldError } from "../../contract/errors.ts";
import {
  gifMaxSeconds,
  type MediaReference,
  recordedLanguages,
  sceneDurationMaxSeconds,
  type VideoDocument,
  writtenLanguages,
} from "../../contract/video.ts";
import type { NamedAsset } from "../assets/require-assets.ts";
import type { Models } from "../deps.ts";
import type { KnownSeconds } from "./estimate.ts";

const languageNames = new Intl.DisplayNames("en", { type: "language" });

type Speakers = Pick<Models, "hasScripts" | "hasPictures" | "hasVoice">;

/** What is wrong with it, each with its pointer into the request. Pure. `seconds`: its ceiling. */
export function findImpossible(document: VideoDocument, models: Speakers, seconds: number): FieldError[] {
  const [voice] = wrongWithVoice(document, models);
  const [script] = wrongWithScript(document, models);
  // A language that nobody speaks is not told of twice.
  const language = voice?.pointer === script?.pointer ? [voice] : [voice, script];
  return [
    ...language.flatMap((one) => one ?? []),
    ...(document.isEnhanced && !models.hasPictures
      ? [
          {
            pointer: "/ai_enhancement",
            detail: "no AI enhancement is set up on this service; leave it out",
            code: "not_available" as const,
          },
        ]
      : []),
    ...(document.format === "gif" && seconds > gifMaxSeconds
      ? [
          {
            pointer: "/output_format",
            detail: `a GIF lasts at most ${gifMaxSeconds} s, and this may last ${seconds} s; choose mp4 or webm`,
            code: "too_high" as const,
            params: { limit: gifMaxSeconds, unit: "seconds" },
          },
        ]
      : []),
  ];
}

function wrongWithVoice({ language, voice, source }: VideoDocument, models: Speakers): FieldError[] {
  if (voice.isPremium) {
    if (models.hasVoice(language)) return [];
    return [
      {
        pointer: "/premium_tts",
        detail: `no premium voice for ${languageNames.of(language)} is set up on this service; leave it out`,
        code: "not_available",
      },
    ];
  }
  if (!isOneOf(recordedLanguages, language)) return [];
  const isRecorded = source.kind === "scenes" && source.scenes.every(({ recording }) => recording !== undefined);
  if (isRecorded) return [];
  const premium = models.hasVoice(language) ? ", or ask for premium_tts" : "";
  return [
    {
      pointer: "/lang",
      detail: `no voice here speaks ${languageNames.of(language)}: send scenes with a recording each${premium}`,
      code: "not_available",
    },
  ];
}

function wrongWithScript({ language, source }: VideoDocument, models: Speakers): FieldError[] {
  if (source.kind !== "prompt" || models.hasScripts || isOneOf(writtenLanguages, language)) return [];
  return [
    {
      pointer: "/lang",
      detail: `no script is written in ${languageNames.of(language)} here: send a script or scenes instead of a prompt`,
      code: "not_available",
    },
  ];
}

function isOneOf(list: readonly string[], word: string): boolean {
  return list.includes(word);
}

/** Uploaded recordings that are longer than a scene may be. Of those fetched from elsewhere the render finds out. Pure. */
export function findLongRecordings({ source }: VideoDocument, known: KnownSeconds): FieldError[] {
  const scenes = source.kind === "scenes" ? source.scenes : [];
  return scenes.flatMap(({ recording }, index) => {
    const seconds = recording !== undefined && "asset" in recording ? known.get(recording.asset) : undefined;
    if (seconds === undefined || seconds <= sceneDurationMaxSeconds) return [];
    const detail = `lasts ${Math.ceil(seconds)} s, and a scene at most ${sceneDurationMaxSeconds} s; cut it, or make two scenes`;
    const params = { limit: sceneDurationMaxSeconds, unit: "seconds" };
    return [{ pointer: `/scenes/${index}/recording`, detail, code: "too_high", params }];
  });
}

/** The uploads that it names, each with the place it is named in and what it may be there. */
export function namedAssets({ source, music, brand }: VideoDocument): NamedAsset[] {
  const scenes = source.kind === "scenes" ? source.scenes : [];
  return [
    ...scenes.flatMap(({ picture, recording }, index) => [
      ...named(`/scenes/${index}/image`, picture?.kind === "media" ? picture.media : undefined, ["image", "video"]),
      ...named(`/scenes/${index}/recording`, recording, ["audio"]),
    ]),
    ...named("/music/asset", music.bed.kind === "media" ? music.bed.media : undefined, ["audio"]),
    ...named("/brand/logo", brand.logo, ["image"]),
  ];
}

function named(pointer: string, media: MediaReference | undefined, kinds: NamedAsset["kinds"]): NamedAsset[] {
  return media !== undefined && "asset" in media ? [{ pointer, assetId: media.asset, kinds }] : [];
}
