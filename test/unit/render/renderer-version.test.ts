import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makingPackages, readRendererVersion } from "../../../container/renderer-version.ts";

const container = join(import.meta.dirname, "../../../container");

test("every package the renderer's rooms use is part of its version, but what only checks shapes or calls the system", () => {
  const rooms = readdirSync(container, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const texts = rooms.flatMap(({ name }) =>
    readdirSync(join(container, name), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
      .map((file) => readFileSync(join(container, name, file), "utf8")),
  );
  const named = texts.flatMap((text) =>
    Array.from(text.matchAll(/(?:from |import\()"((?:@[a-z0-9-]+\/)?[a-z0-9-]+)/g), ([, name = ""]) => name).concat(
      Array.from(text.matchAll(/@expo-google-fonts\/[a-z-]+/g), ([name]) => name),
    ),
  );
  const used = new Set(named.filter((name) => !isBuiltin(name) && !["node", "zod", "koffi"].includes(name)));
  expect([...used].filter((name) => !makingPackages.some((known) => known === name))).toEqual([]);
});

test("another ffmpeg is another version, the same is the same", async () => {
  const [one, again, other] = await Promise.all(["5.1", "5.1", "7.0"].map(readRendererVersion));
  expect(again).toEqual(one);
  expect(Object.values(other ?? {})).not.toContain(one?.segment);
  expect(one?.segment).toMatch(/^[0-9a-f]{64}$/);
});
