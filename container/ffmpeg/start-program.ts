import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { hasSystemCalls, systemCalls } from "./system-calls.ts";

export type Program = {
  stdout: Readable;
  stderr: Readable;
  /** Its exit code, `null` when a signal ended it, once all it said has been heard. Rejects when it could not be started. */
  ended: Promise<number | null>;
  /** At once; what it said and nobody has heard is lost. */
  kill(): void;
};

type Start = {
  file: string;
  args: string[];
  directory: string | undefined;
  environment: Record<string, string | undefined>;
  /** An open descriptor, which the program knows as 3. The caller's own may be closed when this has returned. */
  pipe: number | undefined;
};

/** Starts a program without a shell and with nothing to read on its standard input. */
export function startProgram(start: Start): Program {
  return hasSystemCalls() ? startByPosix(start) : startByNode(start);
}

const pipeBytes = 65_536;
const reapingPauseMs = 2;

function startByPosix({ file, args, directory, environment, pipe }: Start): Program {
  const { openPipe, spawn, reap } = systemCalls();
  const [output, errors] = [openPipe(pipeBytes), openPipe(pipeBytes)];
  const reader = (fd: number) => new Socket({ fd, readable: true, writable: false });
  const [stdout, stderr] = [reader(output.readEnd), reader(errors.readEnd)];
  const closed = [stdout, stderr].map((stream) => {
    // A pipe that breaks is closed, and that is heard.
    stream.on("error", () => undefined);
    return new Promise((resolve) => stream.once("close", resolve));
  });
  let id: number;
  try {
    const descriptors = [output.writeEnd, errors.writeEnd, ...(pipe === undefined ? [] : [pipe])];
    id = spawn({ file, args, environment, directory, descriptors });
  } catch (error) {
    for (const stream of [stdout, stderr]) stream.destroy();
    return { stdout, stderr, ended: Promise.reject(error), kill: () => undefined };
  } finally {
    for (const { writeEnd } of [output, errors]) closeSync(writeEnd);
  }
  let isReaped = false;
  const waitForEnd = async () => {
    await Promise.all(closed);
    for (;;) {
      const code = reap(id);
      isReaped = code !== undefined;
      if (code !== undefined) return code;
      await pause(reapingPauseMs);
    }
  };
  return {
    ...{ stdout, stderr, ended: waitForEnd() },
    kill: () => {
      // Another process may have its number by then.
      if (!isReaped) process.kill(id, "SIGKILL");
      for (const stream of [stdout, stderr]) stream.destroy();
    },
  };
}

function startByNode({ file, args, directory, environment, pipe }: Start): Program {
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe", ...(pipe === undefined ? [] : [pipe])],
    cwd: directory,
    env: environment,
  });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new RangeError("a program without pipes");
  return {
    ...{ stdout, stderr },
    ended: new Promise((resolve, reject) => {
      child.once("close", resolve);
      child.once("error", reject);
    }),
    kill: () => {
      child.kill("SIGKILL");
      for (const stream of [stdout, stderr]) stream.destroy();
    },
  };
}
