import { Hono } from "hono";
import { z } from "zod";
import { readLinkedReceipt, readOwnReceipt } from "../../core/payments/read-receipt.ts";
import { contextOf, originOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { pagePolicy } from "../page-policy.ts";
import { receiptPage, receiptStyle } from "../receipt-page.ts";
import { receiptLanguages } from "../receipt-words.ts";
import { hasValidLink } from "../signed-link.ts";
import { validate } from "../validate.ts";
import { signedIn } from "./files.ts";

const receiptQuery = z.strictObject({
  lang: z.enum(receiptLanguages).default("en"),
  expires: z.string().optional().meta({ description: "Of the link." }),
  signature: z.string().optional().meta({ description: "Of the link." }),
});

export const receiptRoutes = new Hono<HttpEnv>().get(
  "/:id/receipt",
  operation({
    id: "getReceipt",
    summary: "A receipt, to read and to print",
    description: "With credentials, or by the `receipt_url` of the payment, which opens without them for a week.",
    tag: "Payments",
    permission: "payments.read",
    opensByLink: true,
    answers: { 200: { description: "A page for A4", contentType: "text/html" } },
    refuses: ["unauthenticated", "not_found", "payment_not_paid", "validation_failed"],
  }),
  existing("payment"),
  validate("query", receiptQuery),
  async (c) => {
    const paymentId = c.req.param("id");
    const receipt = (await hasValidLink(c))
      ? await readLinkedReceipt(contextOf(c), paymentId)
      : await readOwnReceipt(signedIn(c, "the payment's `receipt_url`"), paymentId);
    const address = c.env.deps.publicUrl ?? originOf(c);
    c.header("Content-Security-Policy", await pagePolicy(c.env.deps.digests, receiptStyle));
    return c.html(receiptPage(receipt, c.req.valid("query").lang, { name: "Shujaa Studio", address }));
  },
);
