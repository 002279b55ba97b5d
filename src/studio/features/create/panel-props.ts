import type { FieldError } from "../../../contract/errors.ts";
import type { Draft } from "./draft.ts";

export type PanelProps = {
  draft: Draft;
  change(changed: Partial<Draft>): void;
  errors: readonly FieldError[];
};
