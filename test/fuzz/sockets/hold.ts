import { fail } from "node:assert";
import fc from "fast-check";
import type { Conversation } from "./conversations.ts";
import { type Heard, speak, untruthsOf } from "./wire.ts";

/** On a machine that is busy with other tests; who has neither answered nor ended the connection by then hangs. */
const hangMs = 10_000;
const atATime = 8;

/** Has each of them, several at a time, and returns what should not have come of any. */
export async function hold(url: string, conversations: readonly Conversation[]): Promise<string[]> {
  const wrong: string[] = [];
  const waiting = conversations.values();
  const lane = async () => {
    for (const { name, pieces, leave } of waiting) {
      const heard = await speak(url, pieces, { limitMs: hangMs, leave });
      wrong.push(...faultsOf(heard, leave !== undefined).map((what) => `${name}: ${what}`));
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return wrong;
}

function faultsOf(heard: Heard, hasLeft: boolean): string[] {
  const faults = untruthsOf(heard);
  // «Go on» is no answer.
  const [answer, ...more] = heard.statuses.filter((status) => status >= 200);
  // What is left of a body may be told to be no request. Taken for one, whoever sent the body has spoken for somebody else.
  if (more.some((status) => status !== 400)) faults.push(`several answers: ${heard.text.slice(0, 600)}`);
  if (!hasLeft && answer === undefined && !heard.isClosed) faults.push(`neither an answer nor an end in ${hangMs} ms`);
  return faults;
}

/** A request with bytes of it lost, doubled, changed or exchanged for what has a meaning in HTTP. */
export function damaged(whole: Buffer): fc.Arbitrary<Buffer> {
  const place = fc.nat(whole.length);
  const meaningful = [
    "\r\n",
    "\n",
    "\r",
    "\0",
    ":",
    " ",
    "\t",
    "\r\n\r\n",
    "Content-Length: 3\r\n",
    "%00",
    ";",
    "\xff",
  ];
  const piece = fc.oneof(
    fc.constantFrom(...meaningful).map((text) => Buffer.from(text, "latin1")),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  );
  const change = fc.record({ at: place, lost: fc.nat(30), piece, isDoubled: fc.boolean() });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) =>
    changes.reduce((bytes, { at, lost, piece: put, isDoubled }) => {
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(isDoubled ? at : at + lost)];
      return Buffer.concat([before, put, ...(isDoubled ? [bytes.subarray(at, at + lost)] : []), after]);
    }, whole),
  );
}

/** For a property: what a damaged request gets is an answer, or the end. It may be one of half a request, which we end. */
export async function expectSense(url: string, bytes: Buffer): Promise<void> {
  const heard = await speak(url, [bytes, "\r\n\r\n", { pauseMs: 20 }], { limitMs: 400 });
  const faults = untruthsOf(heard);
  if (faults.length > 0) fail(`${faults.join("; ")}\nof ${JSON.stringify(bytes.toString("latin1"))}`);
}
