import { z } from "zod";
import { told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";
import { resolutions } from "./video.ts";

export const transactionTypes = ["purchase", "topup", "usage", "refund", "bonus", "adjustment"] as const;
export type TransactionType = (typeof transactionTypes)[number];
/** Of the ledger's entries; the last three leave the balance as it is, and are no transactions. */
export const entryTypes = [...transactionTypes, "capture", "shortfall", "waiver"] as const;
export type EntryType = (typeof entryTypes)[number];
export const ledgerAccounts = ["issued", "available", "held", "spent", "owed"] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export const balanceAnswer = z.object({
  balance: z.int().nonnegative().meta({ description: "Credits that can be spent now." }),
  held: z.int().nonnegative().meta({ description: "Credits charged for videos that are still being made." }),
  total_purchased: z.int().nonnegative(),
  unlimited: z.boolean(),
  owed: z.int().nonnegative().meta({
    description:
      "Credits that a refund or a dispute took back after they were spent. The next credits that arrive settle it.",
  }),
  on_hold: z.boolean().meta({ description: "Nothing can be spent: credits are owed, or a payment is disputed." }),
});
export type BalanceAnswer = z.infer<typeof balanceAnswer>;

export const packagesAnswer = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      number: z.int(),
      credits: z.int(),
      bonus: z.int(),
      total: z.int(),
      prices: z.object({
        USD: z.object({ amount: z.int(), currency: z.literal("USD") }),
        KES: z.object({ amount: z.int(), currency: z.literal("KES") }),
      }),
      per_credit: z.object({ USD: z.number(), KES: z.number() }),
    }),
  ),
});
export type PackagesAnswer = z.infer<typeof packagesAnswer>;

export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});

export const transactionsQuery = listQuery.extend({
  type: z.enum(transactionTypes).optional(),
  from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  to: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
});
export type TransactionsQuery = z.infer<typeof transactionsQuery>;

export const transactionAnswer = z.object({
  id: idSchema("transaction"),
  type: z.enum(transactionTypes),
  /** Credits; below zero when they were spent. */
  amount: z.int(),
  balance_after: z.int(),
  description: z.string(),
  video_id: z.string().optional(),
  image_id: z.string().optional(),
  payment_id: z.string().optional(),
  created_at: z.string(),
});
export type TransactionAnswer = z.infer<typeof transactionAnswer>;
export const transactionsAnswer = z.object({ data: z.array(transactionAnswer), next_cursor: z.string().nullable() });
export type TransactionsAnswer = z.infer<typeof transactionsAnswer>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lowercase hexadecimal digits");

export const statementQuery = listQuery.extend({
  known_hash: sha256.optional().meta({ description: "The head of a statement that you kept." }),
});
export type StatementQuery = z.infer<typeof statementQuery>;

/** What customers are told to recompute a hash from: the fields of an entry, in the order in which they are hashed. */
export const hashedFields = [
  "previous_hash",
  "sequence",
  "id",
  "transaction_number",
  "operation_id",
  "type",
  "debit",
  "credit",
  "amount",
  "balance_after",
  "description",
  "made_id",
  "payment_id",
  "created_at",
] as const;

export const statementEntry = z.object({
  sequence: z.int().positive(),
  id: idSchema("transaction"),
  transaction_number: z.int().positive().nullable().meta({
    description: "Place in the list of transactions; null for an entry that leaves the balance as it is.",
  }),
  operation_id: z.string(),
  type: z.enum(entryTypes),
  debit: z.enum(ledgerAccounts).meta({ description: "The account the credits left." }),
  credit: z.enum(ledgerAccounts).meta({ description: "The account they went to." }),
  amount: z.int().nonnegative(),
  balance_after: z.int().nonnegative(),
  description: z.string(),
  made_id: z.string().nullable().meta({ description: "The video or the image that was charged for." }),
  payment_id: z.string().nullable(),
  created_at: z.string(),
  previous_hash: sha256,
  hash: sha256,
});
export type StatementEntry = z.infer<typeof statementEntry>;

export const statementAnswer = z.object({
  proven: z.boolean().meta({ description: "Everything was added up afresh from the entries, and nothing differed." }),
  differences: z.array(z.string()).meta({ description: "What differed, in plain words." }),
  entries_checked: z.int().nonnegative(),
  head: z
    .object({ sequence: z.int().nonnegative(), hash: sha256 })
    .meta({ description: "The last entry. Keep its hash, and give it as known_hash some day." }),
  known_hash: z.enum(["found", "missing"]).nullable().meta({
    description: "Whether the history still begins with the one that ended in your hash.",
  }),
  balance: z.int(),
  held: z.int(),
  owed: z.int(),
  data: z.array(statementEntry),
  next_cursor: z.string().nullable(),
});
export type StatementAnswer = z.infer<typeof statementAnswer>;

/** Longest video one may ask the price of: a day. */
const durationMaxSeconds = 86_400;

export const calculateCostBody = z
  .strictObject({
    duration_minutes: z
      .number()
      .positive()
      .max(durationMaxSeconds / 60)
      .optional(),
    duration_seconds: z.number().positive().max(durationMaxSeconds).optional(),
    resolution: z.enum(resolutions),
    custom_music: z.boolean().default(false),
    premium_tts: z.boolean().default(false),
    ai_enhancement: z.boolean().default(false),
  })
  .refine((body) => (body.duration_minutes === undefined) !== (body.duration_seconds === undefined), {
    ...told("conflict", "give either duration_minutes or duration_seconds"),
    path: ["duration_seconds"],
  });
export type CalculateCostBody = z.infer<typeof calculateCostBody>;

export const costBreakdown = z.array(z.object({ item: z.string(), credits: z.int() }));
export const costAnswer = z.object({
  credits: z.int(),
  breakdown: costBreakdown,
  affordable: z.boolean(),
  balance: z.int().nonnegative(),
});
export type CostAnswer = z.infer<typeof costAnswer>;
