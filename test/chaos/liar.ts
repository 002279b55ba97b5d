import type { Asked, Lie } from "./lies.ts";

type ArmedLie = { lie: Lie; times: number; renderId: string | null; onTold(renderId: string): void };

/** Which lies are still to be told, by whichever renderer is asked first; and then to the same render until they are used up. */
export class Liar {
  #armed: ArmedLie[] = [];

  arm(lie: Lie, times: number, onTold: ArmedLie["onTold"]): void {
    this.#armed.push({ lie, times, renderId: null, onTold });
  }

  /** null: this request is answered truly. */
  take(asked: Asked, renderId: string): Lie | null {
    const armed = this.#armed.find(({ lie, renderId: bound }) => lie.to === asked && (bound ?? renderId) === renderId);
    if (armed === undefined) return null;
    armed.renderId = renderId;
    armed.times -= 1;
    if (armed.times === 0) this.#armed = this.#armed.filter((one) => one !== armed);
    armed.onTold(renderId);
    return armed.lie;
  }

  /** The rest is true. */
  disarm(): void {
    this.#armed = [];
  }
}
