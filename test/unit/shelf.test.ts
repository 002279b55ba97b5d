import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createShelf } from "../../container/shelf.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Tool = { name: string; works: boolean };

function shelfFor(most: number) {
  const ended: string[] = [];
  const shelf = createShelf<Tool>(most, { works: ({ works }) => works, end: ({ name }) => ended.push(name) });
  return { shelf, ended, keep: (kind: string, name: string, works = true) => shelf.keep(kind, { name, works }) };
}

it("gives what was left of the kind that is asked for, once, the newest first", () => {
  const { shelf, keep, ended } = shelfFor(3);
  keep("wide", "one");
  keep("tall", "two");
  keep("wide", "three");
  expect(["wide", "wide", "wide", "tall"].map((kind) => shelf.take(kind)?.name)).toEqual([
    "three",
    "one",
    undefined,
    "two",
  ]);
  vi.advanceTimersByTime(60_000);
  expect(ended).toEqual([]);
});

it("ends the oldest of too many, and each that nobody takes for half a minute", () => {
  const { shelf, keep, ended } = shelfFor(2);
  keep("wide", "one");
  vi.advanceTimersByTime(20_000);
  keep("wide", "two");
  keep("wide", "three");
  expect(ended).toEqual(["one"]);
  vi.advanceTimersByTime(29_000);
  expect(shelf.take("wide")?.name).toBe("three");
  vi.advanceTimersByTime(2_000);
  expect(ended).toEqual(["one", "two"]);
  expect(shelf.take("wide")).toBeUndefined();
});

it("does not give what has died", () => {
  const { shelf, keep } = shelfFor(2);
  keep("wide", "one");
  keep("wide", "two", false);
  expect(shelf.take("wide")?.name).toBe("one");
  expect(shelf.take("wide")).toBeUndefined();
});
