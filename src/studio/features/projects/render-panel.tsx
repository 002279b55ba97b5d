import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { BalanceAnswer } from "../../../contract/credits.ts";
import type { ProjectAnswer } from "../../../contract/projects.ts";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { renderProject } from "../../../sdk/operations/projects.ts";
import { keep, readKept } from "../../app/kept.ts";
import { type Flaw, flawsOf } from "../../app/problem-words.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { showToast } from "../../ui/toasts.tsx";
import type { Words } from "../../words/en.ts";
import type { VideoRequest } from "../create/draft.ts";
import { Summary } from "../create/summary.tsx";
import { useQuote } from "../create/use-quote.ts";
import type { Edited } from "./edited.ts";
import { draftOf } from "./options.ts";
import { useRenders } from "./queries.ts";

type Props = {
  project: ProjectAnswer;
  edited: Edited;
  isWhole: boolean;
  save(): Promise<boolean>;
  onTry(): void;
  onRefused(errors: readonly Flaw[]): void;
};

/** What this costs as it stands: against the last video of the same shape only the scenes that differ. */
export function RenderPanel({ project, edited, isWhole, save, onTry, onRefused }: Props) {
  const { projects } = useWords();
  const renders = useRenders(project.id);
  const before = renders.data?.data.find((video) => isRevised(video, edited.options));
  const request = isWhole && renders.data !== undefined ? toRequest(project.id, edited, before?.id) : null;
  const { quote, isCurrent, error: quoteError, ask } = useQuote(request);
  const { render, isRendering, error } = useRender(project.id, save, onRefused);
  const submit = () => {
    onTry();
    if (isWhole) return render(JSON.stringify(edited));
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <div className="stack-small">
      <Summary
        quote={quote}
        isCurrent={isCurrent}
        quoteError={quoteError}
        onAskAgain={() => void ask()}
        makeError={error}
        isMaking={isRendering}
        onMake={submit}
      />
      <p className="small soft">{sayOf(projects, before !== undefined, isCurrent ? quote?.credits : undefined)}</p>
    </div>
  );
}

function sayOf(projects: Words["projects"], isAgain: boolean, credits: number | null | undefined): string {
  if (!isAgain) return projects.firstRender;
  return credits === 0 ? projects.unchanged : projects.againRender;
}

function useRender(projectId: string, save: () => Promise<boolean>, onRefused: Props["onRefused"]) {
  const words = useWords();
  const { projects } = words;
  const queryClient = useQueryClient();
  // A second press comes before the first has been drawn.
  const isSending = useRef(false);
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (state: string) => {
      // What is rendered is what was saved; why it could not be saved stands where it is saved.
      if (!(await save())) return null;
      const { key } = intentOf(projectId, state);
      return transport.call(renderProject, { id: projectId }, { idempotencyKey: key });
    },
    onSuccess: (accepted) => {
      if (accepted === null) return;
      keep(intentName(projectId), null);
      onRefused([]);
      showToast(projects.started);
      const { balance } = accepted;
      queryClient.setQueryData<BalanceAnswer>(queryKeys.balance, (known) => known && { ...known, balance });
      void queryClient.invalidateQueries({ queryKey: queryKeys.balance });
      return queryClient.invalidateQueries({ queryKey: queryKeys.allVideos });
    },
    onError: (refusal) => {
      onRefused(flawsOf(refusal, words));
      void queryClient.invalidateQueries({ queryKey: queryKeys.balance });
    },
    onSettled: () => {
      isSending.current = false;
    },
  });
  const render = (state: string) => {
    if (isSending.current) return;
    isSending.current = true;
    mutate(state);
  };
  return { render, isRendering: isPending, error };
}

type Intent = { state: string; key: string };
const intentName = (projectId: string) => `render.${projectId}`;

function isIntent(kept: unknown): kept is Intent {
  return typeof kept === "object" && kept !== null && "state" in kept && "key" in kept;
}

/** The same key for the same state, through a reload: whoever presses again because no answer came gets the one video. */
function intentOf(projectId: string, state: string): Intent {
  const kept = readKept(intentName(projectId));
  if (isIntent(kept) && kept.state === state) return kept;
  const intent = { state, key: crypto.randomUUID() };
  keep(intentName(projectId), intent);
  return intent;
}

function toRequest(projectId: string, { title, scenes, options }: Edited, revises: string | undefined): VideoRequest {
  return {
    title,
    scenes: scenes.map(({ id: _, ...scene }) => scene),
    ...options,
    project_id: projectId,
    ...(revises === undefined ? {} : { revises }),
  };
}

const unsaidFps = 30;

/** As the service chooses what a render revises: the newest finished video of the same shape. */
function isRevised({ status, options: made }: VideoAnswer, options: Edited["options"]): boolean {
  const { aspect, resolution, isDraft } = draftOf(options);
  return (
    status === "succeeded" &&
    made.aspect === aspect &&
    made.resolution === resolution &&
    made.draft === isDraft &&
    made.fps === (options.fps ?? unsaidFps) &&
    made.output_format === (options.output_format ?? "mp4")
  );
}
