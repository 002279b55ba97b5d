import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unstable_splitSqlQuery as splitSql } from "wrangler";

/** migrations/ as `applyD1Migrations` takes them. */
export function readMigrations(directory: string): { name: string; queries: string[] }[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({ name, queries: splitSql(readFileSync(join(directory, name), "utf8")) }));
}
