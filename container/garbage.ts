import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options: { type: "minor" | "major" }) => void;

let collect: Collect | undefined;

/**
 * Gives back what this thread no longer uses: `drawn`, the last few pictures it has drawn, or `all`, which takes some twenty
 * milliseconds. Pictures lie outside of its heap, where its collector hardly sees them, and a thread that waits for an
 * encoder, or that paints, does not collect by itself; what was drawn is freed between two turns of the event loop alone.
 */
export async function giveBack(what: "drawn" | "all"): Promise<void> {
  collect ??= collectorOf();
  collect({ type: what === "all" ? "major" : "minor" });
  await setImmediate();
}

/** V8's own, which it shows only to whoever asks for it. */
function collectorOf(): Collect {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
