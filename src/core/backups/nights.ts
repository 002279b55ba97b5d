/**
 * Which nights there are is written beside the backups themselves, in `backups/nights/`: whoever restores may have lost the
 * database that knew.
 */
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { streamOf } from "./backup-file.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** 01:00 UTC, 04:00 in Nairobi: few are awake, and the day's counters have just begun anew. */
const startHour = 1;
const nightsKept = 30;
const prefix = "backups/nights/";
const markMaxBytes = 1_000;

const nightMark = z.object({
  night: z.iso.date(),
  started_at: z.string(),
  /** null: it was not finished, or not yet. */
  completed_at: z.string().nullable(),
  tenants: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});
export type NightMark = z.infer<typeof nightMark>;

/** The UTC day, which a backup is named by. */
export function nightOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

export function isDue(nowMs: number): boolean {
  return nowMs % dayMs >= startHour * hourMs;
}

export function nextStartAtMs(nowMs: number): number {
  const todayMs = nowMs - (nowMs % dayMs) + startHour * hourMs;
  return todayMs > nowMs ? todayMs : todayMs + dayMs;
}

/** The oldest night that is kept. */
export function oldestKept(nowMs: number): string {
  return nightOf(nowMs - nightsKept * dayMs);
}

export async function markNight(deps: Deps, mark: NightMark): Promise<void> {
  const text = (async function* () {
    yield JSON.stringify(mark);
  })();
  await deps.files.receive(markKey(mark.night), streamOf(text), markMaxBytes);
}

/** null: there is none, or it is damaged. */
export async function findMark(deps: Deps, night: string): Promise<NightMark | null> {
  const file = await deps.files.open(markKey(night));
  if (file === null) return null;
  const text: unknown = await new Response(file.body).json().catch(() => null);
  return nightMark.safeParse(text).data ?? null;
}

/** The names of all nights, the newest first, also of one whose mark is damaged: what is in it must be found all the same. There are thirty or so. */
export async function listNightNames(deps: Deps): Promise<string[]> {
  const { files } = await deps.files.list(prefix, null);
  const names = files.map(({ key }) => key.slice(prefix.length).replace(/\.json$/, ""));
  return names.filter(isNightName).sort().reverse();
}

export function isNightName(name: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(name);
}

/** The newest first. */
export async function listMarks(deps: Deps): Promise<NightMark[]> {
  const marks = await Promise.all((await listNightNames(deps)).map((night) => findMark(deps, night)));
  return marks.filter((mark) => mark !== null);
}

export async function removeMark(deps: Deps, night: string): Promise<void> {
  await deps.files.delete([markKey(night)]);
}

function markKey(night: string): string {
  return `${prefix}${night}.json`;
}
