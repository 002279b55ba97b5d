import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/** ARCHITECTURE.md draws them, this holds them: which room may import which. */

const root = join(import.meta.dirname, "../../..");

type Import = { from: string; specifier: string; to: string; isTypeOnly: boolean };

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts") && statSync(join(root, path)).isFile());
}

const files = [...filesUnder("src"), ...filesUnder("container")];
const textOf = new Map(files.map((path) => [path, readFileSync(join(root, path), "utf8")]));

const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s*)?"([^"]+)"/gm;
const dynamic = /\bimport\(\s*"([^"]+)"\s*\)/g;

/** Every module a file names: a path from the root for a file, the name itself for a package. */
function importsOf(from: string): Import[] {
  const text = textOf.get(from) ?? "";
  const found = [
    ...Array.from(text.matchAll(statement), ([, type, specifier = ""]) => ({
      specifier,
      isTypeOnly: type !== undefined,
    })),
    ...Array.from(text.matchAll(dynamic), ([, specifier = ""]) => ({ specifier, isTypeOnly: false })),
  ];
  return found.map(({ specifier, isTypeOnly }) => {
    const isFile = specifier.startsWith(".");
    const to = isFile ? relative(root, join(root, dirname(from), specifier)) : specifier;
    return { from, specifier, to, isTypeOnly };
  });
}

const imports = files.flatMap(importsOf);
const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** The imports of a room that none of its doors lets through, as `from → to`. */
function strays(room: string, doors: (to: string, one: Import) => boolean): string[] {
  return imports
    .filter((one) => one.from.startsWith(room) && !one.to.startsWith(room) && !doors(one.to, one))
    .map(({ from, to }) => `${from} → ${to}`);
}

const isContract = (to: string) => to.startsWith("src/contract/");
const isCore = (to: string) => to.startsWith("src/core/");
const isPackage = (to: string) => !to.startsWith("src/") && !to.startsWith("container/");
const isOneOf = (to: string, ...packages: string[]) => packages.includes(packageOf(to));
/** What only the verbs of an area may touch: how it is stored. */
const isStore = (to: string) => /(^|\/)(([\w-]+-)?store|tables)\.ts$/.test(to);

