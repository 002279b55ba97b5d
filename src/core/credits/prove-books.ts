/**
 * A ledger's proof: everything it tells is added up afresh from its entries, as if nothing else were known, and compared with
 * what it says.
 */
import { ledgerAccounts } from "../../contract/credits.ts";
import { creditsClaimed } from "./claims.ts";
import { type Digest, firstPreviousHash, type HashedEntry, hashEntry } from "./entry.ts";
import type { HoldStatus, LedgerStatement } from "./ledger.ts";
import { balanceChange, isHidden } from "./postings.ts";

export type AccountSums = { name: string; debits: number; credits: number };
export type ProvedHold = { id: string; status: HoldStatus; credits: number; creditsCharged: number };
export type ProvedPayment = { id: string; credits: number; bonus: number; paid: number | null; taken: number };

/** Each in any order, but the entries ascending. `claims`: those that stand. */
export type BooksToProve = {
  entries: Iterable<HashedEntry>;
  accounts: readonly AccountSums[];
  holds: Iterable<ProvedHold>;
  payments: Iterable<ProvedPayment>;
  claims: Iterable<{ paymentId: string; amount: number }>;
};

/** Whoever finds more than these has found enough. */
const differencesMax = 50;

export function proveBooks(
  books: BooksToProve,
  digest: Digest,
  knownHash: string | null,
): Omit<LedgerStatement, "entries"> {
  const walk = new EntryWalk(digest, knownHash);
  for (const entry of books.entries) walk.take(entry);
  const differences = [
    ...walk.differences,
    ...accountDifferences(walk, books.accounts),
    ...holdDifferences(walk, books.holds),
    ...paymentDifferences(walk, books),
  ];
  const told = differences.slice(0, differencesMax);
  if (differences.length > told.length) told.push(`There are ${differences.length - told.length} more.`);
  return {
    isProven: differences.length === 0,
    differences: told,
    entriesChecked: walk.count,
    head: { sequence: walk.lastSequence, hash: walk.lastHash },
    lastTransactionNumber: walk.lastTransactionNumber,
    balance: walk.balanceOf("available"),
    held: walk.balanceOf("held"),
    owed: 0 - walk.balanceOf("owed"),
    knownHash: knownHash === null ? null : walk.hasKnownHash ? "found" : "missing",
  };
}

type HoldSums = { usage: number; capture: number; refund: number };
type PaymentSums = { granted: number; taken: number };

/** One pass over the entries, however many there are: each against the one before it, and all of them added up. */
class EntryWalk {
  readonly differences: string[] = [];
  readonly accounts = new Map<string, { debits: number; credits: number }>();
  readonly holds = new Map<string, HoldSums>();
  readonly payments = new Map<string, PaymentSums>();
  count = 0;
  lastSequence = 0;
  lastTransactionNumber = 0;
  lastHash = firstPreviousHash;
  hasKnownHash: boolean;
  private readonly digest: Digest;
  private readonly knownHash: string | null;
  private lastBalance = 0;
  /** As it comes out when nothing is believed, from the first entry on; the same as `lastHash` in an honest chain. */
  private recomputedHash = firstPreviousHash;

  constructor(digest: Digest, knownHash: string | null) {
    this.digest = digest;
    this.knownHash = knownHash;
    this.hasKnownHash = knownHash === firstPreviousHash;
  }

  take(entry: HashedEntry): void {
    this.checkPlace(entry);
    this.checkHash(entry);
    const balance = this.lastBalance + balanceChange(entry);
    if (entry.balanceAfter !== balance) {
      this.differences.push(
        `Entry ${entry.sequence} says a balance of ${entry.balanceAfter}; the one before it and its amount make ${balance}.`,
      );
    }
    this.addUp(entry);
    this.count += 1;
    this.lastSequence = entry.sequence;
    this.lastBalance = entry.balanceAfter;
    this.lastHash = entry.hash;
  }

  balanceOf(account: string): number {
    const sums = this.accounts.get(account);
    return (sums?.credits ?? 0) - (sums?.debits ?? 0);
  }

  private checkPlace({ sequence, type, transactionNumber }: HashedEntry): void {
    const next = this.lastSequence + 1;
    if (sequence === next + 1) this.differences.push(`Entry ${next} is missing.`);
    if (sequence > next + 1) this.differences.push(`Entries ${next} to ${sequence - 1} are missing.`);
    const number = isHidden(type) ? null : this.lastTransactionNumber + 1;
    if (transactionNumber !== number && sequence === next) {
      this.differences.push(`Entry ${sequence} is not numbered as the transaction that it is.`);
    }
    this.lastTransactionNumber = transactionNumber ?? this.lastTransactionNumber;
  }

