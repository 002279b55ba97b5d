import { makeZip } from "client-zip";
import type { Archives } from "../core/deps.ts";

/** ZIP as it is asked for, entry by entry: stored and not deflated, since videos and pictures are packed already; ZIP64 where it must be. */
export const zipArchives: Archives = {
  zip(entries) {
    return makeZip(inOrder(entries));
  },
};

async function* inOrder(entries: Parameters<Archives["zip"]>[0]) {
  for await (const { name, body, modifiedAtMs } of entries) {
    yield { name, input: body, lastModified: new Date(modifiedAtMs) };
  }
}
