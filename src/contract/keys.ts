import { z } from "zod";
import { listQuery } from "./credits.ts";
import { type FieldCode, told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";

export const keyKinds = ["secret", "embed"] as const;

/** What a scanner for secrets looks for: its last six characters are the CRC-32 of those before them, in base 62. */
export const keyExpression = String.raw`\b(?:sk_(?:live|test)|pk)_[0-9A-Za-z]{38}\b`;

/** Far more than one site has addresses. */
const originsMax = 20;

/**
 * An origin exactly as browsers send it (RFC 6454 §6.2): scheme, host in lower case and ASCII, a port that is not the
 * scheme's own. No wildcards: who may put a page on a subdomain is rarely who may spend the account's credits.
 */
export function isPageOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.origin !== text || url.hostname.includes("*")) return false;
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && (url.hostname === "localhost" || url.hostname === "127.0.0.1");
}

const originWords = "an origin as browsers send it: https://host or https://host:port, or http://localhost";

const pageOrigin = z
  .string()
  .max(253 + "https://".length + ":65535".length)
  .refine(isPageOrigin, told("wrong_format", originWords, { format: "origin" }));

const keyName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, "has control characters")
  .meta({ description: "What it is for.", example: "Shop on the web" });

export const createKeyBody = z
  .strictObject({
    name: keyName,
    kind: z.enum(keyKinds).meta({
      description:
        "`secret`: for programs of yours, never for a page. `embed`: for your pages; it makes videos and follows them, and nothing else.",
    }),
    origins: z
      .array(pageOrigin)
      .min(1)
      .max(originsMax)
      .optional()
      .meta({ description: "Of an embed key: the pages it may be used from.", example: ["https://www.example.com"] }),
  })
  .superRefine(({ kind, origins }, context) => {
    const refuse = (code: FieldCode, message: string) =>
      context.addIssue({ code: "custom", path: ["origins"], message, params: { code } });
    if (kind === "embed" && origins === undefined) refuse("required", "an embed key needs the origins of its pages");
    if (kind === "secret" && origins !== undefined) refuse("conflict", "a secret key is used from no page");
  });
export type CreateKeyBody = z.infer<typeof createKeyBody>;

export const rotateKeyBody = z.strictObject({
  grace_hours: z
    .int()
    .min(0)
    .max(7 * 24)
    .default(0)
    .meta({ description: "How long the replaced key still works. 0: not a moment longer." }),
});
export type RotateKeyBody = z.infer<typeof rotateKeyBody>;

export const keyAnswer = z.object({
  id: idSchema("key"),
  name: z.string(),
  kind: z.enum(keyKinds),
  prefix: z.string().meta({ description: "How it begins.", example: "sk_live_Ab3d" }),
  last_four: z.string(),
  origins: z.array(z.string()).nullable(),
  created_at: z.string(),
  last_used_at: z.string().nullable().meta({ description: "To the minute." }),
  expires_at: z.string().nullable().meta({ description: "The end of its grace, once another has replaced it." }),
});
export type KeyAnswer = z.infer<typeof keyAnswer>;

export const keyMade = keyAnswer.extend({
  api_key: z.string().meta({
    description: `The key itself, shown this once. As a regular expression for scanners: \`${keyExpression}\`; its last six characters are the CRC-32 of all before them in base 62 (0-9A-Za-z).`,
  }),
});
export type KeyMade = z.infer<typeof keyMade>;

export const keysQuery = listQuery;
export type KeysQuery = z.infer<typeof keysQuery>;
export const keysAnswer = z.object({ data: z.array(keyAnswer), next_cursor: z.string().nullable() });
export type KeysAnswer = z.infer<typeof keysAnswer>;
