import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** docs/security.md says what is met and what is not, and by which test: here it is held to what is there. */

const root = join(import.meta.dirname, "../../..");
const text = readFileSync(join(root, "docs/security.md"), "utf8");

/** OWASP ASVS 5.0, as far as it binds this product, and the API Security Top 10 of 2023. */
const items = [
  ...["2.3.1", "2.3.2", "2.3.3", "2.3.4", "2.3.5", "2.4.1", "4.1.3", "4.3.1", "4.3.2"],
  ...["6.2.1", "6.2.4", "6.2.5", "6.2.8", "6.2.9", "6.2.12", "6.3.8"],
  ...["6.5.1", "6.5.2", "6.5.5", "6.6.2", "6.8.1"],
  ...["7.2.3", "7.2.4", "7.4.2", "7.4.3", "7.4.5", "7.5.1", "7.5.2"],
  ...["8.2.1", "8.2.2", "8.2.3", "8.3.2", "8.4.1"],
  ...["9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3", "9.2.4"],
  ...["10.4.1", "10.4.2", "10.4.5", "10.4.6", "10.4.8", "10.7.3"],
  ...["16.2.5", "16.3.1", "16.3.2", "16.3.3", "16.4.2", "16.5.3"],
  ...Array.from({ length: 10 }, (_, place) => `API${place + 1}`),
];
const verdicts = ["met", "in part", "not met", "no such thing here"];

const rows = text.split("\n").flatMap((line) => {
  const [item = "", verdict = "", how = "", shown = ""] = line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  return /^(\d+\.\d+\.\d+|API\d+)$/.test(item) ? [{ item, verdict, how, shown: shown.split("<br>") }] : [];
});

describe("the table of docs/security.md", () => {
  it("has every item once", () => {
    expect(rows.map(({ item }) => item)).toEqual(items);
  });

  it("says plainly how each stands, and how it comes", () => {
    for (const { item, verdict, how } of rows) {
      expect(verdicts, item).toContain(verdict);
      expect(how.length, item).toBeGreaterThan(5);
    }
  });

  it.each(rows.map((row) => [row.item, row] as const))("%s names tests that are there", (_item, { shown }) => {
    expect(shown.length).toBeGreaterThan(0);
    for (const one of shown) {
      const [file = "", name = ""] = one.split(" › ");
      const path = join(root, "test", `${file}.test.ts`);
      expect(existsSync(path), path).toBe(true);
      expect(name.length).toBeGreaterThan(5);
      expect(readFileSync(path, "utf8"), one).toContain(name);
    }
  });

  it("names the expression for scanners as the contract has it, and pages that are there", () => {
    const contract = readFileSync(join(root, "src/contract/keys.ts"), "utf8");
    const [expression] = /\\b\(\?:sk_.*\\b/.exec(text) ?? [];
    expect(expression).toBeDefined();
    expect(contract).toContain(expression);
    for (const [, page = ""] of text.matchAll(/\]\(([\w-]+\.md)\)/g))
      expect(existsSync(join(root, "docs", page)), page).toBe(true);
  });
});
