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

test.each([
  ["am", "ሁልጊዜ ጠዋት፣ ፀሐይ ከመውጣቷ በፊት አሚና ሱቋን ትከፍታለች።", "ሁልጊዜ ጠዋት፣ ፀሐይ ከመውጣቷ በፊት አሚና"],
  ["am", "ሰላም፡ለሁላችሁ፡ይሁን።", "ሰላም ለሁላችሁ ይሁን"],
  ["ar", "ماذا ستفعل أنت؟", "ماذا ستفعل أنت"],
  ["hi", "आज हम बाज़ार जाते हैं। कल मिलेंगे।", "आज हम बाज़ार जाते हैं। कल"],
  [
    "zh",
    "年轻的肯尼亚企业家在内罗毕创办了一家人工智能初创公司，改变了世界。他没有放弃。",
    "年轻的肯尼亚企业家在内罗毕创办了一家人工智能初创公司",
  ],
])("a title in %s ends on a word", (_, text, title) => {
  expect(scriptFromScenes([{ text }]).title).toBe(title);
});

test("a scene's own title is kept", () => {
  const script = scriptFromScenes([{ text: "The rain came late.", title: "Rain" }, { text: "Nobody had planted." }]);
  expect(script.scenes.map((scene) => scene.title)).toEqual(["Rain", "Nobody had planted"]);
  expect(script.title).toBe("Rain");
});
