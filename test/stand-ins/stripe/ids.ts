const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** How many letters follow the prefix, as at Stripe, where it is not the common 24. */
const lengths: Record<string, number> = { cus: 14, prod: 14, cs_test: 58, si: 14, req: 14, link: 60, secret: 25 };

/** Numbers from 0 to 1 that a seed alone decides (mulberry32). */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Ids that look like Stripe's; the counter at their end makes them differ, the seed before it makes worlds differ. */
export function createIds(seed: number): (prefix: string) => string {
  const chance = createChance(seed);
  let count = 0;
  return (prefix) => {
    count += 1;
    const end = count.toString(36).padStart(5, "0");
    const length = (lengths[prefix] ?? 24) - end.length;
    let body = "";
    for (let index = 0; index < length; index += 1) body += letters[Math.floor(chance() * letters.length)];
    return `${prefix}_${body}${end}`;
  };
}
