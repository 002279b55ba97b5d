/** One page for all that mailed links lead to: no script, nothing loaded, at most one form that sends the link's token back. */
import { html, raw } from "hono/html";
import type { MailLanguage } from "../core/mail/letters.ts";

export const linkPageStyle =
  "*{box-sizing:border-box}body{margin:0;display:grid;place-items:center;min-height:100vh;background:#f4efe9;color:#2a2320;font:17px/1.5 system-ui,sans-serif}main{width:100%;max-width:28rem;padding:2rem}h1{font-size:1.7rem;line-height:1.25;margin:0 0 .75rem}p{margin:0 0 1.25rem}.flaw{color:#9b2c10;font-weight:600}label{display:block;font-weight:600;margin-bottom:.25rem}input[type=password]{display:block;width:100%;margin-bottom:1.25rem;padding:.75rem;border:1px solid #6b5d54;border-radius:6px;background:#fff;color:inherit;font:inherit}button,.onward{display:inline-block;padding:.8rem 1.6rem;border:0;border-radius:6px;background:#b4441c;color:#fff;font:inherit;font-weight:600;text-decoration:none;cursor:pointer}button:focus-visible,a:focus-visible,input:focus-visible{outline:3px solid #2a2320;outline-offset:2px}@media(prefers-color-scheme:dark){body{background:#1c1613;color:#f4efe9}.flaw{color:#f0a98a}input[type=password]{background:#2a221d;border-color:#b9aaa0}button:focus-visible,a:focus-visible,input:focus-visible{outline-color:#f4efe9}}";

export type LinkPage = {
  language: MailLanguage;
  title: string;
  texts: readonly string[];
  /** Why the last try would not do. */
  flaw?: string;
  form?: { action: string; token: string; button: string; isConfirmation?: boolean; passwordLabel?: string };
  onward?: string;
};

export function linkPage({ language, title, texts, flaw, form, onward }: LinkPage) {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title} · Shujaa Studio</title>
<link rel="icon" href="data:,">
<style>${raw(linkPageStyle)}</style>
</head>
<body><main>
<h1>${title}</h1>
${texts.map((text) => html`<p>${text}</p>`)}
${flaw === undefined ? "" : html`<p class="flaw" role="alert">${flaw}</p>`}
${form === undefined ? "" : formOf(form, language)}
${onward === undefined ? "" : html`<a class="onward" href="/">${onward}</a>`}
</main></body>
</html>`;
}

function formOf(form: NonNullable<LinkPage["form"]>, language: MailLanguage) {
  const { action, token, button, isConfirmation = false, passwordLabel } = form;
  return html`<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="lang" value="${language}">
${isConfirmation ? html`<input type="hidden" name="confirm" value="yes">` : ""}
${passwordLabel === undefined ? "" : html`<label for="password">${passwordLabel}</label><input id="password" name="password" type="password" autocomplete="new-password" required autofocus>`}
<button>${button}</button>
</form>`;
}
