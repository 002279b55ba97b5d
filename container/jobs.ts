import { createHash } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { RenderRequest } from "../src/contract/container-protocol.ts";
import { RenderFault } from "./failure.ts";
import { type RenderJob, startJob } from "./job.ts";
import type { Providers } from "./providers.ts";
import type { RendererVersion } from "./renderer-version.ts";

export type JobsOptions = {
  /** Where all renderers of this machine keep their work, each in a directory of its own. */
  rootDirectory: string;
  /** Renders at a time. */
  slots: number;
  providers: Providers;
  version: RendererVersion;
  heartbeatMs: number;
  /** How long a finished render stays. */
  keepFinishedMs: number;
  /** How long any one step of a render may take without progress. */
  stepLimitMs?: number | undefined;
};

export type Attached = { kind: "attached"; job: RenderJob } | { kind: "conflict" } | { kind: "full" };

/** The renders of this process, by id. */
export type Jobs = {
  slots: number;
  /** This process's own, for files that belong to no render. */
  directory: string;
  running(): number;
  /**
   * The render with this id: the one there is, or a new one. A failed one that may be retried is started again.
   * `conflict` when the id belongs to another request, `full` when every slot is taken.
   */
  attach(id: string, request: RenderRequest): Attached;
  /** The render with this id, if there is one. */
  find(id: string): RenderJob | undefined;
  /** Stops and forgets a render, and deletes its files. */
  remove(id: string): Promise<void>;
  /** Stops every render and deletes everything. */
  close(): Promise<void>;
};

const directoryPrefix = "renderer-";

/** Opens an empty registry; clears what renderers that no longer run have left in `rootDirectory`. */
export async function openJobs(options: JobsOptions): Promise<Jobs> {
  const { rootDirectory, slots, providers, version, heartbeatMs, keepFinishedMs, stepLimitMs } = options;
  await sweep(rootDirectory);
  const directory = path.join(rootDirectory, `${directoryPrefix}${process.pid}`);
  await mkdir(directory, { recursive: true });

  const kept = new Map<string, { fingerprint: string; job: RenderJob }>();
  const live = new Set<RenderJob>();
  let runs = 0;

  const start = (id: string, request: RenderRequest, fingerprint: string): RenderJob => {
    runs += 1;
    const ownDirectory = path.join(directory, `${runs}-${id}`);
    const job = startJob({ id, request, directory: ownDirectory, providers, version, heartbeatMs, stepLimitMs });
    live.add(job);
    kept.set(id, { fingerprint, job });
    void job.ended.then(() => {
      live.delete(job);
      const expire = () => {
        if (kept.get(id)?.job === job) void forget(id);
      };
      setTimeout(expire, keepFinishedMs).unref();
    });
    return job;
  };
  const forget = async (id: string) => {
    const found = kept.get(id);
    kept.delete(id);
    await found?.job.discard(
      new RenderFault("render_interrupted", "The render was cancelled.", { isRetryable: false }),
    );
  };

  return {
    slots,
    directory,
    running: () => live.size,
    attach: (id, request) => {
      const fingerprint = createHash("sha256").update(JSON.stringify(request)).digest("hex");
      const found = kept.get(id);
      if (found && found.fingerprint !== fingerprint) return { kind: "conflict" };
      if (found && !found.job.failure()?.isRetryable) return { kind: "attached", job: found.job };
      if (live.size >= slots) return { kind: "full" };
      return { kind: "attached", job: start(id, request, fingerprint) };
    },
    find: (id) => kept.get(id)?.job,
    remove: forget,
    close: async () => {
      const reason = new RenderFault("render_interrupted", "The renderer was stopped.", { isRetryable: true });
      await Promise.all([...live].map((job) => job.discard(reason)));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A killed renderer leaves its directory. Its process id may have come back as our own, never as another renderer's. */
async function sweep(rootDirectory: string): Promise<void> {
  await mkdir(rootDirectory, { recursive: true });
  const names = (await readdir(rootDirectory)).filter((name) => name.startsWith(directoryPrefix));
  const stale = names.filter((name) => !isOtherProcess(Number(name.slice(directoryPrefix.length))));
  await Promise.all(stale.map((name) => rm(path.join(rootDirectory, name), { recursive: true, force: true })));
}

function isOtherProcess(processId: number): boolean {
  if (processId === process.pid || !Number.isInteger(processId) || processId < 1) return false;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
