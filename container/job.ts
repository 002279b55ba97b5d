import { EventEmitter, once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import type { RenderRequest } from "../src/contract/container-protocol.ts";
import type { OutputName, RenderEvent, RenderFailure, RenderOutput } from "../src/contract/render-events.ts";
import { type Artefacts, openArtefacts } from "./artefacts.ts";
import { renderMaxBytes, watchDisk } from "./disk-bound.ts";
import { asRenderFault, type RenderFault } from "./failure.ts";
import { causesOf, log } from "./log.ts";
import { settleMemoryHabits } from "./memory-habits.ts";
import { renderPart, renderVideo } from "./pipeline.ts";
import type { Providers } from "./providers.ts";
import type { RendererVersion } from "./renderer-version.ts";
import { openSupplies, type Supplies } from "./supplies.ts";

export type JobOptions = {
  id: string;
  request: RenderRequest;
  /** Made by the job, and deleted when it fails or is discarded. */
  directory: string;
  providers: Providers;
  version: RendererVersion;
  /** A line is said at least this often while the render runs. */
  heartbeatMs: number;
  /** How long any one step may take without progress. 60 s unless told. */
  stepLimitMs?: number | undefined;
  /** How long the caller has to bring what is wanted; see container-protocol.ts. */
  supplyLimitMs?: number | undefined;
  /** Encoders at a time; as many as there are cores unless told. */
  lanes?: number | undefined;
  diskMaxBytes?: number | undefined;
};

/** One run of one render: its numbered events, from the first one on for whoever comes, what it is brought, and its files. */
export type RenderJob = {
  /** Every event so far, then those to come; ends behind `done`, `part_done` or `failed`, or when the signal aborts. */
  follow(signal: AbortSignal): AsyncGenerator<RenderEvent>;
  /** As `Supplies.accept` and `Supplies.miss`. */
  accept(key: string, body: Readable, from: { provider: string | undefined }): Promise<void>;
  miss(keys: string[]): void;
  /** The bytes of something announced by `made`. */
  artefact(key: string): ReturnType<Artefacts["read"]>;
  /** The path of an output; undefined before `done`. */
  outputFile(name: OutputName): string | undefined;
  isRunning(): boolean;
  /** How it failed, if it did. */
  failure(): RenderFailure | undefined;
  /** Settles when the run has ended, whatever its outcome. */
  ended: Promise<void>;
  /** Stops the run, if it still goes on, with `reason` as its failure, and deletes its files. */
  discard(reason: RenderFault): Promise<void>;
};

type Unnumbered<Event> = Event extends RenderEvent ? Omit<Event, "sequence"> : never;

export function startJob(options: JobOptions): RenderJob {
  const { id, request, directory, providers, heartbeatMs } = options;
  settleMemoryHabits();
  const stopping = new AbortController();
  const { signal } = stopping;
  const events: RenderEvent[] = [];
  const news = new EventEmitter().setMaxListeners(0);
  let isRunning = true;
  let failure: RenderFailure | undefined;
  let output: RenderOutput | undefined;

  const say = (event: Unnumbered<RenderEvent>) => {
    events.push({ ...event, sequence: events.length + 1 });
    heartbeat.refresh();
    news.emit("event");
  };
  const heartbeat = setInterval(() => say({ type: "heartbeat" }), heartbeatMs);

  const keptDirectory = path.join(directory, "kept");
  const supplies: Supplies = openSupplies({
    ...{ directory: keptDirectory, signal },
    say: (items) => say({ type: "wanted", items }),
    ...(options.supplyLimitMs === undefined ? {} : { limitMs: options.supplyLimitMs }),
  });
  const artefacts = openArtefacts({
    ...{ directory: keptDirectory, version: options.version, signal },
    say: request.offers.includes("artefact") ? (artefact) => say({ type: "made", artefact }) : undefined,
  });

  const run = async () => {
    const startedAt = performance.now();
    logStart(id, request);
    const wallMs = () => Math.round(performance.now() - startedAt);
    const unwatch = watchDisk(directory, options.diskMaxBytes ?? renderMaxBytes, (fault) => stopping.abort(fault));
    try {
      await mkdir(keptDirectory, { recursive: true });
      const { stepLimitMs, lanes } = options;
      const render = { directory, providers, supplies, artefacts, signal, stepLimitMs, lanes, onUpdate: say };
      if (request.part) await renderPart(request, request.part, render);
      else output = await renderVideo(request, render);
      isRunning = false;
      say(output ? { type: "done", output } : { type: "part_done" });
      log("render_ended", { id, outcome: "done", wallMs: wallMs(), videoSeconds: output?.durationSeconds });
    } catch (error) {
      const fault = asRenderFault(error, { code: "encode_failed", detail: "The video could not be made." });
      stopping.abort(fault);
      await rm(directory, { recursive: true, force: true });
      failure = fault.toFailure();
      isRunning = false;
      say({ type: "failed", error: failure });
      const { code, scene } = fault;
      log("render_ended", { id, outcome: "failed", code, scene, wallMs: wallMs(), causes: causesOf(fault) });
    } finally {
      unwatch();
      clearInterval(heartbeat);
    }
  };
  const ended = run();

  return {
    ended,
    accept: supplies.accept,
    miss: supplies.miss,
    artefact: (key) => (failure ? undefined : artefacts.read(key)),
    isRunning: () => isRunning,
    failure: () => failure,
    outputFile: (name) => (output?.files.some((file) => file.name === name) ? path.join(directory, name) : undefined),
    discard: async (reason) => {
      stopping.abort(reason);
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
    async *follow(following) {
      const leave = supplies.attach();
      try {
        for (let next = 0; !following.aborted; ) {
          const event = events[next];
          if (event) {
            next += 1;
            yield event;
          } else if (isRunning) {
            await once(news, "event", { signal: following }).catch(() => undefined);
          } else {
            return;
          }
        }
      } finally {
        leave();
      }
    },
  };
}

function logStart(id: string, { document, part }: RenderRequest): void {
  const { source, language, aspect, resolution, format, isDraft } = document;
  const scenes = source.kind === "prompt" ? source.sceneCount : source.scenes.length;
  const shape = { kind: source.kind, scenes, language, aspect, resolution, format, isDraft };
  log("render_started", { id, ...shape, partSegments: part?.segments.length });
}
