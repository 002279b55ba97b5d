/** What is typed and chosen before there is a video, and the request it becomes. */
import type { z } from "zod";
import type { TemplateAnswer } from "../../../contract/templates.ts";
import type {
  Aspect,
  CaptionStyle,
  Grade,
  MusicMood,
  PictureStyle,
  Resolution,
  SpokenLanguage,
  VoiceName,
} from "../../../contract/video.ts";
import type { createVideoBody } from "../../../contract/videos.ts";
import type { Words } from "../../words/en.ts";
import { promptMax, sceneMax, scriptMax, spokenLanguages, templateLanguages, writtenLanguages } from "./choices.ts";

export type Source = "prompt" | "script" | "scenes" | "template";
export type DraftScene = { key: number; text: string };

export type Draft = {
  source: Source;
  prompt: string;
  sceneCount: number;
  script: string;
  scenes: DraftScene[];
  template: string | null;
  values: Record<string, string>;
  lang: SpokenLanguage;
  aspect: Aspect;
  style: PictureStyle;
  grade: Grade;
  voice: VoiceName;
  captions: CaptionStyle | "off";
  music: MusicMood;
  resolution: Resolution;
  isDraft: boolean;
};

export type VideoRequest = z.input<typeof createVideoBody>;

export function newDraft(lang: SpokenLanguage): Draft {
  return {
    source: "prompt",
    prompt: "",
    sceneCount: 3,
    script: "",
    scenes: [1, 2, 3].map((key) => ({ key, text: "" })),
    template: null,
    values: {},
    lang,
    aspect: "9:16",
    style: "papercut",
    grade: "none",
    voice: "zuri",
    captions: "clean",
    music: "calm",
    resolution: "720p",
    isDraft: false,
  };
}

/** Kept by this studio, or by an older one that knew less. */
export function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== "object" || kept === null) return false;
  const pattern = newDraft("en");
  return Object.entries(pattern).every(([name, value]) => {
    const found = (kept as Record<string, unknown>)[name];
    return name === "template" ? found === null || typeof found === "string" : typeof found === typeof value;
  });
}

export function languagesFor(source: Source): readonly SpokenLanguage[] {
  if (source === "prompt") return writtenLanguages;
  return source === "template" ? templateLanguages : spokenLanguages;
}

/** The chosen language, or English where this source has no voice or no words for it. */
export function languageOf({ source, lang }: Draft): SpokenLanguage {
  return languagesFor(source).includes(lang) ? lang : "en";
}

/** A template sets what it was made for; everything can still be changed. */
export function withTemplate(draft: Draft, { id, presets }: TemplateAnswer): Draft {
  return {
    ...draft,
    template: id,
    values: draft.template === id ? draft.values : {},
    aspect: presets.aspect,
    style: presets.image_style,
    grade: presets.grade,
    voice: presets.voice,
    captions: presets.captions.style,
    music: presets.music,
  };
}

function sourceOf(draft: Draft): VideoRequest {
  switch (draft.source) {
    case "prompt":
      return { prompt: draft.prompt.trim(), scenes: draft.sceneCount };
    case "script":
      return { script: draft.script.trim() };
    case "scenes":
      return { scenes: draft.scenes.map(({ text }) => ({ text: text.trim() })) };
    case "template": {
      const values = Object.entries(draft.values).flatMap(([name, text]) =>
        text.trim() === "" ? [] : [[name, text.trim()] as const],
      );
      return { ...(draft.template === null ? {} : { template: draft.template }), values: Object.fromEntries(values) };
    }
  }
}

export function toRequest(draft: Draft): VideoRequest {
  return {
    ...sourceOf(draft),
    lang: languageOf(draft),
    aspect: draft.aspect,
    image_style: draft.style,
    grade: draft.grade,
    voice: draft.voice,
    captions: draft.captions === "off" ? "off" : { mode: "words", style: draft.captions },
    music: draft.music,
    resolution: draft.resolution,
    draft: draft.isDraft,
  };
}

/** What is still to be said before it can be made, by the pointer of the field; empty: nothing. */
export function findMissing(draft: Draft, template: TemplateAnswer | undefined, words: Words["create"]) {
  const missing: { pointer: string; detail: string }[] = [];
  const check = (pointer: string, text: string, max: number, detail: string) => {
    if (!/[\p{L}\p{N}]/u.test(text)) missing.push({ pointer, detail });
    else if ([...text.trim()].length > max) missing.push({ pointer, detail: words.tooLong });
  };
  if (draft.source === "prompt") check("/prompt", draft.prompt, promptMax, words.missing);
  if (draft.source === "script") check("/script", draft.script, scriptMax, words.missingScript);
  if (draft.source === "scenes") {
    for (const [index, { text }] of draft.scenes.entries())
      check(`/scenes/${index}`, text, sceneMax, words.missingScene);
  }
  if (draft.source === "template") {
    if (template === undefined) missing.push({ pointer: "/template", detail: words.missingTemplate });
    for (const { name, required, max_characters } of template?.values ?? []) {
      const text = draft.values[name] ?? "";
      if (required || text.trim() !== "") check(`/values/${name}`, text, max_characters, words.missingValue);
    }
  }
  return missing;
}
