import { createRequire } from "node:module";
import { constants } from "node:os";
import type Koffi from "koffi";

/** Both ends of a pipe. Whoever hands one on closes it here, or the other end never hears that it is over. */
export type Pipe = { readEnd: number; writeEnd: number };

/** What Node has no call for, or only a slow one. All throw errors with the system's code. */
export type SystemCalls = {
  /**
   * A real pipe, which no started program inherits by itself; Node's own are sockets. It holds up to `capacityBytes`, or what
   * the system allows.
   */
  openPipe(capacityBytes: number): Pipe;
  /**
   * Puts bytes into a pipe as they lie, without a copy: they must not change before they are read. When it returns, all but
   * the last `capacityBytes` of them, and all that was lent before, have been. Waits while the pipe is full; `EPIPE` when
   * nobody reads any more.
   */
  lend(writeEnd: number, bytes: Uint8Array<ArrayBuffer>): void;
  /**
   * Starts a program, with nothing to read on its standard input; `descriptors` are what it knows as 1, 2 and so on. Node's
   * own way copies the page tables of a renderer, tens of milliseconds in which nothing else happens.
   */
  spawn(program: {
    file: string;
    args: string[];
    environment: Record<string, string | undefined>;
    directory: string | undefined;
    descriptors: number[];
  }): number;
  /** How a started program ended, `null` by a signal; undefined while it runs. Asked again after that it throws. */
  reap(processId: number): number | null | undefined;
};

/** From Linux's headers: Node cannot say them. */
const closeOnExec = 0o2000000;
const setPipeSize = 1031;
const noHang = 1;
const readOnly = 0;
/** More than glibc's or musl's posix_spawn_file_actions_t takes. */
const fileActionsBytes = 512;

let found: SystemCalls | undefined;

/** Throws where there are none: elsewhere than on Linux. */
export function systemCalls(): SystemCalls {
  found ??= bindCalls();
  return found;
}

/** Whether there are any here. */
export function hasSystemCalls(): boolean {
  try {
    systemCalls();
    return true;
  } catch {
    return false;
  }
}

function bindCalls(): SystemCalls {
  if (process.platform !== "linux") throw new Error(`no system calls are known on ${process.platform}`);
  const koffi: typeof Koffi = createRequire(import.meta.url)("koffi");
  const system = koffi.load(null);
  const pipe2 = system.func("int pipe2(_Out_ int *ends, int flags)");
  const fcntl = system.func("int fcntl(int descriptor, int command, ...)");
  const piece = koffi.struct({ iov_base: "uintptr_t", iov_len: "size_t" });
  const vmsplice = system.func("vmsplice", "intptr_t", ["int", koffi.pointer(piece), "size_t", "uint"]);
  const waitpid = system.func("int waitpid(int id, _Out_ int *status, int options)");
  const spawn = bindSpawn(system);
  const failure = (call: string) => errorOf(call, koffi.errno());
  return {
    openPipe: (capacityBytes) => {
      const ends = [-1, -1];
      if (pipe2(ends, closeOnExec) !== 0) throw failure("pipe2");
      const [readEnd = -1, writeEnd = -1] = ends;
      // A pipe that keeps its size is only slower.
      fcntl(writeEnd, setPipeSize, "int", capacityBytes);
      return { readEnd, writeEnd };
    },
    lend: (writeEnd, bytes) => {
      const address = koffi.address(bytes.buffer) + BigInt(bytes.byteOffset);
      for (let lent = 0; lent < bytes.length; ) {
        const rest = { iov_base: address + BigInt(lent), iov_len: bytes.length - lent };
        const count = Number(vmsplice(writeEnd, rest, 1, 0));
        if (count < 0 && koffi.errno() !== constants.errno.EINTR) throw failure("vmsplice");
        lent += Math.max(0, count);
      }
    },
    spawn,
    reap: (processId) => {
      const status = [0];
      const answer = waitpid(processId, status, noHang);
      if (answer < 0) throw failure("waitpid");
      if (answer === 0) return undefined;
      const [bits = 0] = status;
      return (bits & 0x7f) === 0 ? (bits >> 8) & 0xff : null;
    },
  };
}

function errorOf(call: string, number: number): Error {
  const code = Object.entries(constants.errno).find(([, known]) => known === number)?.[0] ?? `errno ${number}`;
  return Object.assign(new Error(`${call}: ${code}`), { code });
}

function bindSpawn(system: ReturnType<typeof Koffi.load>): SystemCalls["spawn"] {
  const actions = "posix_spawn_file_actions";
  const initialise = system.func(`int ${actions}_init(void *actions)`);
  const destroy = system.func(`int ${actions}_destroy(void *actions)`);
  const addOpen = system.func(
    `int ${actions}_addopen(void *actions, int to, const char *path, int flags, unsigned int mode)`,
  );
  const addDuplicate = system.func(`int ${actions}_adddup2(void *actions, int from, int to)`);
  const addDirectory = system.func(`int ${actions}_addchdir_np(void *actions, const char *path)`);
  const spawnProgram = system.func(
    "int posix_spawnp(_Out_ int *id, const char *path, void *actions, void *attributes, const char **args, const char **environment)",
  );
  return ({ file, args, environment, directory, descriptors }) => {
    const variables = Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${value}`],
    );
    const held = new Uint8Array(fileActionsBytes);
    initialise(held);
    try {
      if (directory !== undefined) addDirectory(held, directory);
      addOpen(held, 0, "/dev/null", readOnly, 0);
      for (const [index, from] of descriptors.entries()) addDuplicate(held, from, index + 1);
      const id = [0];
      const error = spawnProgram(id, file, held, null, [file, ...args, null], [...variables, null]);
      if (error !== 0) throw errorOf("posix_spawnp", error);
      return id[0] ?? 0;
    } finally {
      destroy(held);
    }
  };
}
