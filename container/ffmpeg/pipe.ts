import { constants } from "node:os";
import { getSystemErrorName } from "node:util";

/** Both ends of a pipe. Whoever hands one on closes it here, or the other end never hears that it is over. */
export type Pipe = { readEnd: number; writeEnd: number };

export type Pipes = {
  /** Real pipes, which hold up to `capacityBytes`, or what the system allows; Node's own are sockets. */
  open(capacityBytes: number): Pipe;
  /**
   * Puts bytes into a pipe as they lie, without a copy: they must not change before they are read. When it returns, all but
   * the last `capacityBytes` of them, and all that was lent before, have been. Waits while the pipe is full. Throws an error
   * with the system's code, `EPIPE` when nobody reads any more.
   */
  lend(writeEnd: number, bytes: Uint8Array<ArrayBuffer>): void;
};

/** From Linux's fcntl.h: Node cannot say them. */
const closeOnExec = 0o2000000;
const setPipeSize = 1031;

let loaded: Promise<Pipes> | undefined;

/** The system's calls that Node has none of its own for. Rejects where there are none: elsewhere than on Linux. */
export function loadPipes(): Promise<Pipes> {
  loaded ??= bindPipes();
  return loaded;
}

async function bindPipes(): Promise<Pipes> {
  const { default: koffi } = await import("koffi");
  const system = koffi.load(null);
  const piece = koffi.struct({ iov_base: "uintptr_t", iov_len: "size_t" });
  const pipe2 = system.func("int pipe2(_Out_ int *ends, int flags)");
  const fcntl = system.func("int fcntl(int descriptor, int command, ...)");
  const vmsplice = system.func("vmsplice", "intptr_t", ["int", koffi.pointer(piece), "size_t", "uint"]);
  const failure = (call: string) => {
    const code = getSystemErrorName(-koffi.errno());
    return Object.assign(new Error(`${call}: ${code}`), { code });
  };
  return {
    open: (capacityBytes) => {
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
  };
}
