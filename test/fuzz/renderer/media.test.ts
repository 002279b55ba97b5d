/**
 * Real files, changed as files are on their way and by those who mean harm, are looked at by a running renderer: each is
 * taken, with facts about it, or refused in words for its owner. Nothing they name is opened, nothing of them stays.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mediaFacts } from "../../../src/contract/container-protocol.ts";
import { type Renderer, startRenderer, stopRenderer } from "../../support/renderer.ts";
import { fuzz, shares } from "../budget.ts";
import { bytesOf, type MutatedFile, mutatedFile } from "./media-changes.ts";
import { makeSeeds, type Seeds } from "./media-seeds.ts";

/** Beyond the renderer's own limit for a look at a file, and the one for its small picture. */
const answerLimitMs = 45_000;
/** As many as a renderer looks at together, and one that waits for its turn. */
const atOnceMax = 3;
const canary = "THE-CANARY-OF-THIS-FUZZ";

let directory: string;
let server: Server;
let visits = 0;
let renderer: Renderer;
let seeds: Seeds;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "fuzz-media-"));
  await writeFile(path.join(directory, "trap"), canary.repeat(100));
  server = createServer((_, response) => {
    visits += 1;
    response.end(canary);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  seeds = makeSeeds({ url: `http://127.0.0.1:${port}/stolen`, file: path.join(directory, "trap") });
  renderer = await startRenderer();
});
afterAll(async () => {
  await stopRenderer(renderer);
  server.close();
  await rm(directory, { recursive: true, force: true });
});

type Told = { status: number; text: string };

async function look(bytes: Buffer): Promise<Told> {
  const response = await fetch(`${renderer.url}/media`, {
    method: "POST",
    body: new Uint8Array(bytes),
    signal: AbortSignal.timeout(answerLimitMs),
  });
  return { status: response.status, text: await response.text() };
}

/** undefined: it was answered as the protocol says. */
function brokenRule({ status, text }: Told): string | undefined {
  if (text.includes(canary) || text.includes(directory) || text.includes(renderer.directory)) return "tells of a file";
  const body: unknown = JSON.parse(text);
  if (status === 200) return mediaFacts.safeParse(body).error?.message;
  const { code, detail } = body as { code?: unknown; detail?: unknown };
  if (status !== 422 || code !== "media_refused") return `${status} ${String(code)}`;
  return typeof detail === "string" && /^[A-Z].*\.$/.test(detail) ? undefined : `says «${String(detail)}»`;
}

/** A file in which the case lies, for whoever wants to see it. */
async function keepCase(file: MutatedFile): Promise<string> {
  const kept = path.join(tmpdir(), `fuzz-media-case.${file.from.replace(/\W/g, "-")}`);
  await writeFile(kept, bytesOf(file, seeds));
  return kept;
}

it("takes or refuses whatever is sent, and opens nothing else", async () => {
  const seen = new Map<string, number>();
  const property = fc.asyncProperty(
    fc.array(mutatedFile(seeds), { minLength: 1, maxLength: atOnceMax }),
    async (files) => {
      visits = 0;
      const broken = await Promise.all(
        files.map(async (file) => {
          const told = await look(bytesOf(file, seeds));
          const kind = `${file.from} ${told.status}`;
          seen.set(kind, (seen.get(kind) ?? 0) + 1);
          const rule = brokenRule(told);
          if (rule === undefined && visits === 0) return [];
          const what = rule ?? "something was opened beyond the file";
          return [
            `${what}\n${told.text.slice(0, 300)}\ncurl --data-binary @${await keepCase(file)} ${renderer.url}/media`,
          ];
        }),
      );
      if (broken.flat().length > 0) throw new Error(broken.flat().join("\n"));
    },
  );
  await fuzz(property, shares.media);
  console.log(JSON.stringify([...seen].sort()));
  const statuses = new Set([...seen.keys()].map((kind) => kind.slice(-3)));
  expect([...statuses].sort()).toEqual(["200", "422"]);
  // The cases that were on their way when the time was over have files there until they are answered.
  await expect.poll(leftovers, { timeout: answerLimitMs }).toEqual([]);
  expect((await fetch(`${renderer.url}/health`)).status).toBe(200);
  expect(await peakMegabytes()).toBeLessThan(1_000);
});

async function leftovers(): Promise<string[]> {
  const inside = await readdir(renderer.directory, { recursive: true, withFileTypes: true });
  return inside.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** Of the renderer itself: decoders run in processes of their own. */
async function peakMegabytes(): Promise<number> {
  const status = await readFile(`/proc/${renderer.child.pid ?? 0}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_000;
}
