/** Faults stop, time passes: nothing may be left pending. */
import { decideAtBanks } from "./card-acts.ts";
import { Chance } from "./chance.ts";
import { demand } from "./demand.ts";
import { consumeOne, deliver, runCronOnce, takeDue } from "./jobs.ts";
import { time } from "./money-world.ts";
import type { Play } from "./play.ts";
import { noFate } from "./processes.ts";
import { checkAtRest } from "./rest-truth.ts";
import { endVideo, unfinishedVideos } from "./video-acts.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** So long at least that M-Pesa's list of receipts has been read. */
const leastRestMs = 26 * hourMs;

/** Until nothing is pending, and a while at least; what is pending for longer is a bug. */
export async function comeToRest(play: Play): Promise<void> {
  play.calm();
  play.tell("— the faults stop —");
  const calmMs = time.nowMs;
  for (let round = 0; ; round += 1) {
    await drainEverything(play);
    play.watch.check(play.world);
    const pending = pendingOf(play);
    if (pending.length === 0 && time.nowMs > calmMs + leastRestMs) break;
    demand(time.nowMs < calmMs + 12 * dayMs, () => `after days it still waits: ${pending.join("; ")}`);
    demand(round < 600, () => `it never ends: ${pending.join("; ")}`);
    time.nowMs = nextMoment(play, round);
    await runCronOnce(play, noFate);
  }
  await checkAtRest(play);
}

async function drainEverything(play: Play): Promise<void> {
  const { world } = play;
  const anyhow = new Chance(play.journal.length);
  decideAtBanks(play, anyhow);
  play.collect();
  for (const letter of takeDue(play)) await deliver(play, letter, noFate);
  for (const video of unfinishedVideos(play)) await endVideo(play, video, anyhow);
  while (world.queue.length > 0) await consumeOne(play, noFate);
  for (const tenantId of world.ledgers.dueAlarms(time.nowMs)) await world.ledgers.ring(tenantId);
}

/** When something is due, or a while later each time: what nothing says to be due may be all the same. */
function nextMoment(play: Play, round: number): number {
  const soonest = time.nowMs + minuteMs;
  const [row] = play.world.rows<{ dueMs: number | null }>(`
    SELECT min(due) AS dueMs FROM (
      SELECT next_check_at_ms AS due FROM payments WHERE next_check_at_ms IS NOT NULL
      UNION ALL SELECT next_try_at_ms FROM provider_events WHERE handled_at_ms IS NULL
      UNION ALL SELECT updated_at_ms + 15001 FROM payment_claims WHERE state <> settled_state
      UNION ALL SELECT paid_at_ms + 15001 FROM payments WHERE state = 'paid' AND fulfilled_at_ms IS NULL
      UNION ALL SELECT created_at_ms + 30001 FROM tenants WHERE welcomed_at_ms IS NULL)`);
  const letters = play.letters.map(({ dueMs }) => dueMs);
  const alarm = play.world.ledgers.nextAlarmMs() ?? Number.POSITIVE_INFINITY;
  const unknown = time.nowMs + Math.min(dayMs, 11 * minuteMs * 4 ** round);
  const next = Math.min(row?.dueMs ?? Number.POSITIVE_INFINITY, alarm, unknown, ...letters);
  return Math.max(soonest, next);
}

function pendingOf(play: Play): string[] {
  const { world } = play;
  const found = world.rows<{ what: string }>(`
    SELECT 'event ' || id AS what FROM provider_events WHERE handled_at_ms IS NULL
    UNION ALL SELECT 'payment ' || id || ' ' || state FROM payments WHERE state IN ('created', 'pending', 'confirming')
    UNION ALL SELECT 'unfulfilled ' || id FROM payments WHERE state = 'paid' AND fulfilled_at_ms IS NULL
    UNION ALL SELECT 'claim ' || id || ' ' || state || ' settled ' || settled_state FROM payment_claims WHERE state <> settled_state
    UNION ALL SELECT 'tenant ' || id FROM tenants WHERE welcomed_at_ms IS NULL
    UNION ALL SELECT 'video ' || id FROM videos WHERE settled_at_ms IS NULL`);
  const pending = found.map(({ what }) => what);
  pending.push(...world.queue.map(({ id }) => `message ${id}`), ...play.letters.map(({ words }) => `letter ${words}`));
  for (const [tenantId, storage] of world.ledgers.storages) {
    const [held] = storage.file.rows<{ id: string }>("SELECT id FROM holds WHERE status = 'held'");
    if (held !== undefined) pending.push(`hold ${held.id}`);
    if (storage.alarmAtMs !== null) pending.push(`alarm of ${tenantId}`);
  }
  return pending;
}
