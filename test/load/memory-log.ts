import { readFile } from "node:fs/promises";
import type { Product } from "../support/product.ts";

const pageBytes = 4_096;
const everyMs = 5_000;

type Sample = { atMs: number; workerd: number; renderer: number; start: number };

/** Resident memory of the product's processes in MiB, every five seconds. Renderers are summed without their ffmpeg. */
export function watchMemory(product: Product) {
  const samples: Sample[] = [];
  const startedMs = Date.now();
  const sample = async () => {
    const pids = await product.pids();
    const renderers = await Promise.all(pids.renderers.map(residentMebibytes));
    samples.push({
      atMs: Date.now() - startedMs,
      workerd: await residentMebibytes(pids.workerd),
      renderer: renderers.reduce((sum, one) => sum + one, 0),
      start: await residentMebibytes(pids.start),
    });
  };
  const timer = setInterval(() => void sample(), everyMs);
  return {
    stop: () => clearInterval(timer),
    /** Means over each fifth of the time, MiB: growth shows from left to right. */
    fifths(name: "workerd" | "renderer" | "start"): number[] {
      const size = Math.max(1, Math.ceil(samples.length / 5));
      const parts = Array.from({ length: 5 }, (_, index) => samples.slice(index * size, (index + 1) * size));
      return parts.filter((part) => part.length > 0).map((part) => mean(part.map((one) => one[name])));
    },
  };
}

async function residentMebibytes(pid: number): Promise<number> {
  const fields = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "0 0");
  return (Number(fields.split(" ")[1]) * pageBytes) / 2 ** 20;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
