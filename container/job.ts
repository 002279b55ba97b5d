import { EventEmitter, once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { RenderRequest } from "../src/contract/container-protocol.ts";
import type { OutputName, RenderEvent, RenderFailure, RenderOutput } from "../src/contract/render-events.ts";
import { asRenderFault, type RenderFault } from "./failure.ts";
import { causesOf, log } from "./log.ts";
import { type RenderUpdate, renderVideo } from "./pipeline.ts";
import type { Providers } from "./providers.ts";

export type JobOptions = {
  id: string;
  request: RenderRequest;
  /** Made by the job, and deleted when it fails or is discarded. */
  directory: string;
  providers: Providers;
  /** A line is said at least this often while the render runs. */
  heartbeatMs: number;
};

/** One run of one render: its numbered events, from the first one on for whoever comes, and its files. */
export type RenderJob = {
  /** Every event so far, then those to come; ends behind `done` or `failed`, or when the signal aborts. */
  follow(signal: AbortSignal): AsyncGenerator<RenderEvent>;
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

type Unsequenced = RenderUpdate | { type: "heartbeat" } | { type: "done"; output: RenderOutput } | FailedEvent;
type FailedEvent = { type: "failed"; error: RenderFailure };

export function startJob(options: JobOptions): RenderJob {
  const { id, request, directory, providers, heartbeatMs } = options;
  const stopping = new AbortController();
  const events: RenderEvent[] = [];
  const news = new EventEmitter().setMaxListeners(0);
  let isRunning = true;
  let failure: RenderFailure | undefined;

  const say = (event: Unsequenced) => {
    events.push({ ...event, sequence: events.length + 1 });
    heartbeat.refresh();
    news.emit("event");
  };
  const heartbeat = setInterval(() => say({ type: "heartbeat" }), heartbeatMs);

  const run = async () => {
    const startedAt = performance.now();
    const { source, language, aspect, resolution } = request.document;
    const scenes = source.kind === "prompt" ? source.sceneCount : source.scenes.length;
    log("render_started", { id, kind: source.kind, scenes, language, aspect, resolution });
    const wallMs = () => Math.round(performance.now() - startedAt);
    try {
      await mkdir(directory, { recursive: true });
      const output = await renderVideo(request, { directory, providers, signal: stopping.signal, onUpdate: say });
      isRunning = false;
      say({ type: "done", output });
      log("render_ended", { id, outcome: "done", wallMs: wallMs(), videoSeconds: output.durationSeconds });
    } catch (error) {
      const fault = asRenderFault(error, { code: "encode_failed", detail: "The video could not be made." });
      await rm(directory, { recursive: true, force: true });
      failure = fault.toFailure();
      isRunning = false;
      say({ type: "failed", error: failure });
      const { code, scene } = fault;
      log("render_ended", { id, outcome: "failed", code, scene, wallMs: wallMs(), causes: causesOf(fault) });
    } finally {
      clearInterval(heartbeat);
    }
  };
  const ended = run();

  return {
    ended,
    isRunning: () => isRunning,
    failure: () => failure,
    outputFile: (name) => (isRunning || failure ? undefined : path.join(directory, name)),
    discard: async (reason) => {
      stopping.abort(reason);
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
    async *follow(signal) {
      for (let next = 0; !signal.aborted; ) {
        const event = events[next];
        if (event) {
          next += 1;
          yield event;
        } else if (isRunning) {
          await once(news, "event", { signal }).catch(() => undefined);
        } else {
          return;
        }
      }
    },
  };
}
