/** `node src/cli/build-kernel.ts`: compiles the compositor's kernel again, after a change of its `.as` files. */
import { writeFile } from "node:fs/promises";
import { compileKernel, kernelFile } from "./compile-kernel.ts";

const bytes = await compileKernel();
await writeFile(kernelFile, bytes);
console.log(`${kernelFile}: ${bytes.length} bytes`);
