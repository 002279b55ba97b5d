/** Fails when the committed kernel is not what its sources compile to. */
import { readFile } from "node:fs/promises";
import { compileKernel, kernelFile } from "./compile-kernel.ts";

const [committed, compiled] = await Promise.all([readFile(kernelFile), compileKernel()]);
if (!committed.equals(compiled)) {
  console.log("The compositor's kernel is older than its sources. Run: node src/cli/build-kernel.ts");
  process.exit(1);
}
