import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { passwords } from "../tables.ts";

/** null: they have none. */
export async function findPasswordHash(deps: Deps, userId: string): Promise<string | null> {
  const [row] = await deps.db.select({ hash: passwords.hash }).from(passwords).where(eq(passwords.userId, userId));
  return row?.hash ?? null;
}

/** Answers with a row when `condition` held, and the password is written. */
export function upsertPassword(
  deps: Deps,
  password: { userId: string; hash: string; setAtMs: number },
  condition: SQL,
) {
  const { userId, hash, setAtMs } = password;
  return deps.db
    .insert(passwords)
    .select(sql`select ${userId}, ${hash}, ${setAtMs} where ${condition}`)
    .onConflictDoUpdate({ target: passwords.userId, set: { hash, setAtMs } })
    .returning({ userId: passwords.userId });
}

/** The same password, hashed anew; unless another was set meanwhile. */
export function replaceHash(deps: Deps, userId: string, hash: { old: string; new: string }) {
  return deps.db
    .update(passwords)
    .set({ hash: hash.new })
    .where(and(eq(passwords.userId, userId), eq(passwords.hash, hash.old)));
}
