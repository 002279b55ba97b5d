/** One page for all that mailed links lead to: no script, nothing loaded, at most one form that sends the link's token back. */
import { html, raw } from "hono/html";
import type { MailLanguage } from "../core/mail/letters.ts";
import { brand, cardStyle } from "./brand.ts";

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
<style>${raw(cardStyle)}</style>
</head>
<body><main>
${brand}
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
