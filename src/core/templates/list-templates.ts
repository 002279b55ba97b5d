import {
  type TemplateAnswer,
  type TemplatesAnswer,
  type TemplatesQuery,
  templateLanguages,
} from "../../contract/templates.ts";
import {
  aspects,
  brandFonts,
  captionStyles,
  frameRates,
  grades,
  languages,
  motions,
  musicMoods,
  outputFormats,
  pictureStyles,
  recordedLanguages,
  resolutions,
  spokenLanguages,
  titleModes,
  transitions,
  voiceNames,
} from "../../contract/video.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { fail } from "../fail.ts";
import { templates } from "./catalogue.ts";
import type { Template } from "./template.ts";

/** A page of the templates, and every preset there is. The same for everybody. */
export function listTemplates(query: TemplatesQuery): TemplatesAnswer {
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["string"]);
  const start = after === undefined ? 0 : templates.findIndex(({ id }) => id === after) + 1;
  const page = templates.slice(start, start + query.limit);
  const last = start + query.limit < templates.length ? page.at(-1) : undefined;
  return {
    data: page.map(toAnswer),
    next_cursor: last === undefined ? null : encodeCursor([last.id]),
    presets: {
      languages: { spoken: [...spokenLanguages], recorded: [...recordedLanguages], all: [...languages] },
      voices: [...voiceNames],
      aspects: [...aspects],
      resolutions: [...resolutions],
      fps: [...frameRates],
      output_formats: [...outputFormats],
      caption_styles: [...captionStyles],
      moods: [...musicMoods],
      image_styles: [...pictureStyles],
      grades: [...grades],
      transitions: [...transitions],
      motions: [...motions],
      titles: [...titleModes],
      fonts: [...brandFonts],
    },
  };
}

/** One template. Refuses `not_found`. */
export function getTemplate(id: string): TemplateAnswer {
  const template = templates.find((one) => one.id === id);
  return toAnswer(template ?? fail("not_found", "There is no such template. GET /api/templates lists them all."));
}

function toAnswer({ title: _, ...template }: Template): TemplateAnswer {
  return { ...template, languages: [...templateLanguages] };
}
