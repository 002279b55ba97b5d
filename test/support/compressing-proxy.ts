/** Stands before the local service as Cloudflare does before the deployed one: what can be compressed is. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, constants } from "node:zlib";

const compressed = /^(text\/(?!event-stream)|application\/(json|javascript|problem\+json)|image\/svg)/;
/** Of Brotli, of 11: what Cloudflare compresses with on the way. */
const quality = 4;

export async function serveCompressed(target: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, "accept-encoding": "identity" };
    const passed = request(target + asked.url, { method: asked.method, headers }, async (got) => {
      const pieces: Buffer[] = [];
      for await (const piece of got) pieces.push(piece as Buffer);
      const bytes = Buffer.concat(pieces);
      const { "content-length": _, "transfer-encoding": __, ...kept } = got.headers;
      const takes = String(asked.headers["accept-encoding"]).includes("br") && bytes.length > 0;
      if (!takes || !compressed.test(String(got.headers["content-type"]))) {
        answer.writeHead(got.statusCode ?? 502, kept).end(bytes);
        return;
      }
      const small = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
      answer.writeHead(got.statusCode ?? 502, { ...kept, "content-encoding": "br" }).end(small);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
