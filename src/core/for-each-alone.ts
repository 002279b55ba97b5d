import type { Context } from "./context.ts";

/** One that cannot be mended must not keep the others, who may be other tenants', from it. */
export async function forEachAlone<Item>(
  { deps }: Context,
  items: readonly Item[],
  mend: (item: Item) => Promise<void>,
): Promise<void> {
  for (const item of items) {
    try {
      await mend(item);
    } catch (error) {
      deps.log.write("error", "heal_failed", { error: error instanceof Error ? error.name : "unknown" });
    }
  }
}
