import { describe, expect, it } from "vitest";
import { templateAnswer, templateLanguages } from "../../../src/contract/templates.ts";
import { videoDocument } from "../../../src/contract/video.ts";
import { templates } from "../../../src/core/templates/catalogue.ts";
import { fillTemplate } from "../../../src/core/templates/fill-template.ts";
import type { Template } from "../../../src/core/templates/template.ts";
import { ceilingSeconds } from "../../../src/core/videos/estimate.ts";
import { documentOf } from "./documents.ts";

const cases = templates.flatMap((template) =>
  templateLanguages.map((language) => [template.id, language, template] as const),
);
const valuesOf = (template: Template, choose: (value: Template["values"][number]) => string | null) =>
  Object.fromEntries(
    template.values.flatMap((value) => (choose(value) === null ? [] : [[value.name, choose(value) ?? ""]])),
  );

describe("every template", () => {
  it("has a name of its own, and there are a dozen", () => {
    const ids = templates.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(12);
  });

  it.each(cases)("%s in %s becomes a video of 15 to 100 s from its own examples", (id, language, template) => {
    const values = valuesOf(template, ({ example }) => example[language]);
    const document = documentOf({ template: id, values, lang: language });
    expect(videoDocument.safeParse(document).error).toBeUndefined();
    const seconds = ceilingSeconds(document);
    expect(seconds).toBeGreaterThan(15);
    expect(seconds).toBeLessThan(100);
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/[{][a-z_]+[}]/);
    expect(text).not.toMatch(/\.\.|\?\.|,\.| {2}/);
  });

  it.each(cases)(
    "%s in %s holds the longest values, and is whole without those that may be left out",
    (id, language, template) => {
      const longest = valuesOf(template, (value) => "w".repeat(value.max_characters));
      const filled = documentOf({ template: id, values: longest, lang: language });
      expect(videoDocument.safeParse(filled).error).toBeUndefined();
      const needed = valuesOf(template, (value) => (value.required ? value.example[language] : null));
      const least = fillTemplate({ template: id, values: needed, lang: language });
      const left = template.values.filter(({ required }) => !required).length;
      expect(least.scenes.length).toBe(template.scenes.length - left);
      for (const { text } of least.scenes) expect(text).not.toContain("{");
    },
  );

  it.each(templates.map((template) => [template.id, template] as const))(
    "%s asks for all it uses, and uses all it asks for",
    (_id, template) => {
      const { values, presets: _, ...said } = template;
      const used = new Set(Array.from(JSON.stringify(said).matchAll(/\{([a-z_]+)\}/g), ([, name]) => name));
      expect([...used].sort()).toEqual(values.map(({ name }) => name).sort());
      for (const { example, max_characters: max } of values) {
        for (const language of templateLanguages) expect([...example[language]].length).toBeLessThanOrEqual(max);
      }
      expect(templateAnswer.safeParse({ ...template, languages: ["en", "sw"] }).error).toBeUndefined();
    },
  );
});

describe("a value", () => {
  const fill = (proverb: string) =>
    fillTemplate({ template: "proverb", values: { proverb, meaning: "b", today: "c" }, lang: "en" }).scenes[0]?.text;

  it.each([
    ["A word", "The elders say: A word."],
    ["A word.", "The elders say: A word."],
    ["A word!", "The elders say: A word!"],
    ["A\n  word", "The elders say: A word."],
    ["{meaning} $& $1 {proverb}", "The elders say: {meaning} $& $1 {proverb}."],
  ])("is text: %j", (value, text) => {
    expect(fill(value)).toBe(text);
  });
});
