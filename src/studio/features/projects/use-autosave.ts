import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ProjectAnswer } from "../../../contract/projects.ts";
import { ShujaaError } from "../../../sdk/errors.ts";
import { getProject, updateProject } from "../../../sdk/operations/projects.ts";
import { keep, readKept } from "../../app/kept.ts";
import { transport } from "../../app/session.ts";
import { changedFields, type Edited, isAlike, isSayable, pickEdited } from "./edited.ts";
import { projectKeys } from "./queries.ts";

export type SaveState = "saved" | "waiting" | "saving" | "unsayable" | "conflict" | "failed";

/** Nobody's typing is saved letter by letter. */
const restMs = 800;
const retryMs = 5_000;

type Kept = { base: string; edited: Edited };

function isKept(kept: unknown): kept is Kept {
  return typeof kept === "object" && kept !== null && "base" in kept && "edited" in kept;
}

/**
 * What is edited is saved by itself, one save at a time, and only the fields that were changed. Before each save it is asked
 * whether somebody else saved meanwhile: then nothing of theirs is overwritten until it was decided whose holds. What is not
 * saved yet outlives a reload.
 */
export function useAutosave(project: ProjectAnswer) {
  const queryClient = useQueryClient();
  const { id } = project;
  const keptName = `project.${id}`;
  const [first] = useState(() => firstOf(project, readKept(keptName)));
  const [edited, setEdited] = useState(first.edited);
  const [state, setState] = useState<SaveState>(first.state);
  const [error, setError] = useState<unknown>(null);
  /** As the service has it; as it was typed, which may have spaces at its ends; as it is typed now. */
  const seen = useRef(project);
  const saved = useRef(pickEdited(project));
  const latest = useRef(first.edited);
  const running = useRef<Promise<boolean> | null>(null);

  const become = useCallback(
    (answer: ProjectAnswer, typed: Edited) => {
      seen.current = answer;
      saved.current = typed;
      queryClient.setQueryData(projectKeys.one(id), answer);
      void queryClient.invalidateQueries({ queryKey: projectKeys.all });
    },
    [queryClient, id],
  );

  /** Takes over what somebody else changed elsewhere in it; false: they changed the same. */
  const meet = useCallback(async (): Promise<boolean> => {
    const there = await transport.call(getProject, { id });
    if (there.updated_at === seen.current.updated_at) return true;
    const changed = changedFields(saved.current, latest.current);
    if (!isAlike(there, seen.current, changed) && !isAlike(there, latest.current, changed)) return false;
    latest.current = { ...pickEdited(there), ...changed };
    setEdited(latest.current);
    become(there, pickEdited(there));
    return true;
  }, [become, id]);

  const saveOnce = useCallback(
    async (isForced: boolean): Promise<boolean> => {
      if (Object.keys(changedFields(saved.current, latest.current)).length === 0) {
        setState("saved");
        return true;
      }
      if (!isSayable(latest.current)) {
        setState("unsayable");
        return false;
      }
      setState("saving");
      try {
        if (!isForced && !(await meet())) {
          setState("conflict");
          return false;
        }
        const sent = latest.current;
        become(await transport.call(updateProject, { id, ...changedFields(saved.current, sent) }), sent);
        setError(null);
        if (latest.current === sent) keep(keptName, null);
        setState(latest.current === sent ? "saved" : "waiting");
        return true;
      } catch (refusal) {
        setError(refusal);
        setState("failed");
        return false;
      }
    },
    [become, id, keptName, meet],
  );

  /** Whether everything is saved now. */
  const save = useCallback(
    async (isForced = false): Promise<boolean> => {
      while (running.current !== null) await running.current;
      running.current = saveOnce(isForced).finally(() => {
        running.current = null;
      });
      if (!(await running.current)) return false;
      return Object.keys(changedFields(saved.current, latest.current)).length === 0 || save();
    },
    [saveOnce],
  );

  const change = useCallback(
    (changed: Partial<Edited>) => {
      latest.current = { ...latest.current, ...changed };
      setEdited(latest.current);
      keep(keptName, { base: seen.current.updated_at, edited: latest.current } satisfies Kept);
      setState((before) => (before === "conflict" ? before : "waiting"));
    },
    [keptName],
  );

  const isRefused = error instanceof ShujaaError && error.status < 500;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of what is edited begins the rest anew
  useEffect(() => {
    if (state !== "waiting" && (state !== "failed" || isRefused)) return;
    const timer = setTimeout(() => void save(), state === "failed" ? retryMs : restMs);
    return () => clearTimeout(timer);
  }, [state, edited, isRefused, save]);

  /** Of a page that is left; a reload finds what was kept. */
  useEffect(
    () => () => {
      if (isSayable(latest.current)) void save();
    },
    [save],
  );

  const takeTheirs = useCallback(async () => {
    const there = await transport.call(getProject, { id });
    latest.current = pickEdited(there);
    setEdited(latest.current);
    become(there, latest.current);
    keep(keptName, null);
    setState("saved");
  }, [become, id, keptName]);

  return { edited, change, save, state, error, keepMine: () => save(true), takeTheirs };
}

/** What was typed before a reload goes on, unless somebody else has changed the same since. */
function firstOf(project: ProjectAnswer, kept: unknown): { edited: Edited; state: SaveState } {
  const there = pickEdited(project);
  if (!isKept(kept) || isAlike(there, kept.edited)) return { edited: there, state: "saved" };
  return { edited: kept.edited, state: kept.base === project.updated_at ? "waiting" : "conflict" };
}
