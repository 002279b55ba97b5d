import { expect, test } from "vitest";
import { z } from "zod";
import { toFieldErrors } from "../../../src/contract/errors.ts";
import { createKeyBody } from "../../../src/contract/keys.ts";
import { createIntentBody } from "../../../src/contract/payments.ts";
import { createProjectBody } from "../../../src/contract/projects.ts";
import { createVideoBody, videosQuery } from "../../../src/contract/videos.ts";

const embedKey = { name: "Shop", kind: "embed" };
const scenes = (scene: object) => ({ scenes: [{ text: "A day.", ...scene }] });

test.each<[string, z.ZodType, unknown, object]>([
  ["nothing to make it of", createVideoBody, {}, { pointer: "/prompt", code: "required" }],
  ["two sources", createVideoBody, { prompt: "a", script: "b" }, { pointer: "/prompt", code: "conflict" }],
  ["an empty text", createVideoBody, { prompt: "" }, { pointer: "/prompt", code: "wordless" }],
  [
    "a long text",
    createVideoBody,
    { prompt: "a".repeat(2_001) },
    { pointer: "/prompt", code: "too_long", params: { limit: 2_000 } },
  ],
  [
    "a text that is far too long",
    createVideoBody,
    { prompt: "a".repeat(4_001) },
    { pointer: "/prompt", code: "too_long", params: { limit: 2_000 } },
  ],
  ["a name of nothing", createKeyBody, { name: " ", kind: "secret" }, { code: "too_short", params: { limit: 1 } }],
  [
    "two beds",
    createVideoBody,
    { prompt: "a", music: { mood: "calm", url: "https://a.example/b.mp3" } },
    { code: "conflict" },
  ],
  ["a text without a word", createVideoBody, { prompt: "?!" }, { pointer: "/prompt", code: "wordless" }],
  ["control characters", createVideoBody, { prompt: "a\u0000" }, { pointer: "/prompt", code: "unreadable" }],
  ["a field nobody knows", createVideoBody, { prompt: "a", colour: 1 }, { pointer: "/colour", code: "unknown_field" }],
  [
    "a figure for a text",
    createVideoBody,
    { prompt: 1 },
    { pointer: "/prompt", code: "wrong_type", params: { expected: "string" } },
  ],
  [
    "a shape nobody knows",
    createVideoBody,
    { prompt: "a", aspect: "2:1" },
    { pointer: "/aspect", code: "not_allowed" },
  ],
  ["a scene without text", createVideoBody, { scenes: [{}] }, { pointer: "/scenes/0/text", code: "required" }],
  [
    "two pictures for a scene",
    createVideoBody,
    scenes({ image: { prompt: "a", colour: "#112233" } }),
    { pointer: "/scenes/0/image", code: "conflict" },
  ],
  [
    "a scene that is too long",
    createVideoBody,
    scenes({ duration: 61 }),
    { pointer: "/scenes/0/duration", code: "too_high", params: { limit: 60 } },
  ],
  [
    "too many scenes",
    createProjectBody,
    { title: "a", scenes: Array.from({ length: 21 }, () => ({ text: "a" })) },
    { pointer: "/scenes", code: "too_many", params: { limit: 20 } },
  ],
  [
    "an address that is none",
    createKeyBody,
    { ...embedKey, origins: ["example.com"] },
    { pointer: "/origins/0", code: "wrong_format", params: { format: "origin" } },
  ],
  ["no address", createKeyBody, embedKey, { pointer: "/origins", code: "required" }],
  ["neither of two", createIntentBody, {}, { pointer: "/package_id", code: "conflict" }],
  ["a page of none", videosQuery, { limit: "0" }, { pointer: "/limit", code: "too_low", params: { limit: 1 } }],
])("%s is told by a code that stays, with its figures", (_name, schema, value, expected) => {
  const parsed = schema.safeParse(value);
  const told = toFieldErrors(parsed.error ?? expect.fail());
  expect(told).toEqual([expect.objectContaining(expected)]);
});

test("what a schema says for itself and nobody has named is told, too", () => {
  const schema = z.object({ even: z.number().refine((value) => value % 2 === 0, "is odd") });
  expect(toFieldErrors(schema.safeParse({ even: 3 }).error ?? expect.fail())).toEqual([
    { pointer: "/even", detail: "is odd", code: "invalid" },
  ]);
});
