/** The guides for whoever operates the service name what is there, and leave out nothing. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { features } from "../../../src/cli/deploy-check/features.ts";
import { handledEvents } from "../../../src/core/payments/cards/handle-stripe-event.ts";

const root = join(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const guide = read("docs/deployment.md");
const config = readConfig({ config: join(root, "wrangler.toml") });

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

const folder = "docs/operations/runbooks";
const runbooks = readdirSync(join(root, folder)).map((name) => ({ name, text: read(join(folder, name)) }));

function textOfAll(folderName: string): string {
  return readdirSync(join(root, folderName), { recursive: true, encoding: "utf8" })
    .map((name) => join(root, folderName, name))
    .filter((path) => /\.(ts|tsx|sql)$/.test(path) && statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}

describe("the deployment guide", () => {
  it("makes every queue and bucket of wrangler.toml", () => {
    const queues = [
      ...(config.queues.producers ?? []).map(({ queue }: { queue?: string }) => queue),
      ...(config.queues.consumers ?? []).map(({ queue }: { queue: string }) => queue),
    ];
    for (const queue of new Set(queues)) expect(guide).toContain(`wrangler queues create ${queue}\n`);
    for (const { bucket_name: bucket } of config.r2_buckets) expect(guide).toContain(`r2 bucket create ${bucket}\n`);
    for (const { database_name: database } of config.d1_databases) expect(guide).toContain(`d1 create ${database}\n`);
  });

  it("says where each secret comes from", () => {
    const isDevelopers = (name: string) =>
      /_BASE$|^RENDER|^ENVIRONMENT$|^DNS_|_MODELS?$|^ACCESS_TOKEN|^USER_REQUESTS/.test(name);
    const names = features.flatMap(({ needs, may }) => [...needs, ...may]).filter((name) => !isDevelopers(name));
    expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  it("asks Stripe for every event that is handled", () => {
    expect(handledEvents.filter((type) => !guide.includes(`\`${type}\``))).toEqual([]);
  });
});

describe("the rules of alerts", () => {
  it("all have a reason", () => {
    const names = Array.from(read("docs/operations/alerts.yml").matchAll(/- alert: (\w+)/g), ([, name = ""]) => name);
    const told = read("docs/operations/alerts.md");
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !new RegExp(`^\\| .*\\b${name}\\b.* \\|`, "m").test(told))).toEqual([]);
  });

  // Debian has it in the package prometheus.
  it.skipIf(!hasPromtool)(
    "say what they should on quiet days, on the first, and when everything fails",
    () => {
      const said = execFileSync("promtool", ["test", "rules", join(root, "docs/operations/alerts.test.yml")]);
      expect(String(said)).toContain("SUCCESS");
    },
    60_000,
  );
});

describe("the runbooks", () => {
  const code = ["src", "container", "migrations"].map(textOfAll).join("\n");

  it("are twelve, each with what an operator needs in the same order", () => {
    const pages = runbooks.filter(({ name }) => name !== "README.md");
    expect(pages).toHaveLength(12);
    for (const { name, text } of pages) {
      const headings = Array.from(text.matchAll(/^## (.+)$/gm), ([, words]) => words);
      expect(headings, name).toEqual(
        ["How it shows", "See", "Now", "It is over when", "What it cost", "Afterwards"].filter(
          (one) => one !== "Afterwards" || headings.includes(one),
        ),
      );
      expect(read(join(folder, "README.md"))).toContain(`(${name})`);
    }
  });

  it("are where each alert leads, and each has an alert", () => {
    const led = new Set(
      Array.from(read("docs/operations/alerts.yml").matchAll(/runbook: runbooks\/([\w-]+\.md)/g), ([, name]) => name),
    );
    const pages = runbooks.map(({ name }) => name).filter((name) => name !== "README.md");
    // A leak is told by people, and by no number.
    expect([...led, "leaked-key-or-secret.md"].toSorted()).toEqual(pages.toSorted());
  });

  it("name only codes, events, columns and paths that the code has", () => {
    const told = runbooks.flatMap(({ name, text }) =>
      Array.from(text.matchAll(/`([a-z]+(?:_[a-z0-9]+)+|[A-Z]+(?:_[A-Z]+)+)`/g), ([, word = ""]) => ({ name, word })),
    );
    expect(told.length).toBeGreaterThan(40);
    expect(told.filter(({ word }) => !code.includes(word) && !read("wrangler.toml").includes(word))).toEqual([]);
    const paths = runbooks.flatMap(({ text }) =>
      Array.from(text.matchAll(/`(?:GET|POST) (\/api[^`?]*)`/g), ([, path = ""]) => path),
    );
    expect(paths.length).toBeGreaterThan(6);
    expect(paths.filter((path) => !code.includes(` ${path}"`))).toEqual([]);
  });
});
