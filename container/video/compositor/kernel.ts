import { readFileSync } from "node:fs";
import path from "node:path";

/** What kernel.as exports. Addresses are bytes in `memory`. */
type KernelExports = {
  memory: WebAssembly.Memory;
  freeFrom(): number;
  flip(bytes: number, count: number): void;
  resampleScratchBytes(sourceWidth: number, width: number): number;
  resamplePlane(
    source: number,
    sourceWidth: number,
    sourceHeight: number,
    left: number,
    top: number,
    viewWidth: number,
    viewHeight: number,
    out: number,
    width: number,
    height: number,
    scratch: number,
  ): void;
  blendPlane(
    one: number,
    other: number,
    otherStride: number,
    out: number,
    width: number,
    height: number,
    weights: number,
  ): void;
  copyRows(from: number, fromStride: number, to: number, toStride: number, bytes: number, rows: number): void;
  overlayBytes(width: number, height: number): number;
  clearOverlay(width: number, height: number, overlay: number): void;
  convertOverlayRows(rgba: number, width: number, height: number, top: number, bottom: number, overlay: number): void;
  layOverlay(
    overlay: number,
    width: number,
    height: number,
    frame: number,
    frameWidth: number,
    frameHeight: number,
    x: number,
    y: number,
    strength: number,
  ): void;
};

export type Kernel = Omit<KernelExports, "memory" | "freeFrom"> & {
  /** The address of `count` bytes nobody else has; they hold anything. */
  take(count: number): number;
  give(address: number): void;
  /** Valid until the next `take`. */
  bytes(address: number, count: number): Uint8Array<ArrayBuffer>;
  /** Valid until the next `take`; `address` is even. */
  words(address: number, count: number): Int16Array;
};

/** The Worker's types, which stand beside Node's here, know no compiling. */
const { Module } = WebAssembly as unknown as { Module: new (bytes: Uint8Array) => WebAssembly.Module };

/** Throws where WebAssembly has no relaxed SIMD. */
export function compileKernel(): WebAssembly.Module {
  return new Module(readFileSync(path.join(import.meta.dirname, "kernel.wasm")));
}

const pageBytes = 65_536;
/** The kernel reads and writes up to so many bytes after what it is given. */
const slackBytes = 64;

export function openKernel(module: WebAssembly.Module): Kernel {
  const abort = () => {
    throw new Error("the kernel stopped");
  };
  const { exports } = new WebAssembly.Instance(module, { env: { abort } });
  const { memory, freeFrom, ...operations } = exports as unknown as KernelExports;
  const roundUp = (count: number) => Math.ceil(count / 16) * 16;
  const start = roundUp(freeFrom());
  // What is taken, by address; what lies between is free.
  const taken: { address: number; end: number }[] = [];
  return {
    ...operations,
    take: (count) => {
      const size = roundUp(count + slackBytes);
      let address = start;
      let index = 0;
      for (const block of taken) {
        if (block.address - address >= size) break;
        address = block.end;
        index += 1;
      }
      taken.splice(index, 0, { address, end: address + size });
      const missing = address + size - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
      return address;
    },
    give: (address) => {
      const index = taken.findIndex((block) => block.address === address);
      if (index < 0) throw new RangeError("nothing was taken there");
      taken.splice(index, 1);
    },
    bytes: (address, count) => new Uint8Array(memory.buffer, address, count),
    words: (address, count) => new Int16Array(memory.buffer, address, count),
  };
}
