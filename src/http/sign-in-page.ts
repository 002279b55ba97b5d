/** What somebody reads who comes back from a provider and is not signed in: no script, nothing loaded, nothing of an account. */
import { html, raw } from "hono/html";
import type { NotSignedIn } from "../core/accounts/oauth/finish-sign-in.ts";
import { brand, cardStyle } from "./brand.ts";

type Words = { status: 400 | 403 | 503; title: string; text: string };

export function signInWords(reason: NotSignedIn, provider: string): Words {
  switch (reason) {
    case "no_attempt":
      return {
        status: 400,
        title: "This sign-in cannot be finished",
        text: "It was begun in another browser, more than ten minutes ago, or is finished already. Nothing was changed; begin again.",
      };
    case "declined":
      return {
        status: 403,
        title: "You said no, and that is fine",
        text: `${provider} told us nothing about you. Nothing was changed; begin again, or sign in another way.`,
      };
    case "refused":
      return {
        status: 403,
        title: "You could not be signed in",
        text: `What came back from ${provider} did not let us sign you in. Nothing was changed; begin again, or sign in another way.`,
      };
    case "unverified":
      return {
        status: 403,
        title: "Your address is not confirmed there",
        text: `${provider} does not vouch for an email address of yours. Nothing was changed; confirm your address at ${provider} and begin again, or sign in another way.`,
      };
    case "away":
      return {
        status: 503,
        title: `${provider} did not answer`,
        text: `${provider} did not answer. Nothing was changed; try again.`,
      };
  }
}

export function signInPage({ title, text }: Words, againUrl: string) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Shujaa Studio</title>
<link rel="icon" href="data:,">
<style>${raw(cardStyle)}</style>
</head>
<body><main>${brand}<h1>${title}</h1><p>${text}</p><a class="onward" href="${againUrl}">Begin again</a></main></body>
</html>`;
}
