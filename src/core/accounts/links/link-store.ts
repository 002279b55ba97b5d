import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { type LinkKind, oneTimeLinks } from "./tables.ts";

export type LinkRow = typeof oneTimeLinks.$inferSelect;

export function insertLink(deps: Deps, link: LinkRow) {
  return deps.db.insert(oneTimeLinks).values(link);
}

/** Only while fewer than `cap` links of its kind are open for its address: decided in the statement, so that no crowd gets past. */
export function insertLinkBelow(deps: Deps, link: LinkRow, cap: number) {
  const open = sql`(select count(*) from ${oneTimeLinks} where ${oneTimeLinks.email} = ${link.email} and ${oneTimeLinks.kind} = ${link.kind} and ${oneTimeLinks.usedAtMs} is null and ${oneTimeLinks.expiresAtMs} > ${link.createdAtMs})`;
  return deps.db
    .insert(oneTimeLinks)
    .select(
      sql`select ${link.id}, ${link.kind}, ${link.tokenHash}, ${link.email}, ${link.userId}, ${link.browserHash}, ${link.createdAtMs}, ${link.expiresAtMs}, null where ${open} < ${cap}`,
    )
    .returning({ id: oneTimeLinks.id });
}

/** null: unknown, used, or expired. */
export async function findOpenLink(
  deps: Deps,
  kind: LinkKind,
  tokenHash: string,
  nowMs: number,
): Promise<LinkRow | null> {
  const [row] = await deps.db
    .select()
    .from(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.tokenHash, tokenHash),
        eq(oneTimeLinks.kind, kind),
        isNull(oneTimeLinks.usedAtMs),
        gt(oneTimeLinks.expiresAtMs, nowMs),
      ),
    )
    .limit(1);
  return row ?? null;
}

/** Uses a link up: of all who try at once, one has it. */
export async function burnLink(deps: Deps, linkId: string, nowMs: number): Promise<boolean> {
  const burned = await deps.db
    .update(oneTimeLinks)
    .set({ usedAtMs: nowMs })
    .where(and(eq(oneTimeLinks.id, linkId), isNull(oneTimeLinks.usedAtMs), gt(oneTimeLinks.expiresAtMs, nowMs)))
    .returning({ id: oneTimeLinks.id });
  return burned.length > 0;
}

export async function deleteLinksExpiredBefore(deps: Deps, beforeMs: number, limit: number): Promise<void> {
  const old = deps.db
    .select({ id: oneTimeLinks.id })
    .from(oneTimeLinks)
    .where(lt(oneTimeLinks.expiresAtMs, beforeMs))
    .limit(limit);
  await deps.db.delete(oneTimeLinks).where(sql`${oneTimeLinks.id} in ${old}`);
}
