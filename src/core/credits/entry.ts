/**
 * One line of the ledger, and the chain it is a link of: each entry carries the hash of itself and of the entry before it,
 * so that whoever keeps one hash can tell later whether anything up to it was changed.
 */
import type { EntryType, LedgerAccount } from "../../contract/credits.ts";

export type Entry = {
  /** From 1, without gaps. */
  sequence: number;
  id: string;
  /** Place among the transactions that customers see, from 1 without gaps; null for one that leaves the balance as it is. */
  transactionNumber: number | null;
  operationId: string;
  type: EntryType;
  debit: LedgerAccount;
  credit: LedgerAccount;
  /** Whole credits. */
  amount: number;
  /** Of the account `available`. */
  balanceAfter: number;
  description: string;
  /** What was paid for: a video or an image. */
  videoId: string | null;
  paymentId: string | null;
  createdAtMs: number;
};

export type HashedEntry = Entry & { hash: string };
export type ChainedEntry = HashedEntry & { previousHash: string };

/** SHA-256 of a text in UTF-8, in lowercase hexadecimal. */
export type Digest = (text: string) => string;

/** What comes before the first entry. */
export const firstPreviousHash = "0".repeat(64);

/**
 * The text that is hashed: a JSON array in the form of RFC 8785, which is the one JSON.stringify writes: no spaces, whole
 * numbers, and in strings only `"`, `\` and control characters escaped. Customers make it from the wire's fields, so it
 * never changes.
 */
export function canonicalEntry(entry: Entry, previousHash: string): string {
  return JSON.stringify([
    previousHash,
    entry.sequence,
    entry.id,
    entry.transactionNumber,
    entry.operationId,
    entry.type,
    entry.debit,
    entry.credit,
    entry.amount,
    entry.balanceAfter,
    entry.description,
    entry.videoId,
    entry.paymentId,
    new Date(entry.createdAtMs).toISOString(),
  ]);
}

export function hashEntry(entry: Entry, previousHash: string, digest: Digest): string {
  return digest(canonicalEntry(entry, previousHash));
}
