/** What one piece of work leaves to the next, because making it anew takes longer than it is idle. */
export type Shelf<Thing> = {
  /** One of this kind that still works, or undefined. It is the taker's from now on. */
  take(kind: string): Thing | undefined;
  /** For whoever takes it next; when nobody does for a while, or too many are kept, the oldest is ended. */
  keep(kind: string, thing: Thing): void;
};

/** As long as renders come one after the other; memory is given back soon after. */
const patienceMs = 30_000;

/** Nothing on it keeps the process from ending. `works` is asked when a thing is taken: it may have died on the shelf. */
export function createShelf<Thing>(
  most: number,
  { works, end }: { works(thing: Thing): boolean; end(thing: Thing): void },
): Shelf<Thing> {
  const kept: { kind: string; thing: Thing; timer: NodeJS.Timeout }[] = [];
  const removeAt = (index: number) => {
    const [removed] = kept.splice(index, 1);
    clearTimeout(removed?.timer);
    return removed?.thing;
  };
  return {
    take: (kind) => {
      for (let index = kept.length - 1; index >= 0; index -= 1) {
        if (kept[index]?.kind !== kind) continue;
        const thing = removeAt(index);
        if (thing !== undefined && works(thing)) return thing;
      }
      return undefined;
    },
    keep: (kind, thing) => {
      const timer = setTimeout(() => {
        removeAt(kept.findIndex((one) => one.thing === thing));
        end(thing);
      }, patienceMs).unref();
      kept.push({ kind, thing, timer });
      const oldest = kept.length > most ? removeAt(0) : undefined;
      if (oldest !== undefined) end(oldest);
    },
  };
}
