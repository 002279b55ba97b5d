import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, it } from "vitest";
import { isOutage } from "../../../src/core/outage.ts";

/** As it comes out of a query: D1's words inside D1's error, inside drizzle's. */
function ofDatabase(words: string): Error {
  return new DrizzleQueryError("select 1", [], new Error(`D1_ERROR: ${words}`, { cause: new Error(words) }));
}

describe("an outage", () => {
  it.each([
    "Network connection lost.",
    "D1 DB is overloaded. Too many requests queued.",
    "D1 DB is overloaded. Requests queued for too long.",
    "D1 DB reset because its code was updated.",
    "D1 DB storage operation exceeded timeout which caused object to be reset.",
    "Internal error in D1 DB storage caused object to be reset.",
    "Internal error while starting up D1 DB storage caused object to be reset.",
    "Cannot resolve D1 DB due to transient issue on remote node.",
  ])("is a database that says «%s»", (words) => {
    expect(isOutage(ofDatabase(words))).toBe(true);
  });

  it.each([
    ["may be asked again", { retryable: true }],
    ["is overloaded", { overloaded: true }],
    ["was reset", { durableObjectReset: true }],
  ])("is an object that %s", (_name, marks) => {
    expect(isOutage(Object.assign(new Error("internal error"), marks))).toBe(true);
    expect(isOutage(new Error("the room is away", { cause: Object.assign(new Error("internal error"), marks) }))).toBe(
      true,
    );
  });

  it.each<[string, unknown]>([
    ["a statement that is wrong", ofDatabase('near "INSERTZ": syntax error at offset 0: SQLITE_ERROR')],
    ["a constraint", ofDatabase("UNIQUE constraint failed: users.email: SQLITE_CONSTRAINT")],
    ["a table that is missing", ofDatabase("no such table: videos: SQLITE_ERROR")],
    ["a value of a wrong type", ofDatabase("Type 'undefined' not supported for value 'undefined'")],
    ["a query too heavy for the database", ofDatabase("D1 DB exceeded its CPU time limit and was reset.")],
    ["an error of our own in an object", Object.assign(new Error("invariant broken: x"), { remote: true })],
    ["marks that say no", Object.assign(new Error("x"), { retryable: false, overloaded: false })],
    ["a bug", new TypeError("x is not a function")],
    ["what is no error", "Network connection lost"],
  ])("is not %s", (_name, error) => {
    expect(isOutage(error)).toBe(false);
  });
});
