/** What of a project is edited here. */
import type { ProjectAnswer } from "../../../contract/projects.ts";
import { isPictureWhole } from "./scenes.ts";

export type Edited = Pick<ProjectAnswer, "title" | "scenes" | "options">;

const fields = ["title", "scenes", "options"] as const;
const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text);

export function pickEdited({ title, scenes, options }: Edited): Edited {
  return { title, scenes, options };
}

export function changedFields(before: Edited, after: Edited): Partial<Edited> {
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return Object.fromEntries(changed.map((field) => [field, after[field]]));
}

/** Whether the two have the same in the fields that `among` has. */
export function isAlike(one: Edited, other: Edited, among: Partial<Edited> = one): boolean {
  const differing = changedFields(pickEdited(one), pickEdited(other));
  return !fields.some((field) => field in among && field in differing);
}

/** Scenes without a word are not refused while they are written; they wait here. */
export function isSayable({ title, scenes }: Edited): boolean {
  return hasWords(title) && scenes.every((scene) => hasWords(scene.text) && isPictureWhole(scene));
}
