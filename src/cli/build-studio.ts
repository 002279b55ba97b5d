/** The studio for the Worker's assets: built when its sources are other ones than last time. */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const root = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
/** Of this process alone: two that start at once do not write into each other's. */
const built = join(root, `dist/studio-${process.pid}`);
const served = join(root, "dist/web");
const stampFile = join(root, "dist/studio.stamp");
const sources = [
  "src/studio",
  "src/sdk",
  "src/contract",
  "vite.config.ts",
  "package-lock.json",
  "src/cli/build-studio.ts",
];

/** Only what is in sight: Latin with its accents, and the marks that stand between words. */
const glyphs = [
  ...Array.from({ length: 0x7f - 0x20 }, (_, index) => 0x20 + index),
  ...Array.from({ length: 0x180 - 0xa0 }, (_, index) => 0xa0 + index),
  ...[0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2026, 0x20ac],
];

/** Answers with its weight when it was built anew; null: it is what it was. */
export async function buildStudio(): Promise<StudioWeight | null> {
  const stamp = await digestSources();
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return null;
  await asProduction(async () => {
    const { build } = await import("vite");
    await build({ configFile: join(root, "vite.config.ts"), logLevel: "error", build: { outDir: built } });
  });
  await writeFile(join(built, "assets/studio/bricolage-grotesque-700.woff2"), await subsetDisplayFont());
  const assets = join(served, "assets/studio");
  await rm(assets, { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  await cp(built, served, { recursive: true });
  await rm(built, { recursive: true });
  await writeFile(stampFile, stamp);
  return weighStudio();
}

/** Whoever starts the product may be a test: what is built is the same. Vite and React go by this variable, and by no option. */
async function asProduction(build: () => Promise<void>): Promise<void> {
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = "production";
  try {
    await build();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function subsetDisplayFont(): Promise<Buffer> {
  const { default: subsetFont } = await import("subset-font");
  const font = require.resolve("@expo-google-fonts/bricolage-grotesque/700Bold/BricolageGrotesque_700Bold.ttf");
  return subsetFont(await readFile(font), String.fromCodePoint(...glyphs), { targetFormat: "woff2" });
}

async function digestSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of await filesOf(source)) {
      hash.update(file);
      hash.update(await readFile(join(root, file)));
    }
  }
  return hash.digest("hex");
}

async function filesOf(source: string): Promise<string[]> {
  if (/\.\w+$/.test(source)) return [source];
  const found = await readdir(join(root, source), { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/** Bytes, compressed as they travel. */
export type StudioWeight = { firstScript: number; firstStyle: number; largestPage: number };

/** What is loaded before anything is seen, and the most that any one page adds to it. */
export async function weighStudio(): Promise<StudioWeight> {
  const html = await readFile(join(served, "index.html"), "utf8");
  const named = (pattern: RegExp) => Array.from(html.matchAll(pattern), ([, path = ""]) => path);
  const first = named(/(?:src|href)="(\/assets\/studio\/[^"]+\.js)"/g);
  const scripts = await Promise.all(first.map(weigh));
  const styles = await Promise.all(named(/href="(\/assets\/studio\/[^"]+\.css)"/g).map(weigh));
  const names = await readdir(join(served, "assets/studio"));
  const later = names.map((name) => `/assets/studio/${name}`).filter((path) => path.endsWith(".js"));
  const pages = await Promise.all(later.filter((path) => !first.includes(path)).map(weigh));
  return { firstScript: sum(scripts), firstStyle: sum(styles), largestPage: Math.max(0, ...pages) };
}

async function weigh(path: string): Promise<number> {
  return gzipSync(await readFile(join(served, path))).length;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
