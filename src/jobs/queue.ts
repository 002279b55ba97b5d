/** The only place that acknowledges, repeats or gives up a queue message. */

import { type QueueMessage, queueMessage } from "../contract/queue-messages.ts";
import { backUpTenant } from "../core/backups/backup-tenant.ts";
import type { Context } from "../core/context.ts";
import { errorWords } from "../core/error-words.ts";
import { sendLetter } from "../core/mail/send-letter.ts";
import { handleProviderEvent } from "../core/payments/handle-event.ts";
import { failRender } from "../core/videos/end-render.ts";
import { interrupted } from "../core/videos/render-lease.ts";
import { deleteForGood } from "./deletion-job.ts";
import { exportAccount } from "./export-job.ts";
import { renderPart } from "./part-job.ts";
import { renderVideo } from "./render-job.ts";

/** After an error nobody expected: later than a transient fault lasts. */
const unexpectedRetrySeconds = 15;

export async function consumeBatch(context: Context, batch: MessageBatch): Promise<void> {
  const handle = batch.queue.endsWith("-dead") ? handleDead : handleMessage;
  await Promise.all(batch.messages.map((message) => settleMessage(context, message, handle)));
}

type Handler = (context: Context, message: QueueMessage) => Promise<void>;

async function settleMessage(context: Context, message: Message, handle: Handler): Promise<void> {
  const { clock, log, metrics } = context.deps;
  const startedAtMs = clock.now();
  const parsed = queueMessage.safeParse(message.body);
  if (!parsed.success) {
    log.write("error", "queue_message_not_understood", { messageId: message.id, attempts: message.attempts });
    message.retry();
    return;
  }
  const { type } = parsed.data;
  const about = { messageId: message.id, type, attempts: message.attempts };
  const record = (isOk: boolean) => {
    const durationMs = clock.now() - startedAtMs;
    metrics.record({ name: "message", type, isOk, durationMs });
    return durationMs;
  };
  try {
    await handle(context, parsed.data);
    message.ack();
    log.write("info", "queue_message", { ...about, duration_ms: record(true) });
  } catch (error) {
    log.write("error", "queue_message_failed", {
      ...about,
      duration_ms: record(false),
      error: errorWords(error),
    });
    message.retry({ delaySeconds: unexpectedRetrySeconds });
  }
}

async function handleMessage(context: Context, message: QueueMessage): Promise<void> {
  if (message.type === "part") return renderPart(context, message);
  if (message.type === "provider_event") return handleProviderEvent(context, message.eventId);
  if (message.type === "mail") return sendLetter(context, message.mailId);
  if (message.type === "export") return exportAccount(context, message.exportId);
  if (message.type === "deletion") return deleteForGood(context, message.deletionId);
  if (message.type === "backup") return backUpTenant(context, message.night, message.tenantId);
  if (message.type !== "render") return;
  const outcome = await renderVideo(context, message.videoId);
  if (outcome.type === "finished") return;
  // A new message: the platform counts retries and gives up after ten, but waiting for a free renderer is no failure.
  await context.deps.renderQueue.send(outcome.queue, message, outcome.delaySeconds);
}

/** A message that was tried too often: its video must not wait for ever, nor be charged. The other kinds have no dead letters. */
async function handleDead(context: Context, message: QueueMessage): Promise<void> {
  if (message.type !== "render") return;
  await failRender(context, { videoId: message.videoId }, interrupted);
}
