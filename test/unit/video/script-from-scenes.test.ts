import { expect, test } from "vitest";
import { scriptFromScenes } from "../../../container/script-from-scenes.ts";

test("a caller's texts are narrated word for word and titled by their first words", () => {
  const script = scriptFromScenes([
    { text: "The rain came late this year, and nobody had planted." },
    { text: "“Twende!”" },
    { text: "x".repeat(90) },
    { text: "One very extraordinarily extensive introduction, again" },
  ]);
  expect(script.scenes.map((scene) => scene.title)).toEqual([
    "The rain came late this year",
    "“Twende",
    "x".repeat(40),
    "One very extraordinarily extensive",
  ]);
  expect(script.scenes[0]?.narration).toBe("The rain came late this year, and nobody had planted.");
  expect(script.title).toBe("The rain came late this year");
});
