import { Hono } from "hono";
import { accepts } from "hono/accepts";
import {
  balanceAnswer,
  calculateCostBody,
  costAnswer,
  hashedFields,
  packagesAnswer,
  statementAnswer,
  statementQuery,
  transactionsAnswer,
  transactionsQuery,
} from "../../contract/credits.ts";
import { videosAnswer, videosQuery } from "../../contract/videos.ts";
import { calculateCost } from "../../core/credits/calculate-cost.ts";
import { getBalance } from "../../core/credits/get-balance.ts";
import { listPackages } from "../../core/credits/list-packages.ts";
import { listTransactions } from "../../core/credits/list-transactions.ts";
import { proveStatement } from "../../core/credits/prove-statement.ts";
import { transactionsCsv } from "../../core/credits/transactions-csv.ts";
import { listVideos } from "../../core/videos/read-video.ts";
import { originOf, userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

const statementWords = `Recomputes the balance, every charge and every claim from the ledger's entries, checks their chain of hashes, and compares the list of transactions with them. \`proven\` says whether all of it agrees.

The entries are paged, oldest first. The hash of an entry is the SHA-256, in lowercase hexadecimal, of the UTF-8 text of a JSON array of these fields, in this order: ${hashedFields.map((field) => `\`${field}\``).join(", ")}. The array is written as RFC 8785 says (what JavaScript's JSON.stringify writes): no spaces, and in strings only the quotation mark, the backslash and control characters are escaped. The first entry's \`previous_hash\` is 64 zeros, every other's is the \`hash\` of the entry before it.

Keep \`head.hash\`. Whenever you give it as \`known_hash\`, the answer says whether everything up to it is still what it was.`;

export const creditRoutes = new Hono<HttpEnv>()
  .get(
    "/balance",
    operation({
      id: "getBalance",
      summary: "What can be spent now",
      tag: "Credits",
      permission: "credits.read",
      answers: { 200: { description: "The balance", schema: balanceAnswer } },
    }),
    async (c) => c.json(await getBalance(userContextOf(c)), 200),
  )
  .get(
    "/packages",
    operation({
      id: "listPackages",
      summary: "What credits cost",
      tag: "Credits",
      permission: null,
      answers: { 200: { description: "The packages", schema: packagesAnswer } },
    }),
    (c) => c.json(listPackages(), 200),
  )
  .get(
    "/transactions",
    operation({
      id: "listTransactions",
      summary: "Every change of the balance, newest first",
      description: "With `Accept: text/csv`, the whole filtered history as a file.",
      tag: "Credits",
      permission: "credits.read",
      answers: { 200: { description: "A page of transactions", schema: transactionsAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", transactionsQuery),
    async (c) => {
      const context = userContextOf(c);
      const query = c.req.valid("query");
      const wanted = accepts(c, {
        header: "Accept",
        supports: ["application/json", "text/csv"],
        default: "application/json",
      });
      if (wanted === "application/json") return c.json(await listTransactions(context, query), 200);
      return c.body(await transactionsCsv(context, query), 200, {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="transactions.csv"',
      });
    },
  )
  .get(
    "/statement",
    operation({
      id: "getStatement",
      summary: "A statement that proves itself",
      description: statementWords,
      tag: "Credits",
      permission: "credits.read",
      answers: { 200: { description: "The proof, and a page of entries", schema: statementAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", statementQuery),
    async (c) => c.json(await proveStatement(userContextOf(c), c.req.valid("query")), 200),
  )
  .post(
    "/calculate-cost",
    operation({
      id: "calculateCost",
      summary: "What a video of this length costs",
      tag: "Credits",
      permission: "credits.read",
      answers: { 200: { description: "The price and what it is made of", schema: costAnswer } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", calculateCostBody),
    async (c) => c.json(await calculateCost(userContextOf(c), c.req.valid("json")), 200),
  )
  .get(
    "/video-history",
    operation({
      id: "listVideoHistory",
      summary: "The library, as GET /api/videos",
      tag: "Credits",
      permission: "videos.list",
      answers: { 200: { description: "A page of videos", schema: videosAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", videosQuery),
    async (c) => c.json(await listVideos(userContextOf(c), { query: c.req.valid("query"), origin: originOf(c) }), 200),
  );
