/** A file that a tenant keeps, as it lies in the file store, and what a person would call it. */
export type KeptFile = {
  key: string;
  /** Where it belongs among the files of an export: `videos`, `images`, `assets`. */
  folder: string;
  title: string;
  id: string;
  /** With its dot, and whatever tells it from the other files of the same thing. */
  ending: string;
  madeAtMs: number;
};
