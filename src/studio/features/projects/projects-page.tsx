import "./projects.css";
import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRef } from "react";
import { Link, useLocation } from "wouter";
import type { ProjectAnswer } from "../../../contract/projects.ts";
import { createProject } from "../../../sdk/operations/projects.ts";
import { usePreferences } from "../../app/preferences.ts";
import { problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import sketch from "../../stills/style-sketch.webp";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Badge, EmptyState, Notice } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { stillOf } from "../create/frame-preview.tsx";
import { draftOf, newOptions } from "./options.ts";
import { useProjects } from "./queries.ts";

export function ProjectsPage() {
  const words = useWords();
  const { projects, library } = words;
  const query = useProjects();
  const { make, error, isMaking } = useNewProject();
  useTitle(projects.title);
  const button = (
    <Button kind="main" icon={<Plus size={18} aria-hidden />} isBusy={isMaking} onClick={make}>
      {projects.create}
    </Button>
  );
  return (
    <div className="projects">
      <header className="projects-head">
        <div>
          <h1>{projects.heading}</h1>
          <p className="soft">{projects.intro}</p>
        </div>
        {(query.data?.pages[0]?.data.length ?? 0) > 0 && button}
      </header>
      {error !== null && <Notice tone="bad">{problemWords(error, words)}</Notice>}
      <Loaded query={query} skeleton="skeleton-list">
        {({ pages }) => {
          const found = pages.flatMap(({ data }) => data);
          if (found.length === 0) {
            return <EmptyState title={projects.emptyTitle} text={projects.empty} picture={sketch} action={button} />;
          }
          return (
            <ul className="project-cards">
              {found.map((project) => (
                <ProjectCard key={project.id} project={project} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {query.hasNextPage && (
        <div className="centre">
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {library.more}
          </Button>
        </div>
      )}
    </div>
  );
}

function useNewProject() {
  const { projects } = useWords();
  const { language } = usePreferences();
  const [, go] = useLocation();
  const key = useRef(crypto.randomUUID());
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      transport.call(
        createProject,
        { title: projects.untitled, options: newOptions(language) },
        { idempotencyKey: key.current },
      ),
    onSuccess: ({ id }) => go(`/projects/${id}`),
  });
  return { make: () => !isPending && mutate(), error, isMaking: isPending };
}

function ProjectCard({ project }: { project: ProjectAnswer }) {
  const { projects, video } = useWords();
  const { title, scenes, last_render: last } = project;
  const { style, grade } = draftOf(project.options);
  return (
    <li>
      <Link href={`/projects/${project.id}`} className="project-card">
        <img src={stillOf[style]} alt="" className={`grade-${grade}`} width={320} height={208} />
        <span className="project-card-words">
          <span className="project-card-title">{title}</span>
          <span className="small soft">
            {projects.sceneCount(scenes.length)} · {projects.changed} <Time at={project.updated_at} />
          </span>
          {last !== null && (
            <span>
              <Badge tone={last.status === "succeeded" ? "good" : last.status === "failed" ? "bad" : "accent"}>
                {video.stages[last.status]}
              </Badge>
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
