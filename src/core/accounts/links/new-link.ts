import { type Context, makeId } from "../../context.ts";
import type { MailLanguage } from "../../mail/letters.ts";
import type { LinkRow } from "./link-store.ts";
import { hashOf, newLinkToken } from "./link-token.ts";
import type { LinkKind } from "./tables.ts";

/** Where a link is asked for: what it begins with, in which language its page speaks, and the cookie of the browser, if one asked. */
export type AskedFrom = { origin: string; language: MailLanguage; browser: string | null };

/**
 * Those that let somebody in live 10 minutes (ASVS 6.5.5). A proof signs nobody in, and is looked for when the first work is
 * done: a day.
 */
export const linkLifeMs: Record<LinkKind, number> = {
  sign_in: 10 * 60_000,
  reset: 10 * 60_000,
  proof: 24 * 3_600_000,
};

/** The page that a link leads to. It burns nothing by being opened: mail scanners open all there is. */
const pagePaths: Record<LinkKind, string> = { sign_in: "/auth/magic", reset: "/auth/reset", proof: "/auth/proof" };

/** A link and the row that knows it again; the row is still to be written. */
export async function newLink(
  context: Context,
  of: { kind: LinkKind; email: string; userId: string | null; from: AskedFrom },
): Promise<{ row: LinkRow; link: string }> {
  const { deps } = context;
  const { kind, email, userId, from } = of;
  const nowMs = deps.clock.now();
  const token = newLinkToken(deps);
  const [tokenHash, browserHash] = await Promise.all([
    hashOf(deps, token),
    from.browser === null ? null : hashOf(deps, from.browser),
  ]);
  const query = new URLSearchParams({ token, ...(from.language === "en" ? {} : { lang: from.language }) });
  return {
    row: {
      id: makeId(context, "link"),
      kind,
      tokenHash,
      email,
      userId,
      browserHash,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + linkLifeMs[kind],
      usedAtMs: null,
    },
    link: `${from.origin}${pagePaths[kind]}?${query}`,
  };
}
