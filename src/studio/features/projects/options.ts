/** A project's options as the panel of the create page shows them, and what a choice there changes in them. */
import type { ProjectAnswer } from "../../../contract/projects.ts";
import { type Draft, newDraft, toRequest } from "../create/draft.ts";

export type Options = ProjectAnswer["options"];

/** What a project has that does not say otherwise: the service's own defaults. */
const unsaid = {
  lang: "en",
  aspect: "16:9",
  style: "flat",
  grade: "none",
  voice: "zuri",
  captions: "clean",
  music: "calm",
  resolution: "720p",
  isDraft: false,
} as const;

const shown = newDraft("en");

/** Languages without a voice here are kept as they are, and shown as English. */
export function draftOf(options: Options): Draft {
  const { captions, music } = options;
  const aspect = options.aspect ?? (options.vertical === true ? "9:16" : unsaid.aspect);
  const hasOwnMusic = music?.asset !== undefined || music?.url !== undefined;
  return {
    ...shown,
    source: "scenes",
    lang: isSpoken(options.lang) ? options.lang : unsaid.lang,
    aspect,
    style: options.image_style ?? unsaid.style,
    grade: options.grade ?? unsaid.grade,
    voice: options.voice?.name ?? unsaid.voice,
    captions: captions?.mode === "off" ? "off" : (captions?.style ?? unsaid.captions),
    music: hasOwnMusic ? "none" : (music?.mood ?? unsaid.music),
    resolution: options.resolution ?? unsaid.resolution,
    isDraft: options.draft ?? unsaid.isDraft,
  };
}

function isSpoken(lang: Options["lang"]): lang is Draft["lang"] {
  return lang !== undefined && !["ha", "yo", "ig", "so", "zu", "xh", "rw", "sn", "ln"].includes(lang);
}

/** Only what was chosen changes: whatever the panel does not show stays as it was said by the API. */
export function withChoice(options: Options, changed: Partial<Draft>): Options {
  const next: Options = { ...options };
  if (changed.lang !== undefined) next.lang = changed.lang;
  if (changed.aspect !== undefined) {
    next.aspect = changed.aspect;
    delete next.vertical;
  }
  if (changed.style !== undefined) next.image_style = changed.style;
  if (changed.grade !== undefined) next.grade = changed.grade;
  if (changed.voice !== undefined) next.voice = { ...options.voice, name: changed.voice };
  if (changed.captions === "off") next.captions = { ...options.captions, mode: "off" };
  else if (changed.captions !== undefined)
    next.captions = { ...options.captions, mode: "words", style: changed.captions };
  if (changed.music !== undefined) {
    const { duck_db: duckDb } = options.music ?? {};
    next.music = { mood: changed.music, ...(duckDb === undefined ? {} : { duck_db: duckDb }) };
    delete next.custom_music;
  }
  if (changed.resolution !== undefined) next.resolution = changed.resolution;
  if (changed.isDraft !== undefined) next.draft = changed.isDraft;
  return next;
}

/** As good-looking as what the create page begins with. */
export function newOptions(lang: "en" | "sw") {
  const { scenes: _, ...options } = toRequest({ ...newDraft(lang), source: "scenes" });
  return options;
}
