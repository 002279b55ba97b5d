import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Artefact, ArtefactKind } from "../src/contract/render-events.ts";
import { digestOf } from "./canonical.ts";
import type { RendererVersion } from "./renderer-version.ts";

/** Behind the bytes of each artefact: this mark, then a digest of its key and its bytes. It shows what was cut off, changed or mixed up. */
const sealMark = Buffer.from("SHUJAA-1", "latin1");
const sealBytes = sealMark.length + 32;

/** The content-addressed things of one render: made here, and kept until the render is discarded. */
export type Artefacts = {
  /** Lower-case hexadecimal; `made of` is plain JSON with everything that decides the bytes. */
  keyOf(kind: ArtefactKind, madeOf: unknown): string;
  /** Where something with this key is to be written, if it is to be announced afterwards. */
  fileFor(key: string): string;
  write(kind: ArtefactKind, key: string, bytes: Buffer): Promise<void>;
  /** Says that the file for `key` is whole. */
  announce(kind: ArtefactKind, key: string): Promise<void>;
  /** The sealed bytes of something announced, to be sent; undefined when there is none. */
  read(key: string): { size: number; stream(): Readable } | undefined;
};

type Made = { file: string; size: number; seal: Buffer };

export function openArtefacts(options: {
  /** Existing. */
  directory: string;
  version: RendererVersion;
  /** Without it nothing is announced. */
  say?: ((artefact: Artefact) => void) | undefined;
  signal: AbortSignal;
}): Artefacts {
  const { directory, version, say, signal } = options;
  const made = new Map<string, Made>();
  const announced = new Set<string>();
  const fileFor = (key: string) => path.join(directory, key);
  const announce = async (kind: ArtefactKind, key: string) => {
    if (say === undefined || announced.has(key)) return;
    announced.add(key);
    const file = fileFor(key);
    const { size, seal, sha256 } = await sealOf(file, key, signal);
    made.set(key, { file, size: size + sealBytes, seal });
    say({ key, kind, size: size + sealBytes, sha256 });
  };
  return {
    keyOf: (kind, madeOf) => digestOf({ version: version[kind], kind, madeOf }),
    fileFor,
    announce,
    write: async (kind, key, bytes) => {
      await writeFile(fileFor(key), bytes, { signal });
      await announce(kind, key);
    },
    read: (key) => {
      const found = made.get(key);
      return found && { size: found.size, stream: () => sealed(found) };
    },
  };
}

/** Takes the seal off a file that was received under `key`, and moves it to `file`; false: it is not what it should be. */
export async function unseal(received: string, key: string, file: string): Promise<boolean> {
  const handle = await open(received, "r+");
  try {
    const { size } = await handle.stat();
    if (size <= sealBytes) return false;
    const seal = Buffer.alloc(sealBytes);
    await handle.read(seal, 0, sealBytes, size - sealBytes);
    await handle.truncate(size - sealBytes);
    const found = await sealOf(received, key, new AbortController().signal);
    if (!found.seal.equals(seal)) return false;
  } finally {
    await handle.close();
  }
  await rename(received, file);
  return true;
}

/** One reading of the file: its seal, and the digest of file and seal together. */
async function sealOf(file: string, key: string, signal: AbortSignal) {
  const bound = createHash("sha256").update(key);
  const whole = createHash("sha256");
  let size = 0;
  await pipeline(
    createReadStream(file),
    async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) {
        size += chunk.length;
        bound.update(chunk);
        whole.update(chunk);
      }
    },
    { signal },
  );
  const seal = Buffer.concat([sealMark, bound.digest()]);
  return { size, seal, sha256: whole.update(seal).digest("hex") };
}

function sealed({ file, seal }: Made): Readable {
  return Readable.from(
    (async function* () {
      yield* createReadStream(file);
      yield seal;
    })(),
    { objectMode: false },
  );
}
