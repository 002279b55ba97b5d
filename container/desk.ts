import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { type ImageRequest, type MediaFacts, mediaMaxBytes } from "../src/contract/container-protocol.ts";
import { createTurns, withinTime } from "./bounded.ts";
import { RenderFault } from "./failure.ts";
import { probeMedia } from "./media/probe-media.ts";
import { thumbnailOf } from "./media/thumbnail.ts";
import type { Providers } from "./providers.ts";
import { receive } from "./supplies.ts";

/** What is asked of a renderer apart from renders: small things, a few at a time, since they share the machine with renders. */
export type Desk = {
  /** Throws RenderFault `media_refused`, `DeskBusy` or `SupplyTooLarge`. */
  probe(body: Readable, signal: AbortSignal): Promise<MediaFacts>;
  /** JPEG. Throws RenderFault or `DeskBusy`. */
  draw(request: ImageRequest, signal: AbortSignal): Promise<Buffer>;
};

export class DeskBusy extends Error {}

const atATime = 2;
const waitingMax = 20;
const drawLimitMs = 60_000;

export function openDesk(options: { directory: string; providers: Providers }): Desk {
  const directory = path.join(options.directory, "desk");
  const limit = { waitingMax, full: () => new DeskBusy("too many wait already") };
  const [probing, drawing] = [createTurns(atATime, limit), createTurns(atATime, limit)];
  return {
    probe: (body, signal) =>
      probing(async () => {
        await mkdir(directory, { recursive: true });
        const file = path.join(directory, randomUUID());
        try {
          await receive(body, file, mediaMaxBytes, signal);
          const facts = await probeMedia(file, signal);
          const thumbnail = await thumbnailOf(file, facts, { directory, signal });
          return thumbnail === undefined ? facts : { ...facts, thumbnail };
        } finally {
          await rm(file, { force: true });
        }
      }),
    draw: (request, signal) =>
      drawing(() => {
        const late = () => new RenderFault("picture_timeout", "The picture took too long.", { isRetryable: true });
        return withinTime({ signal, limitMs: drawLimitMs, late }, () => options.providers.pictures.drawImage(request));
      }),
  };
}
