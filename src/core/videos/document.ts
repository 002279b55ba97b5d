import type { FieldError } from "../../contract/errors.ts";
import {
  type DocumentMusic,
  type DocumentScene,
  defaultSceneCount,
  type MediaReference,
  type ScenePicture,
  scenesMax,
  type TitleMode,
  type VideoDocument,
  type VideoSource,
} from "../../contract/video.ts";
import {
  type ImageInput,
  type MediaInput,
  optionFields,
  type SceneBody,
  type VideoOptionsBody,
  videoDefaults,
} from "../../contract/video-options.ts";
import type { CreateVideoBody } from "../../contract/videos.ts";
import { fail } from "../fail.ts";
import { fillTemplate } from "../templates/fill-template.ts";
import { mergeOptions } from "./merge-options.ts";
import { splitScript } from "./split-script.ts";

export const workingTitleMaxCharacters = 70;

/**
 * The request with a template's presets and the defaults filled in, as the container will render it. Pure. Refuses
 * `validation_failed` for a template that is not filled in, and for a script that is too long.
 */
export function toDocument(body: CreateVideoBody): VideoDocument {
  if (body.template === undefined) return withOptions(body, toSource(body), body.title);
  const filled = fillTemplate({ template: body.template, values: body.values ?? {}, lang: body.lang });
  const source: VideoSource = { kind: "scenes", scenes: filled.scenes.map((scene) => toScene(scene, body.motion)) };
  return withOptions(mergeOptions(filled.options, optionsOf(body)), source, body.title ?? filled.title);
}

function optionsOf(body: CreateVideoBody): VideoOptionsBody {
  const names = Object.keys(optionFields);
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
}

function withOptions(options: VideoOptionsBody, source: VideoSource, title: string | undefined): VideoDocument {
  const { voice, captions, brand } = options;
  return {
    source,
    ...(title === undefined ? {} : { title }),
    language: options.lang ?? videoDefaults.lang,
    aspect: options.aspect ?? (options.vertical === true ? "9:16" : videoDefaults.aspect),
    resolution: options.resolution ?? videoDefaults.resolution,
    fps: options.fps ?? videoDefaults.fps,
    format: options.output_format ?? videoDefaults.output_format,
    isDraft: options.draft ?? videoDefaults.draft,
    voice: {
      name: voice?.name ?? videoDefaults.voice.name,
      speed: voice?.speed ?? videoDefaults.voice.speed,
      isPremium: options.premium_tts ?? videoDefaults.premium_tts,
    },
    isEnhanced: options.ai_enhancement ?? videoDefaults.ai_enhancement,
    pictureStyle: options.image_style ?? videoDefaults.image_style,
    grade: options.grade ?? videoDefaults.grade,
    transition: options.transition ?? videoDefaults.transition,
    titles: options.titles ?? defaultTitles(source, title),
    captions: {
      mode: captions?.mode ?? videoDefaults.captions.mode,
      style: captions?.style ?? videoDefaults.captions.style,
      position: captions?.position ?? videoDefaults.captions.position,
    },
    music: toMusic(options.music),
    loudnessLufs: options.loudness_lufs ?? videoDefaults.loudness_lufs,
    brand: {
      ...(brand?.logo === undefined ? {} : { logo: toMedia(brand.logo) }),
      ...(brand?.primary === undefined ? {} : { primary: brand.primary }),
      ...(brand?.accent === undefined ? {} : { accent: brand.accent }),
      ...(brand?.font === undefined ? {} : { font: brand.font }),
    },
  };
}

/** Scenes that nobody has named open with their first words, not with a title made of them. */
function defaultTitles(source: VideoSource, title: string | undefined): TitleMode {
  return source.kind === "prompt" || title !== undefined ? videoDefaults.titles : "off";
}

function toSource(body: CreateVideoBody): VideoSource {
  if (Array.isArray(body.scenes)) {
    return { kind: "scenes", scenes: body.scenes.map((scene) => toScene(scene, body.motion)) };
  }
  if (body.script === undefined) {
    return { kind: "prompt", prompt: body.prompt ?? "", sceneCount: body.scenes ?? defaultSceneCount };
  }
  const texts = splitScript(body.script, body.lang ?? videoDefaults.lang);
  if (texts === null) {
    const detail = `is more than ${scenesMax} scenes can say; shorten it, or make two videos of it`;
    fail("validation_failed", `«/script»: ${detail}. Nothing was charged.`, {
      errors: [{ pointer: "/script", detail, code: "too_long" }],
    });
  }
  return { kind: "scenes", scenes: texts.map((text) => toScene({ text }, body.motion)) };
}

function toScene(scene: SceneBody, motion: CreateVideoBody["motion"]): DocumentScene {
  const own = scene.motion ?? motion;
  return {
    text: scene.text,
    ...(scene.title === undefined ? {} : { title: scene.title }),
    ...(scene.image === undefined ? {} : { picture: toPicture(scene.image) }),
    ...(scene.duration === undefined ? {} : { durationSeconds: scene.duration }),
    ...(own === undefined ? {} : { motion: own }),
    ...(scene.transition === undefined ? {} : { transition: scene.transition }),
    ...(scene.voice === undefined ? {} : { voice: scene.voice }),
    ...(scene.recording === undefined ? {} : { recording: toMedia(scene.recording) }),
  };
}

function toPicture(image: ImageInput): ScenePicture {
  if ("prompt" in image && image.prompt !== undefined) return { kind: "generated", prompt: image.prompt };
  if ("colour" in image && image.colour !== undefined) return { kind: "colour", colour: image.colour };
  return { kind: "media", media: toMedia(image) };
}

function toMedia(media: MediaInput): MediaReference {
  return media.asset === undefined ? { url: media.url ?? "" } : { asset: media.asset };
}

function toMusic(music: VideoOptionsBody["music"]): DocumentMusic {
  const duckDb = music?.duck_db ?? videoDefaults.music.duck_db;
  if (music?.asset !== undefined || music?.url !== undefined) {
    return { bed: { kind: "media", media: toMedia(music) }, duckDb };
  }
  return { bed: { kind: "mood", mood: music?.mood ?? videoDefaults.music.mood }, duckDb };
}

/** What to call the video until its script has a title: the first words of what was asked for. */
export function workingTitle(document: VideoDocument): string {
  if (document.title !== undefined) return document.title;
  const text = document.source.kind === "prompt" ? document.source.prompt : (document.source.scenes[0]?.text ?? "");
  const characters = [...text.replace(/\s+/g, " ")];
  if (characters.length <= workingTitleMaxCharacters) return characters.join("");
  const cut = characters.slice(0, workingTitleMaxCharacters - 1).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), workingTitleMaxCharacters / 2))}…`;
}

/** Parts of a valid request that will not have the effect the caller may expect. */
export function warningsFor(document: VideoDocument): FieldError[] {
  const warnings: FieldError[] = [];
  if (document.language === "sheng" && !document.voice.isPremium) {
    warnings.push({ pointer: "/lang", detail: "Sheng is read with the Swahili voice.", code: "other_voice" });
  }
  if (document.format === "gif") {
    warnings.push({
      pointer: "/output_format",
      detail: "A GIF has no sound: what is said is seen in the captions only.",
      code: "no_sound",
    });
  }
  return warnings;
}
