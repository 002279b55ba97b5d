import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import { postLetter, writeBlankIfChanged, writeLetterIfChanged } from "../../mail/write-letter.ts";
import { insertLinkBelow } from "./link-store.ts";
import { type AskedFrom, newLink } from "./new-link.ts";
import type { LinkKind } from "./tables.ts";

/** Open links of a kind that one address may have: whoever is impatient gets a second letter, and nobody's mailbox is filled. */
const openLinksMax = 3;

/**
 * Writes a link for an address and the letter that carries it. `isMailed` false: the same work, and a letter that nobody gets.
 * null: the address has as many open links as it may have, and nothing was written.
 */
export async function sendLink(
  context: Context,
  of: { kind: LinkKind; email: string; userId: string | null; isMailed: boolean; from: AskedFrom },
): Promise<string | null> {
  const { deps } = context;
  const { kind, email, userId, isMailed, from } = of;
  const { row, link } = await newLink(context, { kind, email, userId, from });
  const write = isMailed ? writeLetterIfChanged : writeBlankIfChanged;
  const letter = write(context, { to: email, language: from.language, template: kind, values: { link } });
  const [written] = await deps.db.batch([
    insertLinkBelow(deps, row, openLinksMax),
    auditRowIfChanged(context, { action: "link.request", target: row.id, tenantId: null, details: { kind } }),
    letter.statement,
  ]);
  if (written.length === 0) return null;
  await postLetter(context, letter.mailId);
  return link;
}
