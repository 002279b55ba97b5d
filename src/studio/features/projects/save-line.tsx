import { Check, CircleAlert, LoaderCircle } from "lucide-react";
import { problemWords } from "../../app/problem-words.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/parts.tsx";
import type { useAutosave } from "./use-autosave.ts";

type Props = { autosave: Pick<ReturnType<typeof useAutosave>, "state" | "error" | "save" | "keepMine" | "takeTheirs"> };

/** Quiet while all is well. */
export function SaveLine({ autosave }: Props) {
  const words = useWords();
  const { projects, shell } = words;
  const { state, error, save, keepMine, takeTheirs } = autosave;
  if (state === "conflict") {
    return (
      <Notice
        tone="warn"
        action={
          <span className="row">
            <Button onClick={() => void takeTheirs()}>{projects.takeTheirs}</Button>
            <Button onClick={() => void keepMine()}>{projects.keepMine}</Button>
          </span>
        }
      >
        {projects.conflict}
      </Notice>
    );
  }
  if (state === "failed") {
    return (
      <Notice tone="bad" action={<Button onClick={() => void save()}>{shell.again}</Button>}>
        {projects.notSaved} {problemWords(error, words)}
      </Notice>
    );
  }
  return (
    <p className="save-line small soft" role="status">
      {state === "saved" && <Check size={16} aria-hidden />}
      {state === "unsayable" && <CircleAlert size={16} aria-hidden />}
      {(state === "saving" || state === "waiting") && <LoaderCircle size={16} aria-hidden />}
      {projects.states[state]}
    </p>
  );
}
