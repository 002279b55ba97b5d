import type { Context } from "../core/context.ts";
import { beginExport, keepExport, makeExport, returnExport } from "../core/privacy/make-export.ts";
import { whileKept } from "./while-kept.ts";

/** Makes an export, unless somebody does; one that fails is given back at once, and thrown for the queue to try again. */
export async function exportAccount(context: Context, exportId: string): Promise<void> {
  const row = await beginExport(context, exportId);
  if (row === null) return;
  let isDone = false;
  try {
    await whileKept(
      context,
      () => keepExport(context, row),
      (signal) => makeExport(context, row, signal),
    );
    isDone = true;
  } finally {
    if (!isDone) await returnExport(context, row);
  }
}
