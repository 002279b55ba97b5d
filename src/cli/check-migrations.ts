/** Fails when the tables have changed and migrations/ has not: part of `npm run check`. */
import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { root } from "./local-settings.ts";

await mkdir(join(root, ".wrangler"), { recursive: true });
const scratch = await mkdtemp(join(root, ".wrangler/migrations-"));
try {
  await cp(join(root, "migrations"), scratch, { recursive: true });
  const drizzleKit = join(root, "node_modules/drizzle-kit/bin.cjs");
  const out = relative(root, scratch);
  const schema = "./src/core/**/tables.ts";
  const run = spawnSync(
    process.execPath,
    [drizzleKit, "generate", "--dialect=sqlite", `--schema=${schema}`, `--out=${out}`],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const [before, after] = await Promise.all([readdir(join(root, "migrations")), readdir(scratch)]);
  if (run.status !== 0 || after.length !== before.length) {
    console.error(
      `${run.stdout}${run.stderr}\nThe tables have changed: npm run db:generate, read the SQL, and commit it.`,
    );
    process.exitCode = 1;
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
