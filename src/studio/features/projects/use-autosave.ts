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

/** `base`: the version that was changed. */
type Kept = { base: number; edited: Edited };

function isKept(kept: unknown): kept is Kept {
  return typeof kept === "object" && kept !== null && "base" in kept && "edited" in kept;
}

/**
 * What is edited is saved by itself, one save at a time, and only the fields that were changed. Each save names the version that
 * was changed: when somebody else saved meanwhile the service refuses it, and nothing of theirs is overwritten until it was
 * decided whose holds. What is not saved yet outlives a reload.
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
  /** Somebody else changed the same: until it is decided whose holds, nothing is sent, not by leaving the page either. */
  const isOpen = useRef(first.state === "conflict");

  const become = useCallback(
    (answer: ProjectAnswer, typed: Edited) => {
      seen.current = answer;
      saved.current = typed;
      queryClient.setQueryData(projectKeys.one(id), answer);
      void queryClient.invalidateQueries({ queryKey: projectKeys.all });
    },
    [queryClient, id],
  );

  /** Takes over what somebody else changed elsewhere in it; false: they changed the same, and it is not decided that mine holds. */
  const meet = useCallback(
    async (isMine: boolean): Promise<boolean> => {
      const there = await transport.call(getProject, { id });
      const changed = changedFields(saved.current, latest.current);
      const isApart = isAlike(there, seen.current, changed) || isAlike(there, latest.current, changed);
      if (!isApart && !isMine) return false;
      latest.current = { ...pickEdited(there), ...changed };
      setEdited(latest.current);
      become(there, pickEdited(there));
      return true;
    },
    [become, id],
  );

  /** Sends what was changed; false: somebody else changed the same meanwhile. */
  const send = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    const changed = changedFields(saved.current, sent);
    if (Object.keys(changed).length === 0) return true;
    try {
      become(await transport.call(updateProject, { id, ...changed, version: seen.current.version }), sent);
      return true;
    } catch (refusal) {
      if (!isOvertaken(refusal)) throw refusal;
      return (await meet(false)) && send();
    }
  }, [become, id, meet]);

  const saveOnce = useCallback(
    async (isMine: boolean): Promise<boolean> => {
      if (!isSayable(latest.current)) {
        setState("unsayable");
        return false;
      }
      setState("saving");
      try {
        if (isMine) await meet(true);
        isOpen.current = !(await send());
        if (isOpen.current) {
          setState("conflict");
          return false;
        }
        const isAll = Object.keys(changedFields(saved.current, latest.current)).length === 0;
        setError(null);
        keep(keptName, isAll ? null : ({ base: seen.current.version, edited: latest.current } satisfies Kept));
        setState(isAll ? "saved" : "waiting");
        return true;
      } catch (refusal) {
        setError(refusal);
        setState("failed");
        return false;
      }
    },
    [keptName, meet, send],
  );

  /** Whether everything is saved now. */
  const save = useCallback(
    async (isMine = false): Promise<boolean> => {
      while (running.current !== null) await running.current;
      if (isOpen.current && !isMine) return false;
      if (!isMine && Object.keys(changedFields(saved.current, latest.current)).length === 0) {
        setState("saved");
        return true;
      }
      running.current = saveOnce(isMine).finally(() => {
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
      keep(keptName, { base: seen.current.version, edited: latest.current } satisfies Kept);
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
    isOpen.current = false;
    setState("saved");
  }, [become, id, keptName]);

  return { edited, change, save, state, error, keepMine: () => save(true), takeTheirs };
}

function isOvertaken(refusal: unknown): boolean {
  return refusal instanceof ShujaaError && refusal.code === "project_changed";
}

/** What was typed before a reload goes on, unless somebody else has changed the same since. */
function firstOf(project: ProjectAnswer, kept: unknown): { edited: Edited; state: SaveState } {
  const there = pickEdited(project);
  if (!isKept(kept) || isAlike(there, kept.edited)) return { edited: there, state: "saved" };
  return { edited: kept.edited, state: kept.base === project.version ? "waiting" : "conflict" };
}
