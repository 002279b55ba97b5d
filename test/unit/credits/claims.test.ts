import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { creditsClaimed, giveBack, takeBack } from "../../../src/core/credits/claims.ts";
import { canonicalEntry, type Entry, firstPreviousHash, hashEntry } from "../../../src/core/credits/entry.ts";
import { onHoldWords } from "../../../src/core/credits/on-hold-words.ts";
import { type Booking, balanceChange, collectOwed, postAdjust, postGrant } from "../../../src/core/credits/postings.ts";

const claim = { paymentId: "pay_1", description: "Refund" };
const moves = ({ postings }: Booking) =>
  postings.map((one) => [one.type, one.debit, one.credit, one.amount, balanceChange(one)]);

describe("creditsClaimed", () => {
  it.each([
    ["nothing", 50, 0, 0, 999, 0],
    ["less than a credit's worth", 50, 0, 19, 999, 0],
    ["just a credit's worth", 50, 0, 20, 999, 1],
    ["all but a cent", 50, 0, 998, 999, 49],
    ["all of it", 50, 0, 999, 999, 50],
    ["more than was paid", 50, 0, 5_000, 999, 50],
    ["a part of credits and bonus together", 150, 10, 1_250, 2_500, 80],
    ["thirds that do not come out even", 10, 0, 1, 3, 3],
    [
      "a product past what a number holds",
      1_000_000_000,
      1_000_000_000,
      999_999_999_999,
      1_000_000_000_000,
      1_999_999_999,
    ],
  ])("%s", (_name, credits, bonus, active, paid, claimed) => {
    expect(creditsClaimed({ credits, bonus }, active, paid)).toBe(claimed);
  });
});

describe("takeBack", () => {
  it("takes the bonus first, then what was paid for, and writes down what is not there", () => {
    const payment = { credits: 10, bonus: 5, taken: 3 };
    expect(moves(takeBack(claim, payment, 15, { available: 7, owed: 0 }))).toEqual([
      ["adjustment", "available", "issued", 2, -2],
      ["adjustment", "available", "issued", 5, -5],
      ["shortfall", "owed", "issued", 5, 0],
    ]);
    expect(takeBack(claim, payment, 15, { available: 7, owed: 0 })).toMatchObject({
      taken: 12,
      after: { available: 0, owed: 5 },
    });
    expect(moves(takeBack(claim, payment, 15, { available: 1, owed: 0 }))).toEqual([
      ["adjustment", "available", "issued", 1, -1],
      ["shortfall", "owed", "issued", 11, 0],
    ]);
  });

  it("adds to what is owed already, and moves nothing when nothing more is claimed", () => {
    const payment = { credits: 10, bonus: 0, taken: 4 };
    expect(takeBack(claim, payment, 10, { available: 0, owed: 3 }).after).toEqual({ available: 0, owed: 9 });
    expect(takeBack(claim, payment, 4, { available: 8, owed: 0 })).toMatchObject({
      taken: 0,
      postings: [],
      after: { available: 8, owed: 0 },
    });
  });
});

describe("giveBack", () => {
  it("gives all of the difference, and collects from it what is owed", () => {
    const payment = { credits: 10, bonus: 0, taken: 10 };
    const given = giveBack(claim, payment, 4, { available: 0, owed: 2 });
    expect(given).toMatchObject({ returned: 6, after: { available: 4, owed: 0 } });
    expect(moves(given)).toEqual([
      ["adjustment", "issued", "available", 6, 6],
      ["adjustment", "available", "owed", 2, -2],
    ]);
  });
});

describe("collectOwed", () => {
  it("takes what arrived as far as it goes, and leaves what nobody owes", () => {
    const grant = postGrant({ id: "gift", type: "bonus", credits: 5, description: "Gift" });
    expect(collectOwed(grant, { available: 0, owed: 7 }).after).toEqual({ available: 0, owed: 2 });
    expect(collectOwed(grant, { available: 0, owed: 5 }).after).toEqual({ available: 0, owed: 0 });
    expect(moves(collectOwed(grant, { available: 3, owed: 0 }))).toEqual([["bonus", "issued", "available", 5, 5]]);
  });

  it("has nothing to collect from what is taken", () => {
    const taken = postAdjust({ id: "adj_1", credits: -2, description: "By hand" });
    expect(moves(collectOwed(taken, { available: 3, owed: 0 }))).toEqual([
      ["adjustment", "available", "issued", 2, -2],
    ]);
  });
});

describe("a grant with a bonus", () => {
  it("posts it as a line of its own, of the same payment", () => {
    const grant = {
      id: "p",
      type: "purchase",
      credits: 150,
      bonus: 10,
      description: "Pro",
      paymentId: "pay_1",
    } as const;
    expect(postGrant(grant).map((one) => [one.type, one.amount, one.description, one.paymentId])).toEqual([
      ["purchase", 150, "Pro", "pay_1"],
      ["bonus", 10, "Bonus: Pro", "pay_1"],
    ]);
    expect(postGrant({ ...grant, bonus: 0 })).toHaveLength(1);
  });
});

describe("the hash of an entry", () => {
  const entry: Entry = {
    sequence: 2,
    id: "trx_1",
    transactionNumber: null,
    operationId: "vid_1",
    type: "capture",
    debit: "held",
    credit: "spent",
    amount: 8,
    balanceAfter: 0,
    description: 'Simba "1/2" \\ 🦁\n',
    videoId: "vid_1",
    paymentId: null,
    createdAtMs: Date.UTC(2031, 4, 10, 12, 0, 0, 7),
  };
  const digest = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

  it("is made from one text, which never changes: customers make it, too", () => {
    expect(canonicalEntry(entry, firstPreviousHash)).toBe(
      `["${"0".repeat(64)}",2,"trx_1",null,"vid_1","capture","held","spent",8,0,"Simba \\"1/2\\" \\\\ 🦁\\n","vid_1",null,"2031-05-10T12:00:00.007Z"]`,
    );
  });

  it.each(Object.keys(entry) as (keyof Entry)[])("changes with its %s", (field) => {
    const value = entry[field];
    const other = typeof value === "number" ? value + 1 : value === null ? "x" : `${value}x`;
    const hash = hashEntry(entry, firstPreviousHash, digest);
    expect(hashEntry({ ...entry, [field]: other }, firstPreviousHash, digest)).not.toBe(hash);
    expect(hashEntry(entry, "1".repeat(64), digest)).not.toBe(hash);
  });
});

describe("what is said to whoever cannot spend", () => {
  it("tells what happened, that it cost nothing, and what to do", () => {
    expect(onHoldWords({ reason: "owed", owed: 40 })).toBe(
      "A refund or a dispute took back 40 credits that were spent already. Nothing was charged; buy credits, and the first 40 settle it.",
    );
    expect(onHoldWords({ reason: "owed", owed: 1 })).toBe(
      "A refund or a dispute took back 1 credit that was spent already. Nothing was charged; buy credits, and the first one settles it.",
    );
    expect(onHoldWords({ reason: "dispute", owed: 0 })).toBe(
      "A payment is disputed, and nothing can be spent until that is decided. Nothing was charged.",
    );
    expect(onHoldWords({ reason: "dispute", owed: 3 })).toBe(
      "A payment is disputed, and nothing can be spent until that is decided. Nothing was charged. Besides, 3 credits are owed, which the next credits you buy settle first.",
    );
  });
});
