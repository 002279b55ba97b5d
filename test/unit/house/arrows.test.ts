/** The house of ARCHITECTURE.md, held: which room may import which. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

type Import = { from: string; to: string; isPackage: boolean };

function sources(directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => join(directory, name));
}

/** Static, dynamic and type imports, and re-exports. */
const specifier = /^(?:import|export)\b[^;"]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  return Array.from(text.matchAll(specifier), ([, fromName, bareName, dynamicName]) => {
    const name = fromName ?? bareName ?? dynamicName ?? "";
    const isPackage = !name.startsWith(".");
    return { from: file, to: isPackage ? name : relative(root, resolve(root, dirname(file), name)), isPackage };
  });
}

const files = [...sources("src"), ...sources("container")];
const imports = files.flatMap(importsOf);

/** Imports out of `room` that `isAllowed` does not let through. */
function strays(room: string, isAllowed: (edge: Import) => boolean): string[] {
  return imports
    .filter((edge) => edge.from.startsWith(room) && !isAllowed(edge))
    .map((edge) => `${edge.from} → ${edge.to}`);
}

const into = (edge: Import, ...rooms: string[]) => !edge.isPackage && rooms.some((room) => edge.to.startsWith(room));
const isNamed = (edge: Import, ...names: string[]) =>
  edge.isPackage && names.some((name) => edge.to === name || edge.to.startsWith(`${name}/`));
const isPrivate = (file: string) => /\/(store|tables)\.ts$/.test(file);

describe("arrows", () => {
  test("there is something to hold", () => {
    expect(imports.length).toBeGreaterThan(500);
  });

  test("contract is a leaf over zod", () => {
    expect(strays("src/contract/", (edge) => into(edge, "src/contract/") || isNamed(edge, "zod"))).toEqual([]);
  });

  test("core knows contract, zod and drizzle, and nothing of the platform", () => {
    const allowed = (edge: Import) => into(edge, "src/core/", "src/contract/") || isNamed(edge, "zod", "drizzle-orm");
    expect(strays("src/core/", allowed)).toEqual([]);
  });

  test("core asks the clock and chance through its ports", () => {
    const tell = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(|\bcrypto\./;
    const tells = files.filter(
      (file) => file.startsWith("src/core/") && tell.test(readFileSync(join(root, file), "utf8")),
    );
    expect(tells).toEqual([]);
  });

  test("platform and objects know core and contract", () => {
    const inner = ["src/core/", "src/contract/", "src/platform/", "src/objects/"];
    // The rate limits are counted by the platform and defined by http, which says what it counts.
    const isPort = (edge: Import) => edge.to === "src/http/rate-limits.ts" || edge.to === "src/env.ts";
    expect(strays("src/platform/", (edge) => edge.isPackage || into(edge, ...inner) || isPort(edge))).toEqual([]);
    expect(
      strays("src/objects/", (edge) => edge.isPackage || into(edge, ...inner.slice(0, 2), "src/objects/")),
    ).toEqual([]);
  });

  test("http and jobs call verbs, and know no store, table or adapter", () => {
    for (const room of ["src/http/", "src/jobs/"]) {
      const allowed = (edge: Import) =>
        (into(edge, room, "src/contract/", "src/core/") && !isPrivate(edge.to)) ||
        isNamed(edge, "hono", "hono-openapi", "@hono/zod-validator", "zod");
      expect(strays(room, allowed)).toEqual([]);
    }
  });

  test("the container knows contract alone", () => {
    const allowed = (edge: Import) =>
      into(edge, "container/", "src/contract/", "package.json") ||
      (edge.isPackage && !isNamed(edge, "hono", "drizzle-orm"));
    expect(strays("container/", allowed)).toEqual([]);
  });

  test("an area of core leaves another area's store alone", () => {
    const area = (file: string) => file.split("/")[2] ?? "";
    // The cron's search for charges without a video joins both tables in one query: ARCHITECTURE.md, The arrows.
    const isJoined = (edge: Import) =>
      edge.from === "src/core/videos/store.ts" && edge.to === "src/core/credits/tables.ts";
    const allowed = (edge: Import) =>
      edge.isPackage || !isPrivate(edge.to) || area(edge.from) === area(edge.to) || isJoined(edge);
    expect(strays("src/core/", allowed)).toEqual([]);
  });

  test("nobody imports in a circle", () => {
    const edges = Map.groupBy(
      imports.filter((edge) => !edge.isPackage),
      (edge) => edge.from,
    );
    const done = new Set<string>();
    const visit = (file: string, trail: string[]): string[] => {
      if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
      if (done.has(file)) return [];
      for (const edge of edges.get(file) ?? []) {
        const circle = visit(edge.to, [...trail, file]);
        if (circle.length > 0) return circle;
      }
      done.add(file);
      return [];
    };
    for (const file of files) expect(visit(file, [])).toEqual([]);
  });

  test("secrets are read in one room", () => {
    const readers = files.filter((file) => readFileSync(join(root, file), "utf8").includes("JWT_SECRET"));
    // wiring hands the parsed value on; the cli makes one for this machine.
    expect(readers.sort()).toEqual(["src/cli/local-settings.ts", "src/env.ts", "src/wiring.ts"]);
  });
});

describe("rooms", () => {
  test("none is called after nothing", () => {
    expect(files.filter((file) => /\/(utils?|helpers?|services?|common|misc)(\/|\.ts$)/.test(file))).toEqual([]);
  });

  test("none is a barrel", () => {
    // The Worker's entry has to export the Durable Object classes: the platform looks for them there.
    const barrels = files.filter((file) => /^export (\*|\{[^}]*\}) from/m.test(readFileSync(join(root, file), "utf8")));
    expect(barrels).toEqual(["src/worker.ts"]);
  });

  test("no password is hashed by PBKDF2, which passes here and throws in production above 100,000 rounds", () => {
    expect(files.filter((file) => /pbkdf2/i.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
  });
});
