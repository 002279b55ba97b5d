/** The stand-in as a real server, for a developer and for tests of the whole stack; its mailbox is a page at `/`. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, text } from "../daraja/answers.ts";
import { mailboxPage } from "./mailbox-page.ts";
import { StandInMail } from "./stand-in-mail.ts";

/** Port 0 takes any that is free. */
export type ServeOptions = { port: number; key: string; host?: string };
export type ServedMail = { origin: string; mail: StandInMail; close: () => Promise<void> };

export async function serve({ port, key, host = "127.0.0.1" }: ServeOptions): Promise<ServedMail> {
  const mail = new StandInMail({ key, now: Date.now });
  const server = createServer((request, response) => {
    void answerRequest(mail, request).then((answer) => {
      if (answer.isLost) response.destroy();
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    mail,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerRequest(mail: StandInMail, incoming: IncomingMessage): Promise<Answer> {
  const { method = "GET", url = "/" } = incoming;
  if (method === "GET" && url === "/") return text(mailboxPage(mail.mails), 200, "text/html; charset=utf-8");
  const shown = mail.mails.find(({ id }) => url === `/mails/${id}`);
  if (method === "GET" && shown !== undefined) return text(shown.html, 200, "text/html; charset=utf-8");
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return mail.answer({
    method,
    url: new URL(url, "http://mail.test").href,
    headers: { get: (name) => [incoming.headers[name.toLowerCase()]].flat()[0] ?? null },
    text: async () => Buffer.concat(chunks).toString("utf8"),
  });
}
