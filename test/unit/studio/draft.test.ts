import { describe, expect, it } from "vitest";
import { createVideoBody } from "../../../src/contract/videos.ts";
import { listTemplates } from "../../../src/core/templates/list-templates.ts";
import {
  type Draft,
  findMissing,
  isDraft,
  languageOf,
  newDraft,
  toRequest,
  withTemplate,
} from "../../../src/studio/features/create/draft.ts";
import { en } from "../../../src/studio/words/en.ts";

const templates = listTemplates({ limit: 100 }).data;
const said = "Wanjiru opens her stall before the sun.";
const missingOf = (draft: Draft) =>
  findMissing(
    draft,
    templates.find(({ id }) => id === draft.template),
    en.create,
  );

const filled: Draft[] = [
  { ...newDraft("en"), prompt: said },
  { ...newDraft("sw"), source: "script", script: said },
  { ...newDraft("en"), source: "scenes", scenes: [1, 2].map((key) => ({ key, text: said })) },
  ...templates.map((template) => ({
    ...withTemplate({ ...newDraft("en"), source: "template" }, template),
    values: Object.fromEntries(template.values.map(({ name, example }) => [name, example.en])),
  })),
];

describe("what was typed and chosen", () => {
  it.each(filled)("is a request the service takes, once nothing is missing ($source $template)", (draft) => {
    expect(missingOf(draft)).toEqual([]);
    expect(createVideoBody.safeParse(toRequest(draft)).error).toBeUndefined();
  });

  it("with captions off, too", () => {
    const request = toRequest({ ...newDraft("en"), prompt: said, captions: "off" });
    expect(createVideoBody.parse(request).captions).toEqual({ mode: "off" });
  });

  it("says what is missing where it is missing", () => {
    const pointers = (draft: Draft) => missingOf(draft).map(({ pointer }) => pointer);
    const empty = newDraft("en");
    expect(pointers(empty)).toEqual(["/prompt"]);
    expect(pointers({ ...empty, prompt: " … " })).toEqual(["/prompt"]);
    expect(pointers({ ...empty, prompt: "a".repeat(2_000) })).toEqual([]);
    expect(pointers({ ...empty, prompt: "a".repeat(2_001) })).toEqual(["/prompt"]);
    expect(pointers({ ...empty, source: "script" })).toEqual(["/script"]);
    const scenes = [said, "", said].map((text, key) => ({ key, text }));
    expect(pointers({ ...empty, source: "scenes", scenes })).toEqual(["/scenes/1"]);
    expect(pointers({ ...empty, source: "template" })).toEqual(["/template"]);
    const birthday = { ...empty, source: "template" as const, template: "birthday", values: { name: "Wanjiku" } };
    expect(pointers(birthday)).toEqual(["/values/memory", "/values/wish", "/values/from"]);
  });

  it("is told in a language that its source can be told in", () => {
    expect(languageOf({ ...newDraft("am"), source: "script" })).toBe("am");
    expect(languageOf({ ...newDraft("am"), source: "prompt" })).toBe("en");
    expect(languageOf({ ...newDraft("sheng"), source: "template" })).toBe("en");
    expect(languageOf({ ...newDraft("sheng"), source: "prompt" })).toBe("sheng");
  });

  it("is taken from an earlier visit only when it is whole", () => {
    const kept = (draft: unknown) => JSON.parse(JSON.stringify(draft));
    expect(isDraft(kept(newDraft("sw")))).toBe(true);
    expect(isDraft(kept({ ...newDraft("sw"), template: "birthday" }))).toBe(true);
    const { music: _, ...older } = newDraft("sw");
    for (const other of [
      null,
      7,
      "draft",
      {},
      older,
      { ...newDraft("sw"), scenes: 3 },
      { ...newDraft("sw"), template: 3 },
    ])
      expect(isDraft(kept(other))).toBe(false);
  });
});
