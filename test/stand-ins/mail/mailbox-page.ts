/** The page of the served stand-in: what was mailed, newest first. */
import type { KeptMail } from "./stand-in-mail.ts";

const style =
  "body{margin:2rem auto;max-width:50rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif}article{border-top:1px solid #ccc;padding:1rem 0}h2{margin:0;font-size:1.1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}";

export function mailboxPage(mails: readonly KeptMail[]): string {
  const drawn = mails
    .toReversed()
    .map(
      ({ id, to, subject, text, atMs }) =>
        `<article><h2>${escapeHtml(subject)}</h2><p>to ${escapeHtml(to)}, ${new Date(atMs).toISOString()}, <a href="/mails/${id}">as HTML</a></p><pre>${linked(text)}</pre></article>`,
    );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mailbox</title><style>${style}</style></head><body><h1>Mailbox</h1>${drawn.join("") || "<p>Nothing was mailed yet.</p>"}</body></html>`;
}

function linked(text: string): string {
  return escapeHtml(text).replace(/https?:\/\/\S+/g, '<a href="$&">$&</a>');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
