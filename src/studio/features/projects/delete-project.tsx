import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import type { ProjectAnswer } from "../../../contract/projects.ts";
import { deleteProject } from "../../../sdk/operations/projects.ts";
import { problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { projectKeys } from "./queries.ts";

export function DeleteProject({ project }: { project: ProjectAnswer }) {
  const words = useWords();
  const { projects } = words;
  const [, go] = useLocation();
  const queryClient = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => transport.call(deleteProject, { id: project.id }),
    onSuccess: () => {
      showToast(projects.deleted);
      void queryClient.invalidateQueries({ queryKey: projectKeys.all });
      go("/projects");
    },
  });
  return (
    <div>
      <Button kind="quiet" icon={<Trash2 size={18} aria-hidden />} onClick={() => setAsked(true)}>
        {projects.remove}
      </Button>
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={projects.removeTitle}
        text={projects.removeText}
        error={error === null ? undefined : problemWords(error, words)}
        stay={projects.keep}
        go={projects.remove}
        isBusy={isPending}
        onGo={() => mutate()}
      />
    </div>
  );
}
