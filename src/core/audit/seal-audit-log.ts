import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import { forEachAlone } from "../for-each-alone.ts";
import { beginning, firstSealHash, type Place, sealText, toHex } from "./seal.ts";
import { findLastSeal, findRowsAfter, findUnsealedChains, insertSeal } from "./store.ts";

/**
 * A row gets its time when its batch is put together, by the clock of the isolate that does it, and is there once the batch
 * is through: a statement of D1 may take 30 s, and clocks differ. What is younger could still get an older sibling, which
 * would then look like one that was slipped in.
 */
const settledMs = 60_000;
/** Of one run: it ends well before the next begins. */
const chainsPerRun = 50;
const rowsPerSeal = 500;
/** Of one chain in one run: ten calls a second, each with its row, are 600 in a minute, and who falls behind catches up. */
const sealsPerChain = 4;
/** Every minute looks an hour back, and once an hour a week: rows that a standstill of the cron left behind are found then. */
const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
const minuteMs = 60_000;

/** The cron's: seals what was written since the last run. */
export async function sealAuditLog(context: Context): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const lookBackMs = nowMs % hourMs < minuteMs ? weekMs : hourMs;
  const span = { fromMs: nowMs - lookBackMs, untilMs: nowMs - settledMs };
  const chains = await findUnsealedChains(deps, span, chainsPerRun);
  await forEachAlone(context, chains, (chain) => sealChain(deps, chain, span.untilMs));
}

async function sealChain(deps: Deps, chain: string, untilMs: number): Promise<void> {
  for (let seals = 0; seals < sealsPerChain; seals += 1) {
    if ((await sealNext(deps, chain, untilMs)) < rowsPerSeal) return;
  }
}

/** How many rows the next seal covers. */
async function sealNext(deps: Deps, chain: string, untilMs: number): Promise<number> {
  const last = await findLastSeal(deps, chain);
  const after: Place = last === null ? beginning : { atMs: last.lastRowAtMs, id: last.lastRowId };
  const rows = await findRowsAfter(deps, chain, { after, untilMs, limit: rowsPerSeal });
  const newest = rows.at(-1);
  if (newest === undefined) return 0;
  const sequence = (last?.sequence ?? 0) + 1;
  const text = sealText({ chain, sequence, previousHash: last?.hash ?? firstSealHash }, rows);
  await insertSeal(deps, {
    chain,
    sequence,
    lastRowId: newest.id,
    lastRowAtMs: newest.createdAtMs,
    rows: rows.length,
    hash: toHex(await deps.digests.sha256(text)),
    sealedAtMs: deps.clock.now(),
  });
  return rows.length;
}
