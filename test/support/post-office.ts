import { createExecutionContext, createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/worker.ts";
import type { KeptMail, MailFault } from "../stand-ins/mail/stand-in-mail.ts";
import type { Send } from "./api-client.ts";
import { mailVariables } from "./mail-settings.ts";
import type { Mailbox } from "./stand-in-mail.ts";

/** The Worker with a mail provider of its own, and a mail queue that delivers when the test says so. */
export type PostOffice = {
  send: Send;
  /** Ids of the letters that are queued, oldest first. */
  readonly queued: string[];
  /** From now on the queue takes no letter. */
  breakDown(): void;
  /** Delivers what is queued, once each; who is to come again waits in `queued`. */
  deliver(): Promise<void>;
  runCron(): Promise<void>;
  failNext(...faults: MailFault[]): Promise<void>;
  mails(): Promise<KeptMail[]>;
  calls(): Promise<number>;
};

export function openPostOffice(name: string, variables: Record<string, string> = {}): PostOffice {
  const base = `http://mail-${name}.test`;
  const queued: string[] = [];
  let isBroken = false;
  const metadata = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  const queue: Queue = {
    async send(body: unknown) {
      if (isBroken) throw new Error("the queue does not answer");
      queued.push((body as { mailId: string }).mailId);
      return metadata;
    },
    sendBatch: () => Promise.reject(new Error("nothing sends batches of letters")),
    metrics: () => Promise.reject(new Error("nothing reads metrics")),
  };
  const bindings = { ...env, ...mailVariables(base), MAIL_QUEUE: queue, ...variables };

  async function deliverOne(mailId: string): Promise<void> {
    const message: Message = {
      id: crypto.randomUUID(),
      timestamp: new Date(),
      attempts: 1,
      body: { type: "mail", mailId },
      ack: () => undefined,
      retry: () => {
        queued.push(mailId);
      },
    };
    const batch = { queue: "shujaa-mail", messages: [message], ackAll: () => undefined, retryAll: () => undefined };
    await worker.queue({ ...batch, ...metadata }, bindings);
  }

  const readMailbox = async () => (await (await fetch(`${base}/stand-in/mails`)).json()) as Mailbox;
  return {
    send: (request) =>
      Promise.resolve(
        worker.fetch(request as Request<unknown, IncomingRequestCfProperties>, bindings, createExecutionContext()),
      ),
    queued,
    breakDown() {
      isBroken = true;
    },
    async deliver() {
      for (const mailId of queued.splice(0)) await deliverOne(mailId);
    },
    runCron: async () => worker.scheduled(createScheduledController({ scheduledTime: Date.now() }), bindings),
    async failNext(...faults) {
      await fetch(`${base}/stand-in/faults`, { method: "POST", body: JSON.stringify(faults) });
    },
    mails: async () => (await readMailbox()).mails,
    calls: async () => (await readMailbox()).calls,
  };
}
