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
type Outcome = RestoredAnswer["outcome"] | "failed";
/** What the service says of a backup that it could not restore. */
type Failure = { failure: string };

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
  const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  console.log(
    `${count("restored")} tenants restored, ${count("deleted")} left deleted, ${count("address_taken")} waiting for an address, ${count("failed")} could not be restored.`,
  );
  if (outcomes.length === 0) throw new Error("No backup has this tenant.");
  if (count("address_taken") + count("failed") > 0) process.exitCode = 1;
}

/**
 * The newest first: whoever was in it is brought back as they were then, and not again from an older one. A backup that cannot
 * be restored keeps nobody else's waiting; an older one of the same tenant is tried.
 */
async function restoreNights(
  target: Target,
  nights: readonly string[],
  tenant: string | undefined,
): Promise<Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  for (const night of nights) {
    const waiting = (await listTenants(target, night)).filter(
      (id) => (outcomes.get(id) ?? "failed") === "failed" && (tenant === undefined || id === tenant),
    );
    // Whoever died in the middle of a night has no share of the service in it: an older one has.
    if (tenant === undefined && waiting.length > 0) await restoreService(target, night);
    for (const id of waiting) {
      const answer = await restore(target, night, { tenant_id: id });
      console.log(`${id}  ${night}  ${describe(answer)}`);
      outcomes.set(id, "failure" in answer ? "failed" : answer.outcome);
    }
  }
  return [...outcomes.values()];
}

async function restoreService(target: Target, night: string): Promise<void> {
  console.log(`the service  ${night}  ${describe(await restore(target, night, {}))}`);
}

function describe(answer: RestoredAnswer | Failure): string {
  if ("failure" in answer) return `not restored: ${answer.failure}`;
  const { outcome, rows, ledger, taken } = answer;
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

/** Throws when it is the caller who is refused: no other backup would fare better. */
async function restore(target: Target, night: string, body: object): Promise<RestoredAnswer | Failure> {
  const answer = await send(target, "POST", `/api/admin/backups/${night}/restore`, body);
  const isOfThisBackup = answer.status >= 500 || [404, 422].includes(answer.status);
  if (isOfThisBackup) return { failure: await readProblem(answer) };
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

/** The service gives a restore ten minutes. */
const answerLimitMs = 660_000;

/** Many tenants are more requests a second than one user may make: whoever is told to wait waits. */
async function send({ url, token }: Target, method: string, path: string, body?: object): Promise<Response> {
  for (;;) {
    const response = await fetch(url + path, {
      method,
      signal: AbortSignal.timeout(answerLimitMs),
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
  if (!response.ok) throw new Error(await readProblem(response));
  return await response.json();
}

async function readProblem(response: Response): Promise<string> {
  const problem = problemDocument.safeParse(await response.json().catch(() => null));
  return problem.success ? problem.data.detail : `The service answered ${response.status}.`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