  private checkHash(entry: HashedEntry): void {
    const expected = hashEntry(entry, this.lastHash, this.digest);
    if (expected !== entry.hash) {
      this.differences.push(
        `The hash of entry ${entry.sequence} is not that of what it says and of the entry before it: one of them was changed.`,
      );
    }
    const isHonestSoFar = this.recomputedHash === this.lastHash;
    this.recomputedHash = isHonestSoFar ? expected : hashEntry(entry, this.recomputedHash, this.digest);
    if (this.recomputedHash === this.knownHash) this.hasKnownHash = true;
  }

  private addUp({ type, debit, credit, amount, operationId, paymentId }: HashedEntry): void {
    for (const [name, side] of [
      [debit, "debits"],
      [credit, "credits"],
    ] as const) {
      const sums = this.accounts.get(name) ?? { debits: 0, credits: 0 };
      this.accounts.set(name, { ...sums, [side]: sums[side] + amount });
    }
    if (type === "usage" || type === "capture" || type === "refund") {
      const sums = this.holds.get(operationId) ?? { usage: 0, capture: 0, refund: 0 };
      this.holds.set(operationId, { ...sums, [type]: sums[type] + amount });
    }
    if (paymentId !== null) {
      const sums = this.payments.get(paymentId) ?? { granted: 0, taken: 0 };
      const isGrant = type !== "adjustment" && type !== "shortfall";
      this.payments.set(paymentId, {
        granted: sums.granted + (isGrant ? amount : 0),
        taken: sums.taken + (isGrant ? 0 : credit === "issued" ? amount : 0 - amount),
      });
    }
  }
}

function accountDifferences(walk: EntryWalk, accounts: readonly AccountSums[]): string[] {
  const differences: string[] = [];
  for (const name of ledgerAccounts) {
    const said = accounts.find((account) => account.name === name);
    const { debits, credits } = walk.accounts.get(name) ?? { debits: 0, credits: 0 };
    if (said?.debits !== debits || said.credits !== credits) {
      differences.push(
        `The account ${name} says ${said?.credits ?? "no"} credits in and ${said?.debits ?? "no"} out; its entries add up to ${credits} and ${debits}.`,
      );
    }
    const balance = credits - debits;
    const isOutOfBounds = name === "owed" ? balance > 0 : name !== "issued" && balance < 0;
    if (isOutOfBounds) differences.push(`The entries of the account ${name} add up to ${balance}, which cannot be.`);
  }
  if (walk.balanceOf("owed") < 0 && walk.balanceOf("available") > 0) {
    differences.push("Credits are owed while others could be spent.");
  }
  return differences;
}

function holdDifferences(walk: EntryWalk, holds: Iterable<ProvedHold>): string[] {
  const differences: string[] = [];
  const seen = new Set<string>();
  for (const { id, status, credits, creditsCharged } of holds) {
    seen.add(id);
    const { usage, capture, refund } = walk.holds.get(id) ?? { usage: 0, capture: 0, refund: 0 };
    const back = status === "held" ? 0 : credits - creditsCharged;
    if (usage !== credits || capture !== creditsCharged || refund !== back) {
      differences.push(
        `The charge ${id} says ${credits} credits, ${creditsCharged} of them kept and ${back} given back; its entries say ${usage}, ${capture} and ${refund}.`,
      );
    }
  }
  for (const id of walk.holds.keys()) if (!seen.has(id)) differences.push(`Nothing is known of the charge ${id}.`);
  return differences;
}

function paymentDifferences(walk: EntryWalk, { payments, claims }: BooksToProve): string[] {
  const differences: string[] = [];
  const active = new Map<string, number>();
  for (const { paymentId, amount } of claims) active.set(paymentId, (active.get(paymentId) ?? 0) + amount);
  const seen = new Set<string>();
  for (const payment of payments) {
    const { id, credits, bonus, paid, taken } = payment;
    seen.add(id);
    const sums = walk.payments.get(id) ?? { granted: 0, taken: 0 };
    const claimed = paid === null ? 0 : creditsClaimed(payment, active.get(id) ?? 0, paid);
    if (sums.granted !== credits + bonus) {
      differences.push(`The payment ${id} says ${credits + bonus} credits; its entries granted ${sums.granted}.`);
    }
    if (taken !== claimed || sums.taken !== claimed) {
      differences.push(
        `Of the payment ${id}, ${claimed} credits are claimed back; it says ${taken}, and its entries took ${sums.taken}.`,
      );
    }
  }
  for (const id of walk.payments.keys()) if (!seen.has(id)) differences.push(`Nothing is known of the payment ${id}.`);
  return differences;
}
