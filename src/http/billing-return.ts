/** Where Stripe's pages send people back to: a page that says what happened, whoever opens it. */
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { html, raw } from "hono/html";
import { z } from "zod";
import { returnCookie } from "../contract/return-cookie.ts";
import { type VisitedCheckout, visitCheckout } from "../core/payments/cards/visit-checkout.ts";
import { brand, cardStyle } from "./brand.ts";
import { contextOf } from "./context.ts";
import type { HttpEnv } from "./http-env.ts";
import { operation } from "./operation.ts";
import { pagePolicy } from "./page-policy.ts";
import { validate } from "./validate.ts";

const returnQuery = z.strictObject({
  session_id: z.string().min(1).max(255).optional(),
  left: z.string().optional(),
  portal: z.string().optional(),
});

type Words = { title: string; text: string; isWaiting?: boolean };

const waitSeconds = 5;

export const billingReturnRoutes = new Hono<HttpEnv>().get(
  "/billing/return",
  operation({
    id: "billingReturn",
    summary: "The page that Stripe sends a payer back to",
    description: "Says what came of the checkout, and applies it at once.",
    tag: "Billing",
    permission: null,
    answers: {
      200: { description: "A page", contentType: "text/html" },
      303: { description: "To the studio, for who came from there" },
    },
    refuses: ["validation_failed"],
  }),
  validate("query", returnQuery),
  async (c) => {
    const { session_id: sessionId, left, portal } = c.req.valid("query");
    const visited = sessionId === undefined ? null : await visitCheckout(contextOf(c), sessionId);
    const isFromStudio = getCookie(c, returnCookie.name) === returnCookie.value;
    if (isFromStudio && (visited === null || isToldByStudio(visited))) {
      return c.redirect(portal === undefined ? "/billing" : "/billing?view=plans", 303);
    }
    const words = visited === null ? plainWords(left) : wordsOf(visited);
    c.header("Content-Security-Policy", await pagePolicy(c.env.deps.digests, cardStyle));
    if (words.isWaiting === true) c.header("Refresh", String(waitSeconds));
    return c.html(page(words), 200);
  },
);

/** The studio follows the payment; what only a person can decide, and what is none of ours, is said here. */
function isToldByStudio({ outcome }: VisitedCheckout): boolean {
  return outcome !== "doubtful" && outcome !== "not_ours";
}

function plainWords(left: string | undefined): Words {
  if (left === undefined) return { title: "Welcome back", text: "You can close this page." };
  return { title: "Nothing was charged", text: "You left before paying. Start again whenever you like." };
}

function wordsOf({ outcome, credits }: VisitedCheckout): Words {
  switch (outcome) {
    case "paid":
      if (credits === null) return { title: "Your plan is on", text: "Thank you. You can close this page." };
      return { title: "Paid", text: `${credits} credits are in your account. You can close this page.` };
    case "waiting":
      return {
        title: "Your bank is on it",
        text: "Nothing more is to be done here: once the bank confirms the payment, what you bought comes by itself.",
        isWaiting: true,
      };
    case "failed":
    case "expired":
      return { title: "It was not paid", text: "Nothing was charged. Start again, maybe with another card." };
    case "doubtful":
      return {
        title: "A person is looking at it",
        text: "What was paid is not what was ordered. You get your credits, or your money back.",
      };
    case "not_ours":
      return { title: "There is no such checkout", text: "Nothing was charged by opening this page." };
  }
}

function page({ title, text }: Words) {
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
<body><main>${brand}<h1>${title}</h1><p>${text}</p>
<a class="onward" href="/billing">Back to Shujaa Studio</a></main></body>
</html>`;
}
