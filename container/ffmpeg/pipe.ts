import { execFile } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const makeLimitMs = 10_000;

/** Both ends of a pipe. Whoever hands one on closes it here, or the other end never hears that it is over. */
export type Pipe = { readEnd: number; writeEnd: number };

export type PipeMaker = {
  /** `place` may be used again only when every end of its last pipe is closed. */
  open(place: number): Pipe;
  close(): Promise<void>;
};

/**
 * Real pipes, which threads write to and read from without a copy in between; Node's own are sockets. Throws where there is
 * no `mkfifo`.
 */
export async function createPipeMaker(places: number): Promise<PipeMaker> {
  const directory = await mkdtemp(path.join(tmpdir(), "pipes-"));
  const close = () => rm(directory, { recursive: true, force: true });
  const fileAt = (place: number) => path.join(directory, String(place));
  try {
    await promisify(execFile)("mkfifo", ["-m", "600", ...Array.from({ length: places }, (_, place) => fileAt(place))], {
      timeout: makeLimitMs,
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    open: (place) => {
      // Opening one end waits for the other, but for a reader that will not wait for bytes either.
      const opener = openSync(fileAt(place), constants.O_RDONLY | constants.O_NONBLOCK);
      const writeEnd = openSync(fileAt(place), constants.O_WRONLY);
      const readEnd = openSync(fileAt(place), constants.O_RDONLY);
      closeSync(opener);
      return { readEnd, writeEnd };
    },
    close,
  };
}
