import { readFileSync } from "node:fs";
import { join } from "node:path";

type Compiler = {
  main(
    args: string[],
    io: {
      readFile(name: string): string | null;
      writeFile(name: string, contents: unknown): void;
      listFiles(): string[];
    },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>;
};

/** By a name the type checker does not follow: the compiler's own types replace Node's `console` for everybody. */
const compiler: string = "assemblyscript/asc";
const { default: asc } = (await import(compiler)) as { default: Compiler };

const directory = join(import.meta.dirname, "../../container/video/compositor");

export const kernelFile = join(directory, "kernel.wasm");

const settings = [
  ...["--runtime", "stub", "--enable", "simd", "--enable", "relaxed-simd"],
  ...["-O3", "--noAssert", "--converge"],
];

/** Compiles `container/video/compositor/kernel.as`. Throws with the compiler's words. */
export async function compileKernel(): Promise<Buffer> {
  let output: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["kernel.ts", "--outFile", "kernel.wasm", ...settings], {
    // The sources are AssemblyScript, which looks like TypeScript and is not: hence their own ending.
    readFile: (name) => readSource(name.replace(/\.ts$/, ".as")),
    writeFile: (name, contents) => {
      if (name === "kernel.wasm" && contents instanceof Uint8Array) output = contents;
    },
    listFiles: () => [],
  });
  if (error || !output) throw new Error(`the kernel does not compile: ${stderr.toString()}`, { cause: error });
  return Buffer.from(output);
}

function readSource(name: string): string | null {
  try {
    return readFileSync(join(directory, name), "utf8");
  } catch {
    return null;
  }
}
