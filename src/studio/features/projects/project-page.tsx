import "../create/create.css";
import "./projects.css";
import type { ProjectAnswer } from "../../../contract/projects.ts";
import { ShujaaError } from "../../../sdk/errors.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { EmptyState } from "../../ui/parts.tsx";
import { Editor } from "./editor.tsx";
import { useProject } from "./queries.ts";

export function ProjectPage({ id }: { id: string }) {
  const { projects } = useWords();
  const project = useProject(id);
  useTitle(project.data?.title ?? projects.title);
  if (project.error instanceof ShujaaError && project.error.status === 404) {
    return (
      <EmptyState
        title={projects.gone}
        text={projects.goneText}
        action={<ButtonLink href="/projects">{projects.toAll}</ButtonLink>}
      />
    );
  }
  return (
    <Loaded query={project} skeleton="skeleton-block skeleton-tall">
      {(found: ProjectAnswer) => <Editor project={found} />}
    </Loaded>
  );
}
