/** What must hold does not: the schedule has found a bug. */
export class Broken extends Error {
  constructor(words: string) {
    super(words);
    this.name = "Broken";
  }
}

export function demand(isSo: boolean, words: () => string): void {
  if (!isSo) throw new Broken(words());
}

export function demandEqual(found: unknown, expected: unknown, words: string): void {
  if (found === expected) return;
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Broken(`${words}: found ${one}, expected ${other}`);
}

export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
