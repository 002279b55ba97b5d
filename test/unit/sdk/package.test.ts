import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildSdk } from "../../../src/cli/build-sdk.ts";
import { operations } from "../../../src/sdk/operations.ts";

const root = join(import.meta.dirname, "../../..");
const run = promisify(execFile);

let folder: string;

beforeAll(async () => {
  await mkdir(join(root, "dist"), { recursive: true });
  folder = await mkdtemp(join(root, "dist/sdk-test-"));
  await buildSdk(join(folder, "node_modules/shujaa-studio"));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const compile = (options: object, files: Record<string, string>) => async () => {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const compilerOptions = { noEmit: true, strict: true, module: "nodenext", moduleResolution: "nodenext", ...options };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
  return run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder]).then(
    () => "",
    (error: { stdout: string }) => error.stdout,
  );
};

it("needs no other package, and hands out a method for each operation", async () => {
  const manifest = JSON.parse(await readFile(join(folder, "node_modules/shujaa-studio/package.json"), "utf8"));
  expect(manifest).toMatchObject({ name: "shujaa-studio", type: "module" });
  expect(manifest).not.toHaveProperty("dependencies");
  const bundle = await readFile(join(folder, "node_modules/shujaa-studio/index.js"), "utf8");
  expect(bundle).not.toMatch(/^import |\bzod\b/im);
  await writeFile(
    join(folder, "use.mjs"),
    `import { createStudio } from "shujaa-studio";
     const studio = createStudio({ baseUrl: "https://studio.test" });
     console.log(JSON.stringify(Object.keys(studio).filter((name) => typeof studio[name] === "function")));`,
  );
  const { stdout } = await run(process.execPath, [join(folder, "use.mjs")]);
  const beside = ["followVideo", "makeVideo", "downloadVideo", "uploadAsset", "transactionsCsv", "listAll"];
  expect(JSON.parse(stdout).sort()).toEqual([...Object.keys(operations), ...beside].sort());
});

it("has types that stand by themselves, in browsers and strictest settings", async () => {
  const check = compile(
    { lib: ["es2022", "dom"], types: [], exactOptionalPropertyTypes: true, skipLibCheck: false, target: "es2022" },
    {
      "consumer.mts": `import { createStudio, ShujaaError, VideoError } from "shujaa-studio";
const studio = createStudio({ baseUrl: "https://studio.test", credential: "sk_test" });
export async function make(): Promise<string> {
  const { credits } = await studio.quoteVideo({ prompt: "A market", aspect: "9:16", scenes: 3 });
  const video = await studio.makeVideo({ prompt: "A market" }, { onProgress: ({ progress }) => progress.toFixed() });
  await studio.getBalance();
  for await (const { title } of studio.listAll((cursor) => studio.listVideos({ cursor, status: "succeeded" }))) title.trim();
  try { await studio.cancelVideo({ id: video.id }); } catch (error) {
    if (error instanceof ShujaaError && error.code === "video_finished") return error.message;
    if (error instanceof VideoError) return error.video.title;
  }
  return video.output.url + (credits ?? 0).toFixed();
}
// @ts-expect-error no such shape
studio.quoteVideo({ prompt: "A market", aspect: "3:2" });
// @ts-expect-error it needs to know which
studio.getVideo();
`,
    },
  );
  expect(await check()).toBe("");
}, 60_000);

it("has the very types of its source", async () => {
  const check = compile(
    {
      lib: ["es2024", "esnext.iterator", "dom", "dom.asynciterable"],
      types: [],
      moduleResolution: "bundler",
      module: "esnext",
      allowImportingTsExtensions: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      target: "es2024",
    },
    {
      "same.ts": `import type { Studio as Built, StudioOptions as BuiltOptions } from "shujaa-studio";
import type { ConnectionError as BuiltConnection, ShujaaError as BuiltRefusal, VideoError as BuiltVideo } from "shujaa-studio";
import type { ConnectionError, ShujaaError, VideoError } from "../../src/sdk/errors.ts";
import type { Studio, StudioOptions } from "../../src/sdk/studio.ts";
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : "other is wider") : "one is wider";
export const studio: { [Name in keyof Studio | keyof Built]: Same<Built[Name], Studio[Name]> } = {} as {
  [Name in keyof Studio | keyof Built]: true;
};
export const options: Same<BuiltOptions, StudioOptions> = true;
export const errors: [Same<BuiltRefusal, ShujaaError>, Same<BuiltVideo, VideoError>, Same<BuiltConnection, ConnectionError>] = [true, true, true];
`,
    },
  );
  expect(await check()).toBe("");
}, 60_000);

it("fits the examples", async () => {
  const names = ["make-video.ts", "batch.ts"];
  const texts = await Promise.all(names.map((name) => readFile(join(root, "examples/typescript", name), "utf8")));
  const options = { lib: ["es2024", "dom", "dom.asynciterable"], typeRoots: [join(root, "node_modules/@types")] };
  const check = compile(
    { ...options, types: ["node"], skipLibCheck: true, target: "es2024", erasableSyntaxOnly: true },
    Object.fromEntries(names.map((name, index) => [name.replace(".ts", ".mts"), texts[index] ?? ""])),
  );
  expect(await check()).toBe("");
}, 60_000);