describe("the arrows", () => {
  it("are read from every file: hundreds of imports, none of a file that is not there", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(400);
    const missing = imports.filter(({ specifier, to }) => specifier.startsWith(".") && !existsSync(join(root, to)));
    expect(missing.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
    for (const { specifier } of imports)
      if (specifier.startsWith(".")) expect(specifier).toMatch(/\.(ts|tsx|json|css|webp)$/);
  });

  it("contract imports zod alone", () => {
    expect(strays("src/contract/", (to) => to === "zod")).toEqual([]);
  });

  it("core imports contract, zod and drizzle-orm", () => {
    expect(strays("src/core/", (to) => isContract(to) || isOneOf(to, "zod", "drizzle-orm"))).toEqual([]);
  });

  it("core has no clock, no chance and no network of its own", () => {
    const own = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.|(?<![.\w])fetch\(|cloudflare:|\bprocess\./;
    expect(files.filter((path) => isCore(path) && own.test(textOf.get(path) ?? ""))).toEqual([]);
  });

  it("an area of core never imports another area's store or tables", () => {
    const exceptions = [
      // Each finds charges whose image or video was never written: a join of both, over the copy that exists for such questions.
      "src/core/images/store.ts → src/core/credits/tables.ts",
      "src/core/videos/store.ts → src/core/credits/tables.ts",
    ];
    const areaOf = (path: string) => path.split("/").slice(0, 3).join("/");
    const found = imports
      .filter(({ from, to }) => isCore(from) && isCore(to) && isStore(to) && areaOf(from) !== areaOf(to))
      .map(({ from, to }) => `${from} → ${to}`);
    expect(found).toEqual(exceptions);
  });

  it.each(["src/http/", "src/jobs/"])(
    "%s imports core verbs, contract and packages; no store, table or adapter",
    (room) => {
      const found = strays(room, (to) => isContract(to) || isPackage(to) || (isCore(to) && !isStore(to)));
      expect(found).toEqual([]);
      expect(strays(room, (to) => !/^(drizzle-orm|cloudflare:)/.test(to))).toEqual([]);
    },
  );

  it("platform imports core, contract and packages, and of the rest only types", () => {
    const exceptions = [
      // The header in which the one hands the other a snapshot: both ends of one wire.
      "src/platform/room.ts → src/objects/render-room.ts",
    ];
    const found = strays(
      "src/platform/",
      (to, { isTypeOnly }) => isContract(to) || isPackage(to) || (isCore(to) && !isStore(to)) || isTypeOnly,
    );
    expect(found).toEqual(exceptions);
  });

  it("objects import core, contract and packages", () => {
    const exceptions = [
      // The ledger copies its entries to the list in D1: it is the one writer of that table.
      "src/objects/credit-ledger.ts → src/core/credits/store.ts",
      "src/objects/ledger-books.ts → src/core/credits/store.ts",
    ];
    const found = strays("src/objects/", (to) => isContract(to) || isPackage(to) || (isCore(to) && !isStore(to)));
    expect(found).toEqual(exceptions);
  });

  it("container imports contract, node and packages: nothing of the Worker", () => {
    expect(strays("container/", (to) => isContract(to) || isPackage(to))).toEqual([]);
    const packages = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
      optionalDependencies: Record<string, string>;
    };
    const known = { ...packages.dependencies, ...packages.optionalDependencies };
    const worker = ["hono", "drizzle-orm", "jose", "@cloudflare/containers"];
    const foreign = imports
      .filter(
        ({ from, to }) => from.startsWith("container/") && isPackage(to) && !isBuiltin(to) && to !== "package.json",
      )
      .filter(({ to }) => !(packageOf(to) in known) || worker.includes(packageOf(to)));
    expect(foreign.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("nothing of the Worker imports the container or the command line", () => {
    const found = imports.filter(
      ({ from, to }) =>
        !from.startsWith("src/cli/") &&
        ((from.startsWith("src/") && to.startsWith("container/")) || to.startsWith("src/cli/")),
    );
    expect(found.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("studio imports the sdk, packages, and of the contract its types alone: no schema weighs down a page", () => {
    const found = strays(
      "src/studio/",
      (to, { isTypeOnly }) => (isContract(to) && isTypeOnly) || to.startsWith("src/sdk/") || isPackage(to),
    );
    expect(found).toEqual([]);
    const elsewhere = imports.filter(({ from, to }) => to.startsWith("src/studio/") && !from.startsWith("src/studio/"));
    expect(elsewhere).toEqual([]);
  });

  it("only wiring.ts builds adapters, and of the commands the check before a deploy asks through one", () => {
    const found = imports.filter(({ from, to }) => to.startsWith("src/platform/") && !from.startsWith("src/platform/"));
    expect([...new Set(found.map(({ from }) => from))]).toEqual([
      "src/wiring.ts",
      "src/cli/deploy-check/check-cards.ts",
    ]);
  });

  it("make no circle", () => {
    const next = Map.groupBy(
      imports.filter(({ to }) => textOf.has(to)),
      ({ from }) => from,
    );
    const state = new Map<string, "open" | "done">();
    const circles: string[] = [];
    const visit = (path: string, trail: string[]): void => {
      if (state.get(path) === "done") return;
      if (state.get(path) === "open") {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
        return;
      }
      state.set(path, "open");
      for (const { to } of next.get(path) ?? []) visit(to, [...trail, path]);
      state.set(path, "done");
    };
    for (const path of files) visit(path, []);
    expect(circles).toEqual([]);
  });
});

describe("the house", () => {
  it("has no room for what belongs nowhere", () => {
    expect(files.filter((path) => /(^|\/)(utils?|helpers?|services?|common|misc|shared)(\/|\.ts$)/.test(path))).toEqual(
      [],
    );
  });

  it("names its files in kebab-case", () => {
    expect(
      files.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.config)?\.tsx?$/.test(path.split("/").at(-1) ?? "")),
    ).toEqual([]);
  });

  it("keeps its files readable: none much over 300 lines", () => {
    const lines = (path: string) => (textOf.get(path) ?? "").split("\n").length;
    expect(files.filter((path) => lines(path) > 320)).toEqual([]);
  });

  it("has no barrels, no default exports but the Worker's, and no enums", () => {
    expect(files.filter((path) => /^export (\*|\{[^}]*\}) from/m.test(textOf.get(path) ?? ""))).toEqual([
      "src/worker.ts",
    ]);
    expect(files.filter((path) => /^export default\b/m.test(textOf.get(path) ?? ""))).toEqual(["src/worker.ts"]);
    expect(files.filter((path) => /^(export )?(const )?enum\b/m.test(textOf.get(path) ?? ""))).toEqual([]);
  });

  it("reads secrets and variables in one place", () => {
    const secret = /\b(JWT_SECRET|ACCESS_TOKEN_TTL_SECONDS|RENDERER_URL|RENDER_PARALLELISM)\b/;
    const readers = files.filter(
      (path) => path.startsWith("src/") && !path.startsWith("src/cli/") && secret.test(textOf.get(path) ?? ""),
    );
    // wiring.ts takes them, already read and checked, from env.ts.
    expect(readers.sort()).toEqual(["src/env.ts", "src/wiring.ts"]);
    expect(textOf.get("src/wiring.ts")).not.toMatch(/(?<!settings\.)\b(JWT_SECRET|RENDERER_URL)\b/);
    const fromProcess = files.filter(
      (path) => path.startsWith("src/") && !path.startsWith("src/cli/") && /process\.env/.test(textOf.get(path) ?? ""),
    );
    expect(fromProcess).toEqual([]);
  });

  it("hashes passwords with scrypt, nowhere with PBKDF2 or a bare digest", () => {
    expect(files.filter((path) => /pbkdf2|bcrypt|md5|sha-?1\b/i.test(textOf.get(path) ?? ""))).toEqual([]);
  });

  it("writes no `any`, no `!` after a value, and leaves nothing for later", () => {
    const sloppy = /\bas any\b|:\s*any\b(?!where)|@ts-(ignore|expect-error|nocheck)|\b(TODO|FIXME|HACK|XXX)\b/;
    expect(files.filter((path) => sloppy.test(textOf.get(path) ?? ""))).toEqual([]);
  });

  it("catches errors only where weather is met: adapters, the queue, the cron and compensations that must run", () => {
    const allowed = [
      "src/core/accounts/keys/resolve-key.ts", // a key works though its use cannot be written down
      "src/core/accounts/oauth/enter-by-identity.ts", // of two callbacks for one person the unique indexes let one through: the other finds them
      "src/core/accounts/members/invite-member.ts", // the table refuses what is one too many, and says so by throwing
      "src/core/accounts/links/redeem-sign-in.ts", // the unique index decides who came first, and says so by throwing
      "src/core/accounts/sign-up.ts", // the unique index decides who came first, and says so by throwing
      "src/core/assets/media-refusal.ts", // what an adapter says of the caller's own file is said to the caller
      "src/core/backups/nights.ts", // a mark that is damaged must not keep a deletion from a night's copies
      "src/core/check-health.ts", // a check that fails is the answer
      "src/core/cursor.ts", // what a caller sends need not be readable
      "src/core/for-each-alone.ts", // one that cannot be mended must not keep the others from it
      "src/core/images/create-image.ts", // what cannot be made is given back
      "src/core/images/paint-image.ts", // when a model fails, the renderer draws
      "src/core/mail/write-letter.ts", // a letter is written, though the queue hiccuped
      "src/core/payments/cards/check-card-payments.ts", // who looks at a payment is told what is known while Stripe is away
      "src/core/payments/inbox.ts", // what a provider told is stored, though the queue hiccuped
      "src/core/payments/phones/ask-status.ts", // a question without an answer may be asked: its result is waited for
      "src/core/payments/phones/match-receipts.ts", // a list that does not come is asked for again
      "src/core/payments/phones/read-callback.ts", // what strangers send need not be readable
      "src/core/payments/phones/receive-phone-callback.ts", // M-Pesa sends once, whatever it is answered: the ladder of queries finds it
      "src/core/payments/refund-payment.ts", // a refund without an answer may be made: it stays taken and is asked again
      "src/core/payments/phones/reverse-phone-payment.ts", // a reversal without an answer may be made: it stays taken, and a person is told
      "src/core/privacy/post-work.ts", // asked for in a row, though the queue hiccuped
      "src/core/videos/charge-videos.ts", // all or none: what was held is given back; and paid though the queue hiccuped
      "src/core/videos/quote-video.ts", // a refusal is part of a quote's answer
      "src/core/videos/render-lease.ts", // a room is a cache: its trouble is nobody's
      "src/core/videos/stop-render.ts", // ended though a renderer cannot be told
      "src/core/videos/submit-batch.ts", // what is wrong with one video is told with what is wrong with the others
    ];
    const catching = files.filter((path) => isCore(path) && /\bcatch\b\s*(\(|\{)/.test(textOf.get(path) ?? ""));
    expect(catching.sort()).toEqual(allowed.sort());
    const http = files.filter(
      (path) => path.startsWith("src/http/") && /\bcatch\s*(\(|\{)/.test(textOf.get(path) ?? ""),
    );
    expect(http).toEqual([]);
  });
});
