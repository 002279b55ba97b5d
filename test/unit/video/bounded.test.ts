import { describe, expect, test } from "vitest";
import { createTurns, inLanes, orAborted, retried, together, withinTime } from "../../../container/bounded.ts";
import { RenderFault } from "../../../container/failure.ts";

const open = () => new AbortController().signal;
const passing = () => new RenderFault("voice_failed", "Not now.", { isRetryable: true });
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

describe("together", () => {
  test("the first failure ends the others and is what is thrown, after all have ended", async () => {
    let hasEnded = false;
    const works = [
      (signal: AbortSignal) =>
        untilAborted(signal).finally(() => {
          hasEnded = true;
        }),
      async () => {
        throw new Error("first");
      },
    ];
    await expect(together(open(), works)).rejects.toThrow("first");
    expect(hasEnded).toBe(true);
  });

  test("an abort from outside is thrown with its reason", async () => {
    const stopping = new AbortController();
    const working = together(stopping.signal, [untilAborted]);
    stopping.abort(new Error("stop"));
    await expect(working).rejects.toThrow("stop");
  });
});

describe("inLanes", () => {
  test("does every item once, in order, never more at a time than there are lanes", async () => {
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    await inLanes([1, 2, 3, 4, 5], 2, open(), async (item) => {
      begun.push(item);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
    expect([begun, most]).toEqual([[1, 2, 3, 4, 5], 2]);
  });

  test("begins nothing more after a failure", async () => {
    const begun: number[] = [];
    const working = inLanes([1, 2, 3, 4], 1, open(), async (item) => {
      begun.push(item);
      if (item === 2) throw new Error("second");
    });
    await expect(working).rejects.toThrow("second");
    expect(begun).toEqual([1, 2]);
  });
});

describe("withinTime", () => {
  test("answers in time, and is late otherwise, telling the work", async () => {
    const limits = (limitMs: number) => ({ signal: open(), limitMs, late: passing });
    expect(await withinTime(limits(1_000), async () => "done")).toBe("done");
    let told: AbortSignal | undefined;
    const late = withinTime(limits(5), (signal) => {
      told = signal;
      return new Promise(() => {});
    });
    await expect(late).rejects.toMatchObject({ code: "voice_failed" });
    expect(told?.aborted).toBe(true);
  });
});

describe("retried", () => {
  const failing = (faults: Error[]) => {
    let tries = 0;
    const work = async () => {
      const fault = faults[tries];
      tries += 1;
      if (fault) throw fault;
      return tries;
    };
    return work;
  };

  test("tries three times what may be retried", async () => {
    expect(await retried(open(), failing([passing(), passing()]))).toBe(3);
    await expect(retried(open(), failing([passing(), passing(), passing()]))).rejects.toThrow("Not now.");
  });

  test.each([
    ["a final fault", new RenderFault("voice_failed", "Never.", { isRetryable: false })],
    ["a full disk", new RenderFault("disk_full", "Full.", { isRetryable: true })],
    ["an error nobody named", new TypeError("a bug")],
  ])("does not repeat %s", async (_, fault) => {
    await expect(retried(open(), failing([fault]))).rejects.toBe(fault);
  });
});

describe("orAborted", () => {
  test("answers what was promised, or stops waiting with the signal's reason", async () => {
    expect(await orAborted(open(), Promise.resolve(7))).toBe(7);
    const stopping = new AbortController();
    const waiting = orAborted(stopping.signal, new Promise(() => {}));
    stopping.abort(new Error("stop"));
    await expect(waiting).rejects.toThrow("stop");
    await expect(orAborted(stopping.signal, Promise.resolve(7))).rejects.toThrow("stop");
  });
});

describe("createTurns", () => {
  test("so many at a time, in the order they came; a failure gives its place to the next", async () => {
    const turns = createTurns(1);
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const one = turns(async () => {
      order.push("one");
      await first.promise;
      throw new Error("one failed");
    });
    const two = turns(async () => order.push("two"));
    const three = turns(async () => order.push("three"));
    await Promise.resolve();
    expect(order).toEqual(["one"]);
    first.resolve();
    await expect(one).rejects.toThrow("one failed");
    await Promise.all([two, three]);
    expect(order).toEqual(["one", "two", "three"]);
  });

  test("too many waiting are refused at once", async () => {
    const turns = createTurns(1, { waitingMax: 1, full: () => new Error("full") });
    const first = Promise.withResolvers<void>();
    const going = [turns(() => first.promise), turns(async () => undefined)];
    await expect(turns(async () => undefined)).rejects.toThrow("full");
    first.resolve();
    await Promise.all(going);
  });
});
