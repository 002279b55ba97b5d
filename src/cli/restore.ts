/** `npm run restore`: brings back from the nightly backups what a service has lost. docs/backups.md says when. */
import { parseArgs } from "node:util";
import type { z } from "zod";
import { nightAnswer, nightsAnswer, type RestoredAnswer, restoredAnswer } from "../contract/backups.ts";
import { problemDocument } from "../contract/errors.ts";

const usage = `npm run restore -- --url URL --token TOKEN [options]

  --url URL        of the service: http://127.0.0.1:8787
  --token TOKEN    access token of somebody in ADMIN_EMAILS, signed in lately
  --night DAY      from this night alone (2026-11-25); without it each tenant comes from the newest night that has it
  --tenant ID      this tenant alone

Only what is missing is brought back. Nothing that is there is overwritten, so it can be run again.`;

type Target = { url: string; token: string };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: "string" },
      token: { type: "string" },
      night: { type: "string" },
      tenant: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { url, token, night, tenant } = values;
  if (values.help || url === undefined || token === undefined) return console.log(usage);
  const target = { url: url.replace(/\/+$/, ""), token };
  const nights = night === undefined ? await listNights(target) : [night];
  if (nights.length === 0) throw new Error("There are no backups.");
  const outcomes = await restoreNights(target, nights, tenant);
  const count = (outcome: RestoredAnswer["outcome"]) => outcomes.filter((one) => one === outcome).length;
  console.log(
    `${count("restored")} tenants restored, ${count("deleted")} left deleted, ${count("address_taken")} waiting for an address.`,
  );
  if (outcomes.length === 0) throw new Error("No backup has this tenant.");
  if (count("address_taken") > 0) process.exitCode = 1;
}

/** The newest first: whoever was in it is brought back as they were then, and not again from an older one. */
async function restoreNights(
  target: Target,
  nights: readonly string[],
  tenant: string | undefined,
): Promise<RestoredAnswer["outcome"][]> {
  const outcomes = new Map<string, RestoredAnswer["outcome"]>();
  for (const night of nights) {
    const waiting = (await listTenants(target, night)).filter(
      (id) => !outcomes.has(id) && (tenant === undefined || id === tenant),
    );
    // Whoever died in the middle of a night has no share of the service in it: an older one has.
    if (tenant === undefined && waiting.length > 0) await restoreService(target, night);
    for (const id of waiting) {
      const answer = await restore(target, night, { tenant_id: id });
      if (answer === null) throw new Error(`The backup of ${id} of ${night} is gone.`);
      console.log(`${id}  ${night}  ${describe(answer)}`);
      outcomes.set(id, answer.outcome);
    }
  }
  return [...outcomes.values()];
}

async function restoreService(target: Target, night: string): Promise<void> {
  const answer = await restore(target, night, {});
  console.log(`the service  ${night}  ${answer === null ? "not in this backup" : describe(answer)}`);
}

function describe({ outcome, rows, ledger, taken }: RestoredAnswer): string {
  if (outcome === "deleted") return "was deleted, and stays so";
  if (outcome === "address_taken") {
    const addresses = taken.map(({ field, value, user_id: userId }) => `the ${field} ${value} is ${userId}'s now`);
    return `nothing restored: ${addresses.join("; ")}. Free it, and run this again.`;
  }
  const sum = (what: "restored" | "kept") => Object.values(rows).reduce((total, table) => total + table[what], 0);
  const books = ledger === null ? "" : `, ledger ${ledger}`;
  return `${sum("restored")} rows restored, ${sum("kept")} were there${books}`;
}

async function listNights(target: Target): Promise<string[]> {
  const { data } = await ask(target, "GET", "/api/admin/backups", nightsAnswer);
  return data.map(({ night }) => night);
}

async function listTenants(target: Target, night: string): Promise<string[]> {
  const tenants: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = cursor === "" ? "" : `?cursor=${encodeURIComponent(cursor)}`;
    const page: z.infer<typeof nightAnswer> = await ask(
      target,
      "GET",
      `/api/admin/backups/${night}${query}`,
      nightAnswer,
    );
    tenants.push(...page.data.map(({ tenant_id: id }) => id));
    cursor = page.next_cursor;
  }
  return tenants;
}

/** null: there is no such backup. */
async function restore(target: Target, night: string, body: object): Promise<RestoredAnswer | null> {
  const answer = await send(target, "POST", `/api/admin/backups/${night}/restore`, body);
  if (answer.status === 404) return null;
  return restoredAnswer.parse(await readAnswer(answer));
}

async function ask<Schema extends z.ZodType>(
  target: Target,
  method: string,
  path: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  return schema.parse(await readAnswer(await send(target, method, path)));
}

/** Many tenants are more requests a second than one user may make: whoever is told to wait waits. */
async function send({ url, token }: Target, method: string, path: string, body?: object): Promise<Response> {
  for (;;) {
    const response = await fetch(url + path, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status !== 429) return response;
    await response.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(response.headers.get("Retry-After") ?? 1)));
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const problem = problemDocument.safeParse(body);
  throw new Error(problem.success ? problem.data.detail : `The service answered ${response.status}.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
