/** Everything is lost but the files in R2: the database, the ledgers, the queues. The nightly backups bring it back. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { Account, call } from "../support/account.ts";
import { removeState, startProduct } from "../support/product.ts";

const root = join(import.meta.dirname, "../..");
const password = "a long enough password";
const operators = ["first-operator@example.com", "second-operator@example.com"] as const;
const variables = { ADMIN_EMAILS: operators.join(",") };

async function signUp(url: string, email: string): Promise<Account> {
  const { status, body } = await call(url, "POST", "/api/auth/signup", { body: { email, password } });
  expect(status, JSON.stringify(body)).toBe(201);
  return new Account(url, String(body.access_token));
}

async function sha256Of(url: string): Promise<string> {
  const file = await fetch(url);
  expect(file.status).toBe(200);
  return createHash("sha256")
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest("hex");
}

/** Once the night is whole, with as many tenants as there are. */
async function untilBackedUp(operator: Account, tenants: number): Promise<string> {
  for (const untilMs = Date.now() + 120_000; Date.now() < untilMs; ) {
    const { body } = await operator.send("GET", "/api/admin/backups");
    const [newest] = body.data as { night: string; completed_at: string | null; tenants: number }[];
    if (newest !== undefined && newest.completed_at !== null && newest.tenants === tenants) return newest.night;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the backup was never whole");
}

async function restore(url: string, operator: Account, ...options: string[]): Promise<string> {
  const cli = [join(root, "src/cli/restore.ts"), "--url", url, "--token", operator.token, ...options];
  return (await promisify(execFile)(process.execPath, cli)).stdout;
}

test("all but the files is lost, and brought back by one command", async () => {
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-restore-"));
  let product = await startProduct({ stateDir, variables });
  try {
    const email = "amina@example.com";
    const amina = await signUp(product.url, email);
    const prompt = { prompt: "A farmer in Nakuru sells maize by phone", scenes: 1, draft: true };
    const { body: accepted } = await amina.send("POST", "/api/videos", prompt);
    const id = String(accepted.id);
    const made = await amina.waitFor(id);
    expect(made.status).toBe("succeeded");
    const before = {
      sha256: await sha256Of(String((made.output as { url: string }).url)),
      money: await amina.balance(),
      statement: (await amina.send("GET", "/api/credits/statement?limit=100")).body,
      me: (await amina.send("GET", "/api/auth/me")).body,
    };
    const first = await signUp(product.url, operators[0]);
    expect((await first.send("POST", "/api/admin/backups")).status).toBe(202);
    await untilBackedUp(first, 2);
    await product.kill();

    const kept = join(stateDir, "v3");
    const stores = await readdir(kept);
    expect(stores).toEqual(expect.arrayContaining(["d1", "do", "r2"]));
    for (const store of stores) if (store !== "r2") await rm(join(kept, store), { recursive: true });
    product = await startProduct({ stateDir, variables });
    const logIn = () => call(product.url, "POST", "/api/auth/login", { body: { email, password } });
    expect((await logIn()).status).toBe(401);

    const second = await signUp(product.url, operators[1]);
    const told = await restore(product.url, second);
    expect(told).toMatch(/^2 tenants restored, 0 left deleted, 0 waiting for an address, 0 could not be restored\.$/m);
    expect(told).toMatch(/ledger loaded/);

    const { body: session } = await logIn();
    const back = new Account(product.url, String(session.access_token));
    expect(await back.balance()).toEqual(before.money);
    expect((await back.send("GET", "/api/credits/statement?limit=100")).body).toEqual(before.statement);
    expect(before.statement).toMatchObject({ proven: true });
    expect((await back.send("GET", "/api/auth/me")).body).toEqual(before.me);
    const video = await back.waitFor(id);
    expect(await sha256Of(String((video.output as { url: string }).url))).toBe(before.sha256);
    expect((await back.send("GET", "/api/account/audit-log/verify")).body).toMatchObject({ intact: true });

    // What is there stays as it is, and life goes on: the next video is paid from the same books.
    expect(await restore(product.url, second)).toMatch(/ 0 rows restored, \d+ were there, ledger kept/);
    const { body: next } = await back.send("POST", "/api/videos", prompt);
    expect((await back.waitFor(String(next.id))).status).toBe("succeeded");
    expect((await back.send("GET", "/api/credits/statement?limit=100")).body).toMatchObject({ proven: true });
  } finally {
    await product.stop();
    await removeState(stateDir);
  }
});
