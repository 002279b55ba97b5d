import type { FieldError } from "../../contract/errors.ts";
import { type TemplateLanguage, templateLanguages } from "../../contract/templates.ts";
import type { Language } from "../../contract/video.ts";
import type { SceneBody, VideoOptionsBody } from "../../contract/video-options.ts";
import { fail } from "../fail.ts";
import { templates } from "./catalogue.ts";
import type { Template } from "./template.ts";

export type FilledTemplate = { title: string; scenes: SceneBody[]; options: VideoOptionsBody };
type Filling = { template: string; values: Readonly<Record<string, string>>; lang: Language | undefined };

/**
 * A template with its values in place. Pure; a value is text and never read as a template itself. Refuses
 * `validation_failed` for a template that is not there, for a language it is not written in, and for each value that is
 * missing, too long, or not one of its own.
 */
export function fillTemplate(filling: Filling): FilledTemplate {
  const template = templates.find(({ id }) => id === filling.template);
  if (template === undefined) {
    return refuse([{ pointer: "/template", detail: "is not one of GET /api/templates", code: "not_found" }]);
  }
  const language = languageOf(filling.lang);
  const given = new Map(Object.entries(filling.values));
  const errors = [...(language === null ? [wrongLanguage] : []), ...wrongWithValues(template, given)];
  if (language === null || errors.length > 0) return refuse(errors);
  return {
    title: fill(template.title[language], given),
    scenes: template.scenes
      .filter(({ text, picture }) => namesIn(text[language] + picture).every((name) => given.has(name)))
      .map(({ title, text, picture }) => ({
        text: fill(text[language], given),
        title: fill(title[language], given),
        image: { prompt: fill(picture, given) },
      })),
    options: optionsOf(template),
  };
}

function optionsOf({ presets }: Template): VideoOptionsBody {
  const { voice, music, font, ...others } = presets;
  return { ...others, voice: { name: voice }, music: { mood: music }, brand: { font } };
}

/** Sheng is read from the Swahili words. */
function languageOf(lang: Language | undefined): TemplateLanguage | null {
  if (lang === "sheng") return "sw";
  return templateLanguages.find((language) => language === (lang ?? "en")) ?? null;
}

const wrongLanguage: FieldError = {
  pointer: "/lang",
  detail: "templates are written in en and sw",
  code: "not_allowed",
  params: { allowed: templateLanguages.join(", ") },
};

function wrongWithValues(template: Template, given: ReadonlyMap<string, string>): FieldError[] {
  const known = new Map(template.values.map((value) => [value.name, value]));
  const missing = template.values
    .filter(({ name, required }) => required && !given.has(name))
    .map(
      ({ name, description }): FieldError => ({
        pointer: pointerTo(name),
        detail: `is required: ${description.en}`,
        code: "required",
      }),
    );
  const wrong = Array.from(given).flatMap(([name, text]): FieldError[] => {
    const value = known.get(name);
    if (value === undefined) {
      return [{ pointer: pointerTo(name), detail: "is not a value of this template", code: "unknown_field" }];
    }
    if ([...text].length <= value.max_characters) return [];
    const limit = value.max_characters;
    const detail = `at most ${limit} characters`;
    return [{ pointer: pointerTo(name), detail, code: "too_long", params: { limit } }];
  });
  return [...missing, ...wrong];
}

function pointerTo(name: string): string {
  return `/values/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

const placeholder = /\{([a-z_]+)\}([.,!?;:]?)/g;

function namesIn(text: string): string[] {
  return Array.from(text.matchAll(placeholder), ([, name = ""]) => name);
}

/** One pass over the template's own text, so that what a value says is not looked at again. A mark is not set twice. */
function fill(text: string, given: ReadonlyMap<string, string>): string {
  return text.replace(placeholder, (_whole, name: string, mark: string) => {
    const value = (given.get(name) ?? "").replace(/\s+/g, " ").trim();
    if (mark === "") return value;
    return mark === "." && /[!?…]$/.test(value) ? value : value.replace(/[.,;:]+$/, "") + mark;
  });
}

function refuse(errors: FieldError[]): never {
  const [first] = errors;
  fail("validation_failed", `«${first?.pointer}»: ${first?.detail}. Nothing was charged.`, { errors });
}
