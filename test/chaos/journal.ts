/** What was done when: all there is to go by when a run has failed. */
export class Journal {
  readonly #lines: string[] = [];
  readonly #startedAtMs = performance.now();

  note(words: string): void {
    const seconds = (performance.now() - this.#startedAtMs) / 1_000;
    this.#lines.push(`${seconds.toFixed(1).padStart(6)} s  ${words}`);
  }

  text(): string {
    return this.#lines.join("\n");
  }
}
