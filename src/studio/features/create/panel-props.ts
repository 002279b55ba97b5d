import type { Flaw } from "../../app/problem-words.ts";
import type { Draft } from "./draft.ts";

export type PanelProps = {
  draft: Draft;
  change(changed: Partial<Draft>): void;
  errors: readonly Flaw[];
};
