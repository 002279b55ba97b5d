/** The guide at /docs, for the Worker's assets: its code is that of examples/, its tables those of the product. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { guidePage } from "./guide/guide-page.ts";
import { guideSections } from "./guide/sections.ts";

const root = join(import.meta.dirname, "../..");

export async function buildGuide(): Promise<void> {
  const read = (path: string) => readFile(join(root, "examples", path), "utf8");
  const [readme, curl, typescript, python] = await Promise.all(
    ["README.md", "curl.sh", "typescript/make-video.ts", "python/make_video.py"].map(read),
  );
  const [, setUp] = /```sh\n([\s\S]*?)```/.exec(readme ?? "") ?? [];
  if (setUp === undefined || curl === undefined || typescript === undefined || python === undefined)
    throw new Error("examples/ lacks what the guide shows");
  const served = join(root, "dist/web");
  await mkdir(join(served, "assets"), { recursive: true });
  await writeFile(join(served, "docs.html"), guidePage(guideSections({ setUp, curl, typescript, python })));
  await copyFile(join(import.meta.dirname, "guide/guide.css"), join(served, "assets/guide.css"));
}
