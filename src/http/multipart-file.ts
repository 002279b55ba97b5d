/** The file of a multipart/form-data body (RFC 7578), as a stream: nothing but a chunk or two is held in memory. */
import { fail } from "../core/fail.ts";

export type FilePart = { name: string | null; body: ReadableStream<Uint8Array> };

/** Bytes of a part's headers, and of a field before the file; and how many of those there may be. */
const headersMaxBytes = 16 * 1024;
const fieldMaxBytes = 64 * 1024;
const fieldsMax = 20;

/**
 * The part named `file`; what comes after it is not read. Refuses `malformed_request` for a body that is no multipart or
 * breaks off, also while the file is read, and `validation_failed` when there is no such part.
 */
export async function openFilePart(body: ReadableStream<Uint8Array>, contentType: string): Promise<FilePart> {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  if (boundary === null) refuseMalformed();
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const source = new Source(body);
  await source.takeUntil(delimiter, fieldMaxBytes);
  for (let field = 0; field < fieldsMax; field += 1) {
    const afterDelimiter = (await source.take(2)).toString("latin1");
    if (afterDelimiter === "--") break;
    if (afterDelimiter !== "\r\n") refuseMalformed();
    const headers = (await source.takeUntil(Buffer.from("\r\n\r\n"), headersMaxBytes)).toString("utf8");
    const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1] ?? "";
    if (parameter(disposition, "name") === "file") {
      return { name: parameter(disposition, "filename"), body: source.streamUntil(delimiter) };
    }
    // More than a field of a form holds is a file under another name.
    await source.takeUntil(delimiter, fieldMaxBytes, refuseWithoutFile);
  }
  await source.cancel();
  refuseWithoutFile();
}

function refuseWithoutFile(): never {
  const detail = "is required: the part of the form that holds the file";
  fail("validation_failed", `«file» ${detail}. Nothing was kept.`, {
    errors: [{ pointer: "/file", detail, code: "required" }],
  });
}

function parameter(disposition: string, name: string): string | null {
  const found = new RegExp(`(?:^|;)\\s*${name}=(?:"([^"]*)"|([^\\s;]+))`, "i").exec(disposition);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? null : value.replaceAll("%22", '"');
}

function refuseMalformed(): never {
  fail("malformed_request", "The form cannot be read: it is no multipart/form-data, or broke off. Nothing was kept.");
}

/** Bytes that arrive, looked at as far as is needed to find what ends them. */
class Source {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  /** The first delimiter stands at the very start, without the line break that belongs to the others. */
  #buffer = Buffer.from("\r\n");

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  async take(length: number): Promise<Buffer> {
    while (this.#buffer.length < length) await this.#fill();
    return this.#consume(length);
  }

  /** What comes before `end`, which is passed over. */
  async takeUntil(end: Buffer, maxBytes: number, refuse: () => never = refuseMalformed): Promise<Buffer> {
    for (;;) {
      const place = this.#buffer.indexOf(end);
      if (place >= 0) {
        const taken = this.#consume(place);
        this.#consume(end.length);
        return taken;
      }
      if (this.#buffer.length > maxBytes) refuse();
      await this.#fill();
    }
  }

  streamUntil(end: Buffer): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        for (;;) {
          const place = this.#buffer.indexOf(end);
          // What may be the beginning of the end is kept back.
          const ready = place >= 0 ? place : Math.max(0, this.#buffer.length - end.length + 1);
          if (ready > 0) controller.enqueue(Uint8Array.from(this.#consume(ready)));
          if (place >= 0) {
            controller.close();
            return this.cancel();
          }
          if (ready > 0) return;
          await this.#fill();
        }
      },
      cancel: () => this.cancel(),
    });
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }

  #consume(length: number): Buffer {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }

  async #fill(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) refuseMalformed();
    this.#buffer = this.#buffer.length === 0 ? Buffer.from(value) : Buffer.concat([this.#buffer, value]);
  }
}
