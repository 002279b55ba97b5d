import { describe, expect, it } from "vitest";
import { toSnakeCase } from "../../../src/http/snake-case.ts";

describe("toSnakeCase", () => {
  it.each([
    ["snake_case", "snake_case"],
    ["prompt", "prompt"],
    ["outputFormat", "output_format"],
    ["premiumTTS", "premium_tts"],
    ["premiumTts", "premium_tts"],
    ["TTSVoice", "tts_voice"],
    ["fps60Mode", "fps60_mode"],
    ["PackageId", "package_id"],
  ])("spells %s as %s", (name, expected) => {
    expect(toSnakeCase({ [name]: 1 })).toEqual({ [expected]: 1 });
  });

  it("goes into lists and objects, and leaves values alone", () => {
    const body = { sceneList: [{ durationSeconds: 3, text: "camelCase stays" }], nothing: null, isIt: false };
    expect(toSnakeCase(body)).toEqual({
      scene_list: [{ duration_seconds: 3, text: "camelCase stays" }],
      nothing: null,
      is_it: false,
    });
  });

  it("keeps the camelCase one of two spellings, so that it is refused rather than one of them lost", () => {
    expect(toSnakeCase({ output_format: "mp4", outputFormat: "gif" })).toEqual({
      output_format: "mp4",
      outputFormat: "gif",
    });
  });

  it("keeps an own __proto__ as a field, and gives nobody a prototype", () => {
    const spelt = toSnakeCase(JSON.parse('{"__proto__":{"isAdmin":true}}'));
    expect(Object.keys(Object(spelt))).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(spelt)).toBe(Object.prototype);
  });

  it("takes what is nested a hundred thousand deep without falling", () => {
    let deep: unknown = "end";
    for (let depth = 0; depth < 100_000; depth += 1) deep = { aB: deep };
    expect(Object.keys(Object(toSnakeCase(deep)))).toEqual(["a_b"]);
  });

  it.each([null, 7, "aB", true])("leaves %j as it is", (value) => {
    expect(toSnakeCase(value)).toBe(value);
  });
});
