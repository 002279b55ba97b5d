import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

/** Three documents draw the sign before, with and without the studio's script. */
const drawings = ["src/studio/ui/mark.tsx", "src/studio/index.html", "src/http/brand.ts"];

test("the sign is the same wherever it is drawn", async () => {
  const lines = await Promise.all(
    drawings.map(async (file) => {
      const text = await readFile(join(root, file), "utf8");
      return [/<path d="([^"]+)"/.exec(text)?.[1], /<circle ([^>/]+?)(?: fill="[^"]+")? ?\/?>/.exec(text)?.[1]];
    }),
  );
  expect(lines[0]?.[0]).toMatch(/^M5/);
  expect(lines[0]?.[1]).toMatch(/^cx=/);
  expect(new Set(lines.map(String)).size).toBe(1);
});
