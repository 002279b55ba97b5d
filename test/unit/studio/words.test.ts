import { describe, expect, it } from "vitest";
import { en } from "../../../src/studio/words/en.ts";
import { sw } from "../../../src/studio/words/sw.ts";

/** Every word with its path; what takes values is said with some. */
function spoken(book: unknown, path = ""): [path: string, words: string][] {
  if (typeof book === "string") return [[path, book]];
  if (typeof book === "function") return [[path, String(book(3, 7, 9))]];
  return Object.entries(book as object).flatMap(([name, inner]) => spoken(inner, `${path}.${name}`));
}

/** A sentence, or a piece of one; names and figures may well be the same in both. */
const isSaid = (words: string) => /(\p{L}{2,}[ ,]+){2}/u.test(words);

describe("the two languages", () => {
  it("say everything, each in its own words", () => {
    const english = new Map(spoken(en));
    const swahili = spoken(sw).filter(([path]) => !path.startsWith(".problems.byCode") && path !== ".language");
    expect(swahili.length).toBeGreaterThan(200);
    const shared = swahili.filter(([path, words]) => english.get(path) === words && isSaid(words));
    expect(shared.map(([path]) => path)).toEqual([]);
    for (const [path, words] of [...english, ...swahili]) expect(words.trim(), path).not.toBe("");
  });

  it("counts credits as each language does", () => {
    expect([1, 2, 1_250].map(en.shell.credits)).toEqual(["1 credit", "2 credits", "1,250 credits"]);
    expect([1, 1_250].map(sw.shell.credits)).toEqual(["krediti 1", "krediti 1,250"]);
  });
});
