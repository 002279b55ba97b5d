/**
 * The SDK's types for those who have no zod: the compiler works out what each operation takes and answers, and writes it out
 * whole. What is written by hand below is held against src/sdk by a test.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { operations } from "../sdk/operations.ts";

const root = join(import.meta.dirname, "../..");

/** Types of the contract that are known by a name of their own. */
const named: Record<string, { from: string; type: string }> = {
  ProblemDocument: { from: "contract/errors.ts", type: "ProblemDocument" },
  ProblemCode: { from: "contract/errors.ts", type: "ProblemCode" },
  FieldError: { from: "contract/errors.ts", type: "FieldError" },
  ProgressEvent: { from: "contract/videos.ts", type: "ProgressEvent" },
};

export async function writeSdkTypes(path: string): Promise<void> {
  const types = await workOut();
  const lines = [head];
  for (const name of Object.keys(named)) lines.push(`export type ${name} = ${types.get(name)};`);
  const calls: string[] = [];
  for (const [name, { route }] of Object.entries(operations)) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    lines.push(`export type ${type}Input = ${types.get(`${name}Input`)};`);
    lines.push(`export type ${type}Answer = ${types.get(`${name}Answer`)};`);
    const mark = types.get(`${name}IsOptional`) === "true" ? "?" : "";
    calls.push(`  /** ${route} */`);
    calls.push(`  ${name}: (input${mark}: ${type}Input, options?: CallOptions) => Promise<${type}Answer>;`);
  }
  lines.push("/** A method for each operation of the API. */", "export type Calls = {", ...calls, "};", tail);
  await writeFile(path, `${lines.join("\n")}\n`);
}

/** The types by name, as the compiler prints them. */
async function workOut(): Promise<Map<string, string>> {
  const parent = join(root, "dist");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "sdk-types-"));
  try {
    await writeFile(join(folder, "asked.ts"), question());
    const compilerOptions = {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      noErrorTruncation: true,
      rootDir: root,
      outDir: join(folder, "told"),
    };
    const settings = { extends: "../../tsconfig.json", compilerOptions, files: ["asked.ts"], include: [], exclude: [] };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(settings));
    await promisify(execFile)(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder]);
    const told = await readFile(join(folder, "told", folder.slice(root.length + 1), "asked.d.ts"), "utf8");
    return new Map(
      Array.from(
        told.matchAll(/^export declare const (\w+): ([\s\S]*?);\n(?=export |$)/gm),
        ([, name = "", type = ""]) => [name, type],
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function question(): string {
  const imports = Object.entries(named).map(
    ([name, { from, type }]) => `import type { ${type} as ${name}Type } from "../../src/${from}";`,
  );
  const asked = Object.keys(named).map((name) => `export const ${name} = plain<${name}Type>();`);
  for (const name of Object.keys(operations)) {
    asked.push(`export const ${name}Input = plain<InputOf<Operations["${name}"]>>();`);
    asked.push(`export const ${name}Answer = plain<AnswerOf<Operations["${name}"]>>();`);
    asked.push(
      `export const ${name}IsOptional = plain<Record<never, never> extends InputOf<Operations["${name}"]> ? true : false>();`,
    );
  }
  return `import type { AnswerOf, InputOf } from "../../src/sdk/operation.ts";
import type { Operations } from "../../src/sdk/operations.ts";
${imports.join("\n")}
// Going through \`infer\` takes the name off a type, so that it is printed whole.
type Plain<T> = T extends Response ? T : T extends object ? (T extends infer O ? { [K in keyof O]: Plain<O[K]> } : never) : T;
declare function plain<T>(): Plain<T>;
${asked.join("\n")}
`;
}

const head = `/** Types of the client of Shujaa Studio. Made by its build. */
export type CallOptions = {
  /** Of a call that takes one: the same key never does a thing twice. One is made when there is none. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  headers?: Record<string, string>;
};
export type StudioOptions = {
  /** Where the service is: https://studio.example. Empty: where the page is. */
  baseUrl: string;
  /** An access token or an API key, or what finds it out before each call; null: none is sent. */
  credential?: string | null | (() => string | null | Promise<string | null>);
  /** Called when the credential is not, or no longer, good; a new one is tried once, null gives up. */
  renew?: () => Promise<string | null>;
  /** How often a call is made at most, when it may be made again. */
  triesMax?: number;
  /** For one try, in milliseconds. */
  timeoutMs?: number;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
};`;

const tail = `export type FinishedVideo = GetVideoAnswer & { output: NonNullable<GetVideoAnswer["output"]> };
/** In bytes; \`total\` null: a stream does not say. */
export type Transferred = { done: number; total: number | null };
export type MakeOptions = CallOptions & { onProgress?: (event: ProgressEvent) => void };
export type UploadOptions = {
  signal?: AbortSignal;
  /** How the library calls it; a File has one of its own. */
  name?: string;
  onProgress?: (sent: Transferred) => void;
};
export type DownloadOptions = { signal?: AbortSignal; onProgress?: (received: Transferred) => void };
export type Download = { stream: ReadableStream<Uint8Array>; contentType: string; size: number | null };
/** What takes more than one call. */
export type Journeys = {
  /** Progress as it comes, until the video has ended; the last event says how. */
  followVideo(id: string, options?: { signal?: AbortSignal }): AsyncGenerator<ProgressEvent, void, undefined>;
  /** Orders a video and resolves with it when it is done; throws VideoError when it fails or is cancelled. */
  makeVideo(input: CreateVideoInput, options?: MakeOptions): Promise<FinishedVideo>;
  /** A finished video's file, taken up again where it breaks off. */
  downloadVideo(id: string, options?: DownloadOptions): Promise<Download>;
  /** Keeps a picture, a sound or a clip of your own. */
  uploadAsset(file: Blob | ReadableStream<Uint8Array>, options?: UploadOptions): Promise<GetAssetAnswer>;
  /** Every change of the credits as CSV, or those of the filter. */
  transactionsCsv(filter?: Omit<ListTransactionsInput, "limit" | "cursor">, options?: CallOptions): Promise<string>;
  /** Every item of a list: \`listAll((cursor) => studio.listVideos({ cursor }))\`. */
  listAll<Item>(
    readPage: (cursor: string | undefined) => Promise<{ data: Item[]; next_cursor: string | null }>,
  ): AsyncGenerator<Item, void, undefined>;
};
export type Studio = Calls & Journeys;
/** A client of the whole API. Throws ShujaaError, ConnectionError, VideoError, or a signal's own reason. */
export declare function createStudio(options: StudioOptions): Studio;
/** The service said no, in its own words: RFC 9457 problem details. */
export declare class ShujaaError extends Error {
  /** Stable: what programs go by. */
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  /** Names the request in the service's log. */
  readonly requestId: string;
  /** Which fields were wrong, by JSON pointer. */
  readonly errors: readonly FieldError[];
  /** Seconds to wait before it makes sense to ask again; null: the service did not say. */
  readonly retryAfterSeconds: number | null;
  /** Everything the service said: of a 402 also \`needed\`, \`available\`, \`metric\`, \`limit\`, \`resets_at\`. */
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument, retryAfterSeconds: number | null);
}
/** No answer came, or one that is not the service's: whether anything was done is not known. */
export declare class ConnectionError extends Error {
  constructor(message: string, cause?: unknown);
}
/** A video that failed or was cancelled. It cost nothing. */
export declare class VideoError extends Error {
  readonly video: GetVideoAnswer;
  /** null: it was cancelled. */
  readonly code: ProblemCode | null;
  readonly isRetryable: boolean;
  constructor(video: GetVideoAnswer);
}`;
