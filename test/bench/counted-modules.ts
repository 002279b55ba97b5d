import { copyFile, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Worker's script behind the one that counts its platform calls, as miniflare's options of a Worker. */
export async function countedModules(scriptPath: string) {
  const modulesRoot = await mkdtemp(join(tmpdir(), "shujaa-counted-"));
  const names = ["counting-worker.mjs", "counted-worker.mjs"] as const;
  await copyFile(join(import.meta.dirname, names[0]), join(modulesRoot, names[0]));
  await copyFile(scriptPath, join(modulesRoot, names[1]));
  return { modulesRoot, modules: names.map((name) => ({ type: "ESModule" as const, path: join(modulesRoot, name) })) };
}
