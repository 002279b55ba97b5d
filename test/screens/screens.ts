/**
 * `npm run screens`: every page of the studio in light, in dark and on a phone, with real content, in docs/screens.
 * `npm run screens -- NAME …` takes only those.
 */
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { launchBrowser, newVisitor, screens } from "../support/browser.ts";
import { type FilledStudio, fillStudio } from "./filled-studio.ts";
import { drawHead } from "./head.ts";
import { goTo, type Place, places, signInAs } from "./places.ts";
import { useTypefaces } from "./typefaces.ts";

const directory = join(import.meta.dirname, "../../docs/screens");
/** Of WebP, of 100. */
const quality = 80;

type Sight = { name: "light" | "dark" | "phone"; options: BrowserContextOptions };

const sights: Sight[] = [
  { name: "light", options: { viewport: screens.desk, colorScheme: "light" } },
  { name: "dark", options: { viewport: screens.desk, colorScheme: "dark" } },
  { name: "phone", options: { viewport: screens.phone, colorScheme: "light", isMobile: true, hasTouch: true } },
];

/** The same names as last time, so that links to them hold. */
const fileOf = (place: Place, sight: Sight) => `${place.name}-${sight.name}.webp`;

async function takeAll(browser: Browser, studio: FilledStudio, chosen: readonly Place[], sight: Sight): Promise<void> {
  for (const [who, theirs] of Map.groupBy(chosen, ({ as }) => as)) {
    const { context, page } = await newVisitor(browser, { ...sight.options, reducedMotion: "reduce" });
    await signInAs(context, studio.url, who);
    for (const place of theirs) {
      try {
        await goTo(page, studio, place);
      } catch (error) {
        console.error(`${place.name}, ${sight.name}: ${error instanceof Error ? error.message : error}`);
        process.exitCode = 1;
      }
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      if (Number(overflow) > 0) console.error(`${place.name}, ${sight.name}: ${overflow} px too wide`);
      const bytes = await toWebp(await page.screenshot());
      await writeFile(join(directory, fileOf(place, sight)), bytes);
      console.log(`${fileOf(place, sight)}: ${(bytes.length / 1000).toFixed(1)} kB`);
    }
    await context.close();
  }
}

async function toWebp(png: Buffer): Promise<Buffer> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.encode("webp", quality);
}

async function writeIndex(): Promise<void> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".webp"));
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(directory, name))).size));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  const row = (place: Place) => {
    const [light, dark, phone] = sights.map((sight) => `![${sight.name}](${fileOf(place, sight)})`);
    return `## ${place.words}\n| light | dark | phone |\n|---|---|---|\n| ${light} | ${dark} | ${phone} |\n`;
  };
  const head = `# The studio, page by page

Taken by \`npm run screens\` from the running product: four videos it made, payments at stand-ins for Stripe and M-Pesa, a
project, keys and members. ${files.length} pictures, ${megabytes.toFixed(1)} MB. «A video while it is made» is held still half-way.
`;
  await writeFile(join(directory, "README.md"), `${head}\n${places.map(row).join("\n")}`);
}

const asked = process.argv.slice(2);
const chosen = places.filter(({ name }) => asked.length === 0 || asked.includes(name));
await mkdir(directory, { recursive: true });
const typefaces = await mkdtemp(join(tmpdir(), "shujaa-typefaces-"));
await useTypefaces(typefaces);
const browser = await launchBrowser();
const studio = await fillStudio();
try {
  for (const sight of sights) await takeAll(browser, studio, chosen, sight);
} finally {
  await browser.close();
  await studio.close();
  await rm(typefaces, { recursive: true });
}
await drawHead(directory, quality);
await writeIndex();
