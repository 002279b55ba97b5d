import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { RenderFault } from "./failure.ts";

/** What one render may keep on disk at a time: twenty 4K scenes with pictures, segments, sound and own media take about a third. */
export const renderMaxBytes = 2_000_000_000;
const lookEveryMs = 1_000;

/** Looks now and then how much is in `directory`, and calls `onFull` once when it is too much. The answer ends the watch. */
export function watchDisk(directory: string, maxBytes: number, onFull: (fault: RenderFault) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const look = async () => {
    const bytes = await bytesIn(directory);
    if (hasEnded) return;
    if (bytes > maxBytes) {
      onFull(
        new RenderFault("disk_full", "This video needs more disk space than a render may use.", { isRetryable: false }),
      );
      return;
    }
    timer = setTimeout(look, lookEveryMs);
  };
  timer = setTimeout(look, lookEveryMs);
  return () => {
    hasEnded = true;
    clearTimeout(timer);
  };
}

/** Files come and go while they are counted: one that has gone takes no space. */
async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      if (!entry.isFile()) return 0;
      return stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
