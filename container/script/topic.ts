import type { WrittenLanguage } from "../../src/contract/video.ts";
import type { Domain, Kind } from "./sentences/line-book.ts";

/** What a prompt is about, ready for the sentence books. Slots hold text as it stands inside a sentence; a missing slot is unknown. */
export type Topic = {
  kind: Kind;
  domains: Domain[];
  /** The video's title: at most 70 characters. */
  title: string;
  slots: Readonly<Slots>;
  /** Further facts of the prompt: sentences of their own, or phrases for a line with `{detail}`. */
  details: Detail[];
  /** The prompt's words stand in quotation marks, in another language than the narration: said once, not woven in. */
  isQuoted?: boolean;
};
export type Detail = { text: string; isSentence: boolean };

export type SlotName =
  | "topic"
  | "clause"
  | "question"
  | "saying"
  | "todo"
  | "doing"
  | "the"
  | "thing"
  | "deed"
  | "name"
  | "audience"
  | "detail"
  | "place"
  | "inPlace"
  | "here"
  | "person"
  | "is"
  | "has"
  | "s"
  | "a";

export type Slots = Partial<Record<SlotName, string>>;

export const titleMaxCharacters = 70;

/** What is left of a prompt once orders to us are gone. */
export type Brief = {
  /** One phrase or sentence, without its closing mark. */
  main: string;
  /** Further short sentences or phrases. */
  rest: string[];
  /** The words taken out, lower case, and the rest: for finding the kind. */
  hint: string;
  /** The cleaned prompt, whole. */
  whole: string;
  promptLanguage: PromptLanguage;
  /** The main phrase ended on a question mark. */
  isQuestion: boolean;
};
export type PromptLanguage = Exclude<WrittenLanguage, "sheng"> | "other";
