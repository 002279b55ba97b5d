import { createRequire } from "node:module";
import type Koffi from "koffi";
import { causesOf, log } from "./log.ts";

/** From glibc's malloc.h. */
const mmapThreshold = -3;
const arenasMax = -8;

/** What is larger is the system's again once it is freed. glibc raises this by itself, up to 32 MiB, by what was freed last. */
const returnedBytes = 2 ** 20;
/** Threads share them: of one for each thread, every one keeps what its largest moment took. */
const arenas = 2;

let isSettled = false;

/**
 * A renderer holds raw pictures and sound, megabytes each, for a moment: the C library gives them back when they are freed,
 * not when the process ends. Another libc has habits of its own, and keeps them.
 */
export function settleMemoryHabits(): void {
  if (isSettled) return;
  isSettled = true;
  try {
    const koffi: typeof Koffi = createRequire(import.meta.url)("koffi");
    const setOption = koffi.load(null).func("int mallopt(int option, int value)");
    setOption(mmapThreshold, returnedBytes);
    setOption(arenasMax, arenas);
  } catch (error) {
    log("memory_habits_kept", { causes: causesOf(error) });
  }
}
