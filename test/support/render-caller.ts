import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type RenderJob, startJob } from "../../container/job.ts";
import { offlineProviders, type Providers } from "../../container/providers.ts";
import { type RendererVersion, readRendererVersion } from "../../container/renderer-version.ts";
import type { RenderRequest } from "../../src/contract/container-protocol.ts";
import {
  type Artefact,
  type RenderEvent,
  type RenderFailure,
  type RenderOutput,
  renderEvent,
  type Wanted,
} from "../../src/contract/render-events.ts";

type Answer = { bytes: Buffer; provider?: string } | undefined;

/** The Worker's part in a render, in memory: it keeps what was made, brings what is wanted, and counts both. */
export type RenderCaller = {
  /** What was made, by key. */
  kept: Map<string, Buffer>;
  made: Artefact[];
  wanted: Wanted[];
  /** What it brought, by key, as often as it did. */
  brought: string[];
};

export type Rendered = {
  output: RenderOutput | undefined;
  failure: RenderFailure | undefined;
  events: RenderEvent[];
  made: Artefact[];
  wanted: Wanted[];
  brought: string[];
  directory: string;
  file(name: string): string;
  read(name: string): Promise<Buffer>;
};

export type CallerOptions = {
  providers?: Providers;
  /** Answers media and models; what it does not answer is missing. */
  answer?: (wanted: Wanted) => Promise<Answer> | Answer;
  /** Spreads missing segments over so many other renderers. */
  parts?: number;
  /** Called with each event and the job, before it is answered. */
  onEvent?: (event: RenderEvent, job: RenderJob) => void | Promise<void>;
  stepLimitMs?: number;
  supplyLimitMs?: number;
  diskMaxBytes?: number;
  lanes?: number;
};

export const idleCaller = (): RenderCaller => ({ kept: new Map(), made: [], wanted: [], brought: [] });

let version: Promise<RendererVersion> | undefined;
const directories: string[] = [];

/** Deletes what all renders of this file have left. */
export async function clearRenders(): Promise<void> {
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })));
}

/** Renders in this process, with `caller` as the Worker. Each event is checked against the contract. */
export async function renderWith(
  caller: RenderCaller,
  request: RenderRequest,
  options: CallerOptions = {},
): Promise<Rendered> {
  version ??= readRendererVersion("test");
  const root = await mkdtemp(path.join(tmpdir(), "render-caller-"));
  directories.push(root);
  const directory = path.join(root, "render");
  const { stepLimitMs, supplyLimitMs, diskMaxBytes, lanes } = options;
  const job = startJob({
    ...{ id: "test", request, directory, heartbeatMs: 60_000, version: await version },
    ...{ stepLimitMs, supplyLimitMs, diskMaxBytes, lanes },
    providers: options.providers ?? offlineProviders,
  });
  const before = { made: caller.made.length, wanted: caller.wanted.length, brought: caller.brought.length };
  const events: RenderEvent[] = [];
  const working: Promise<void>[] = [];
  for await (const event of job.follow(new AbortController().signal)) {
    events.push(renderEvent.parse(JSON.parse(JSON.stringify(event))));
    await options.onEvent?.(event, job);
    if (event.type === "wanted") working.push(bring(caller, request, job, event.items, options));
    if (event.type === "made") working.push(keep(caller, job, event.artefact));
  }
  await Promise.all(working);
  const last = events.at(-1);
  const file = (name: string) => path.join(directory, name);
  return {
    output: last?.type === "done" ? last.output : undefined,
    failure: job.failure(),
    ...{ events, directory, file, read: (name) => readFile(file(name)) },
    made: caller.made.slice(before.made),
    wanted: caller.wanted.slice(before.wanted),
    brought: caller.brought.slice(before.brought),
  };
}

async function keep(caller: RenderCaller, job: RenderJob, artefact: Artefact): Promise<void> {
  const found = job.artefact(artefact.key);
  // A render that has failed meanwhile has nothing any more.
  if (!found) return;
  const bytes = await buffer(found.stream());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== artefact.sha256 || bytes.length !== artefact.size || found.size !== artefact.size) {
    throw new Error(`${artefact.kind} ${artefact.key} is not what was announced`);
  }
  caller.kept.set(artefact.key, bytes);
  caller.made.push(artefact);
}

async function bring(
  caller: RenderCaller,
  request: RenderRequest,
  job: RenderJob,
  items: Wanted[],
  options: CallerOptions,
): Promise<void> {
  caller.wanted.push(...items);
  const give = async (key: string, { bytes, provider }: NonNullable<Answer>) => {
    caller.brought.push(key);
    await job.accept(key, Readable.from(bytes, { objectMode: false }), { provider });
  };
  const spread: string[] = [];
  await Promise.all(
    items.map(async (item) => {
      const kept = item.type === "artefact" ? caller.kept.get(item.key) : undefined;
      const answer = kept ? { bytes: kept } : await options.answer?.(item);
      if (answer) await give(item.key, answer);
      else if (options.parts && item.type === "artefact" && item.kind === "segment") spread.push(item.key);
      else job.miss([item.key]);
    }),
  );
  const { parts = 0, ...plain } = options;
  await Promise.all(
    Array.from({ length: parts }, async (_, part) => {
      const segments = spread.filter((_, index) => index % parts === part);
      if (segments.length === 0) return;
      const done = await renderWith(caller, { ...request, part: { segments } }, plain);
      for (const key of segments) {
        const bytes = caller.kept.get(key);
        if (bytes) await give(key, { bytes });
        else job.miss([key]);
      }
      if (done.failure) throw new Error(`a part failed: ${done.failure.detail}`);
    }),
  );
}
