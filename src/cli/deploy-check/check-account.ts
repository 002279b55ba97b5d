/** Whether the Cloudflare account has what wrangler.toml names, and the database its migrations. */
import type { Unstable_Config as Config } from "wrangler";
import { z } from "zod";
import type { AskWrangler, WranglerAnswer } from "./ask-wrangler.ts";
import { type Finding, ok, unknown, wrong } from "./finding.ts";

/** wrangler shows a page of an account's queues at a time, and does not say that there are more. */
const queuePagesMax = 20;
const tableEdge = "│";
const secretList = z.array(z.object({ name: z.string() }));
/** Cloudflare's code 10007 and 10090, in wrangler's words. */
const isNewWorker = /Worker "[^"]+" not found/;

/** The names of the Worker's secrets, of a new Worker none; null: they are not known. */
export async function listSecrets(
  ask: AskWrangler,
): Promise<{ isSignedIn: boolean; names: ReadonlySet<string> | null; findings: Finding[] }> {
  const who = await ask("whoami", "--json");
  if (!who.isOk) return { isSignedIn: false, names: null, findings: [] };
  const answer = await ask("secret", "list", "--format", "json");
  if (!answer.isOk && isNewWorker.test(answer.trouble)) return { isSignedIn: true, names: new Set(), findings: [] };
  const parsed = secretList.safeParse(answer.isOk ? jsonIn(answer.text) : null);
  if (parsed.success) return { isSignedIn: true, names: new Set(parsed.data.map(({ name }) => name)), findings: [] };
  const findings = [wrong("account: the Worker's secrets could not be listed", reasonOf(answer))];
  return { isSignedIn: true, names: null, findings };
}

/** wrangler may say something around it, such as that there is a newer one. */
function jsonIn(text: string): unknown {
  const [list = "null"] = /^\[[\s\S]*\]/m.exec(text) ?? [];
  try {
    return JSON.parse(list);
  } catch {
    return null;
  }
}

export async function checkAccount(config: Config, ask: AskWrangler): Promise<Finding[]> {
  return [await checkMigrations(ask), await checkNamedQueues(config, ask), await checkBuckets(config, ask)];
}

export const notSignedIn = unknown(
  "account: secrets, migrations, queues and buckets",
  "Nobody is signed in to Cloudflare here: npx wrangler login, or set CLOUDFLARE_API_TOKEN.",
);

async function checkMigrations(ask: AskWrangler): Promise<Finding> {
  const answer = await ask("d1", "migrations", "list", "DB", "--remote");
  if (!answer.isOk) return wrong("account: the database could not be asked for its migrations", reasonOf(answer));
  const { text } = answer;
  if (text.includes("No migrations to apply")) return ok("account: every migration is applied");
  const waiting = new Set(text.match(/\d{4}_\w+\.sql/g) ?? []);
  return wrong(
    `account: migrations are not applied: ${[...waiting].join(", ")}`,
    "npx wrangler d1 migrations apply DB --remote; each works with the Worker that runs now.",
  );
}

async function checkNamedQueues({ queues }: Config, ask: AskWrangler): Promise<Finding> {
  const names = new Set([
    ...(queues.producers ?? []).flatMap(({ queue }) => queue ?? []),
    ...(queues.consumers ?? []).map(({ queue }) => queue),
  ]);
  let missing = [...names];
  for (let page = 1; missing.length > 0 && page <= queuePagesMax; page += 1) {
    const answer = await ask("queues", "list", "--page", String(page));
    if (!answer.isOk) return wrong("account: its queues could not be listed", reasonOf(answer));
    // Behind the last page.
    if (!answer.text.includes(tableEdge)) break;
    missing = missing.filter((name) => !isNamedIn(answer.text, name));
  }
  if (missing.length === 0) return ok(`account: all ${names.size} queues are there`);
  return wrong(
    `account: there is no queue ${missing.join(", ")}`,
    missing.map((name) => `npx wrangler queues create ${name}`).join(" && "),
  );
}

async function checkBuckets({ r2_buckets: buckets }: Config, ask: AskWrangler): Promise<Finding> {
  const answer = await ask("r2", "bucket", "list");
  if (!answer.isOk) return wrong("account: its buckets could not be listed", reasonOf(answer));
  const missing = buckets.flatMap(({ bucket_name: name = "" }) => (isNamedIn(answer.text, name) ? [] : [name]));
  if (missing.length === 0) return ok("account: the bucket is there");
  return wrong(`account: there is no bucket ${missing.join(", ")}`, `npx wrangler r2 bucket create ${missing[0]}`);
}

/** As a whole name: shujaa-render is not there because shujaa-render-dead is. */
function isNamedIn(text: string, name: string): boolean {
  return text.split(/[^\w-]+/).includes(name);
}

/** What stands at wrangler's mark of an error: after it come advice and where its log is. */
function reasonOf({ trouble }: WranglerAnswer): string {
  const [, reason = ""] = /\[ERROR\]\s*([\s\S]*?)(?:\u{1FAB5}|$)/u.exec(trouble) ?? [];
  return reason.replace(/\s+/g, " ").trim().slice(0, 300) || "wrangler did not answer, or said nothing of why.";
}
