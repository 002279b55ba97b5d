/** Whether the Cloudflare account has what wrangler.toml names, and the database its migrations. */
import type { Unstable_Config as Config } from "wrangler";
import { z } from "zod";
import type { askWrangler } from "./ask-wrangler.ts";
import { type Finding, ok, unknown, wrong } from "./finding.ts";

type Ask = typeof askWrangler;

const secretList = z.array(z.object({ name: z.string() }));

/** null: nobody is signed in to Cloudflare on this machine. Otherwise the names of the Worker's secrets; of a new Worker none. */
export async function listSecrets(ask: Ask): Promise<ReadonlySet<string> | null> {
  const who = await ask("whoami", "--json");
  if (!who.isOk) return null;
  const answer = await ask("secret", "list", "--format", "json");
  if (!answer.isOk) return new Set();
  const start = answer.text.indexOf("[");
  const parsed = secretList.safeParse(JSON.parse(start === -1 ? "[]" : answer.text.slice(start)));
  return new Set(parsed.success ? parsed.data.map(({ name }) => name) : []);
}

export async function checkAccount(config: Config, ask: Ask): Promise<Finding[]> {
  return [await checkMigrations(ask), await checkNamedQueues(config, ask), await checkBuckets(config, ask)];
}

export const notSignedIn = unknown(
  "account: secrets, migrations, queues and buckets",
  "Nobody is signed in to Cloudflare here: npx wrangler login, or set CLOUDFLARE_API_TOKEN.",
);

async function checkMigrations(ask: Ask): Promise<Finding> {
  const { isOk, text } = await ask("d1", "migrations", "list", "DB", "--remote");
  if (!isOk) return wrong("account: the database could not be asked for its migrations", lastWords(text));
  if (text.includes("No migrations to apply")) return ok("account: every migration is applied");
  const waiting = new Set(text.match(/\d{4}_\w+\.sql/g) ?? []);
  return wrong(
    `account: migrations are not applied: ${[...waiting].join(", ")}`,
    "npx wrangler d1 migrations apply DB --remote; each works with the Worker that runs now.",
  );
}

async function checkNamedQueues({ queues }: Config, ask: Ask): Promise<Finding> {
  const { isOk, text } = await ask("queues", "list");
  if (!isOk) return wrong("account: its queues could not be listed", lastWords(text));
  const names = new Set([
    ...(queues.producers ?? []).flatMap(({ queue }) => queue ?? []),
    ...(queues.consumers ?? []).map(({ queue }) => queue),
  ]);
  const missing = [...names].filter((name) => !isNamedIn(text, name));
  if (missing.length === 0) return ok(`account: all ${names.size} queues are there`);
  return wrong(
    `account: there is no queue ${missing.join(", ")}`,
    missing.map((name) => `npx wrangler queues create ${name}`).join(" && "),
  );
}

async function checkBuckets({ r2_buckets: buckets }: Config, ask: Ask): Promise<Finding> {
  const { isOk, text } = await ask("r2", "bucket", "list");
  if (!isOk) return wrong("account: its buckets could not be listed", lastWords(text));
  const missing = buckets.flatMap(({ bucket_name: name = "" }) => (isNamedIn(text, name) ? [] : [name]));
  if (missing.length === 0) return ok("account: the bucket is there");
  return wrong(`account: there is no bucket ${missing.join(", ")}`, `npx wrangler r2 bucket create ${missing[0]}`);
}

/** As a whole name: shujaa-render is not there because shujaa-render-dead is. */
function isNamedIn(text: string, name: string): boolean {
  return text.split(/[^\w-]+/).includes(name);
}

/** wrangler's own last line says most. */
function lastWords(text: string): string {
  return (
    text
      .trim()
      .split("\n")
      .findLast((line) => line.trim() !== "")
      ?.trim()
      .slice(0, 200) ?? "It said nothing."
  );
}
