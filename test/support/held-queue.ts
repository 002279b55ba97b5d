import { createExecutionContext, createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/worker.ts";
import type { Send } from "./api-client.ts";

/** wrangler.toml: `max_retries` of each render queue. */
const retriesMax = 10;

export type HeldMessage = { queue: string; body: unknown; attempts: number; delaySeconds: number };

/**
 * The same Worker, but with render queues that deliver nothing by themselves: the test decides which message arrives
 * when, how often, and whether its consumer lives. Retries and dead letters as the platform has them. `variables` are laid
 * over the Worker's own.
 */
export type HeldQueue = {
  readonly waiting: HeldMessage[];
  /** What becomes of a send, where a test decides it: `work` takes the message. */
  onSend(decide: (queue: string, work: () => Promise<void>) => Promise<void>): void;
  /** From now on the queue takes no message, until it is mended. */
  breakDown(): void;
  mend(): void;
  send: Send;
  /** Delivers one message, the oldest unless it is given, and does with it as it is told. false: there is none. */
  deliver(message?: HeldMessage): Promise<boolean>;
  /** Delivers until nothing waits; returns how many deliveries that took. */
  deliverAll(): Promise<number>;
  runCron(): Promise<void>;
};

const emptyBatch = {
  metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
  ackAll: () => undefined,
  retryAll: () => undefined,
};

/**
 * `holdsAccounts`: exports, deletions and backups wait here, too; every cron may begin a night's backups. Letters do where they
 * go to a mail provider of the test's own.
 */
export function holdQueue(variables: Record<string, string> = {}, holdsAccounts = false): HeldQueue {
  const waiting: HeldMessage[] = [];
  let isBroken = false;
  let decideSend = (_: string, work: () => Promise<void>) => work();
  const queueNamed = (queue: string): Queue => ({
    async send(body: unknown, options?: QueueSendOptions) {
      if (isBroken) throw new Error("the queue does not answer");
      await decideSend(queue, async () => {
        waiting.push({ queue, body, attempts: 1, delaySeconds: options?.delaySeconds ?? 0 });
      });
      return { metadata: { metrics: { backlogCount: waiting.length, backlogBytes: 0 } } };
    },
    async sendBatch(messages) {
      for (const { body } of messages) await this.send(body);
      return { metadata: { metrics: { backlogCount: waiting.length, backlogBytes: 0 } } };
    },
    metrics: () => Promise.reject(new Error("nothing reads metrics")),
  });
  const bindings = {
    ...env,
    RENDER_QUEUE: queueNamed("shujaa-render"),
    PRIORITY_RENDER_QUEUE: queueNamed("shujaa-render-priority"),
    PART_QUEUE: queueNamed("shujaa-render-part"),
    PAYMENT_QUEUE: queueNamed("shujaa-payments"),
    ...(holdsAccounts ? { ACCOUNT_QUEUE: queueNamed("shujaa-accounts") } : {}),
    ...("MAIL_API_BASE" in variables ? { MAIL_QUEUE: queueNamed("shujaa-mail") } : {}),
    ...variables,
  };

  async function deliver(message = waiting[0]): Promise<boolean> {
    if (message === undefined) return false;
    const place = waiting.indexOf(message);
    if (place >= 0) waiting.splice(place, 1);
    const { queue, body, attempts } = message;
    let retry: QueueRetryOptions | undefined;
    const delivered: Message = {
      id: crypto.randomUUID(),
      timestamp: new Date(),
      attempts,
      body,
      ack: () => undefined,
      retry: (options = {}) => {
        retry = options;
      },
    };
    await worker.queue({ ...emptyBatch, queue, messages: [delivered] }, bindings);
    if (retry === undefined) return true;
    const delaySeconds = retry.delaySeconds ?? 0;
    if (attempts <= retriesMax) waiting.push({ queue, body, attempts: attempts + 1, delaySeconds });
    else if (!queue.endsWith("-dead")) waiting.push({ queue: `${queue}-dead`, body, attempts: 1, delaySeconds: 0 });
    return true;
  }

  return {
    waiting,
    onSend(decide) {
      decideSend = decide;
    },
    breakDown() {
      isBroken = true;
    },
    mend() {
      isBroken = false;
    },
    send: (request) =>
      Promise.resolve(
        worker.fetch(request as Request<unknown, IncomingRequestCfProperties>, bindings, createExecutionContext()),
      ),
    deliver,
    async deliverAll() {
      for (let count = 0; count < 100; count += 1) if (!(await deliver())) return count;
      throw new Error("the queue never runs empty");
    },
    runCron: () => worker.scheduled(createScheduledController({ scheduledTime: Date.now() }), bindings),
  };
}
