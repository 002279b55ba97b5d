import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { buildEmbed } from "../../../src/cli/build-embed.ts";

it("the embed is a few kilobytes, has no code of a library, and knows no cookies", async () => {
  await buildEmbed();
  const script = await readFile(join(import.meta.dirname, "../../../dist/web/embed.js"));
  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(10_000);
  const text = script.toString();
  expect(text).toContain("shujaa-studio");
  expect(text).not.toMatch(/react|zod|\.cookie\b|localStorage|\beval\(|innerHTML/i);
});
