/** What the link in an invitation's letter opens: who asks whom into what. Looking at it accepts nothing. */
import { Hono } from "hono";
import { html, raw } from "hono/html";
import { z } from "zod";
import { invitationToken } from "../contract/members.ts";
import { readInvitation } from "../core/accounts/members/accept-invitation.ts";
import { type MailLanguage, mailLanguages } from "../core/mail/letters.ts";
import { brand, cardStyle } from "./brand.ts";
import { contextOf } from "./context.ts";
import type { HttpEnv } from "./http-env.ts";
import { operation } from "./operation.ts";
import { pagePolicy } from "./page-policy.ts";
import { preferredLanguage } from "./preferred-language.ts";
import { validate } from "./validate.ts";

const pageQuery = z.strictObject({ token: invitationToken, lang: z.enum(mailLanguages).optional() });

type Shown = { tenant: string; inviter: string; role: "owner" | "creator" };
type Words = {
  title: (shown: Shown) => string;
  role: Record<Shown["role"], string>;
  next: string;
  onward: string;
  token: string;
  goneTitle: string;
  gone: string;
};

const words: Record<MailLanguage, Words> = {
  en: {
    title: ({ inviter, tenant }) => `${inviter} invites you to ${tenant}`,
    role: {
      owner: "You would be an owner: you make videos, and manage people, keys and billing.",
      creator: "You would be a creator: you make videos with the tenant's credits and see its library.",
    },
    next: "First sign in to Shujaa Studio with the address this was mailed to, or sign up with it. Then accept the invitation there. Opening this page has accepted nothing.",
    onward: "Sign in and accept",
    token: "Whoever calls the API accepts it with the token in this page's address:",
    goneTitle: "This invitation cannot be used",
    gone: "It was accepted before, taken back, or is over. Ask whoever invited you for a new one.",
  },
  sw: {
    title: ({ inviter, tenant }) => `${inviter} anakualika kujiunga na ${tenant}`,
    role: {
      owner: "Utakuwa mmiliki: utatengeneza video, na kusimamia watu, funguo na malipo.",
      creator: "Utakuwa mtayarishaji: utatengeneza video kwa salio la kikundi na kuona maktaba yake.",
    },
    next: "Kwanza ingia Shujaa Studio kwa anwani iliyotumiwa barua hii, au jisajili nayo. Kisha kubali mwaliko huko. Kufungua ukurasa huu hakujakubali chochote.",
    onward: "Ingia na ukubali",
    token: "Anayetumia API anaukubali kwa tokeni iliyo katika anwani ya ukurasa huu:",
    goneTitle: "Mwaliko huu hauwezi kutumika",
    gone: "Umeshakubaliwa, umeondolewa, au muda wake umekwisha. Mwombe aliyekualika akutumie mwingine.",
  },
};

export const invitationPageRoutes = new Hono<HttpEnv>().get(
  "/auth/invitation",
  operation({
    id: "showInvitation",
    summary: "The page that an invitation's mail leads to",
    description: "Says who invites into what. It accepts nothing, so that a mail scanner cannot.",
    tag: "Auth",
    permission: null,
    answers: {
      200: { description: "A page", contentType: "text/html" },
      404: { description: "A page that says that it cannot be used any more", contentType: "text/html" },
    },
    refuses: ["validation_failed"],
  }),
  validate("query", pageQuery),
  async (c) => {
    const { token, lang = preferredLanguage(c.req.header("Accept-Language")) } = c.req.valid("query");
    const invitation = await readInvitation(contextOf(c), token);
    c.header("Content-Security-Policy", await pagePolicy(c.env.deps.digests, cardStyle));
    return invitation === null ? c.html(gonePage(lang), 404) : c.html(page(invitation, lang, token), 200);
  },
);

function page(shown: Shown, language: MailLanguage, token: string) {
  const say = words[language];
  return document(
    language,
    say.title(shown),
    html`<p>${say.role[shown.role]}</p><p>${say.next}</p>
<p><a class="onward" href="/account?${new URLSearchParams({ invitation: token }).toString()}#members">${say.onward}</a></p><p><small>${say.token} <code>POST /api/account/invitations/accept</code></small></p>`,
  );
}

function gonePage(language: MailLanguage) {
  const say = words[language];
  return document(language, say.goneTitle, html`<p>${say.gone}</p>`);
}

function document(language: MailLanguage, title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Shujaa Studio</title>
<link rel="icon" href="data:,">
<style>${raw(cardStyle)}</style>
</head>
<body><main>${brand}<h1>${title}</h1>${body}</main></body>
</html>`;
}
