import { Plus, Undo2 } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import type { ProjectAnswer } from "../../../contract/projects.ts";
import { type Flaw, flawsOf } from "../../app/problem-words.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { scenesMax } from "../create/choices.ts";
import { findMissing } from "../create/draft.ts";
import { FramePreview } from "../create/frame-preview.tsx";
import { OptionsPanel } from "../create/options-panel.tsx";
import { DeleteProject } from "./delete-project.tsx";
import { draftOf, withChoice } from "./options.ts";
import { RenderPanel } from "./render-panel.tsx";
import { Renders } from "./renders.tsx";
import { SaveLine } from "./save-line.tsx";
import { SceneCard } from "./scene-card.tsx";
import { duplicateScene, moveScene, newScene, type Scene } from "./scenes.ts";
import { useAutosave } from "./use-autosave.ts";
import { useDrag } from "./use-drag.ts";

export function Editor({ project }: { project: ProjectAnswer }) {
  const words = useWords();
  const { projects, create } = words;
  const autosave = useAutosave(project);
  const { edited, change } = autosave;
  const [isTried, setTried] = useState(false);
  const [refused, setRefused] = useState<readonly Flaw[]>([]);
  const draft = draftOf(edited.options);
  const spoken = { ...draft, scenes: edited.scenes.map(({ text }, key) => ({ key, text })) };
  const missing = findMissing(spoken, undefined, create);
  const saveRefused = flawsOf(autosave.error, words);
  const errors = [...(isTried ? missing : []), ...saveRefused, ...refused];
  return (
    <div className="create project">
      <header className="project-head">
        <TextField
          label={projects.name}
          name="project-title"
          maxLength={120}
          value={edited.title}
          onChange={(event) => change({ title: event.target.value })}
        />
        <SaveLine autosave={autosave} />
      </header>
      <div className="create-columns">
        <div className="create-main">
          <Scenes
            scenes={edited.scenes}
            style={draft.style}
            errors={errors}
            onChange={(scenes) => {
              setRefused([]);
              change({ scenes });
            }}
          />
          <h2 className="project-look">{projects.look}</h2>
          <OptionsPanel
            draft={draft}
            change={(changed) => {
              setRefused([]);
              change({ options: withChoice(edited.options, changed) });
            }}
            errors={errors}
          />
          <DeleteProject project={project} />
        </div>
        <aside className="summary" aria-label={create.summary}>
          <FramePreview draft={draft} />
          <RenderPanel
            project={project}
            edited={edited}
            isWhole={edited.scenes.length > 0 && missing.length === 0}
            save={autosave.save}
            onTry={() => setTried(true)}
            onRefused={setRefused}
          />
          <Renders projectId={project.id} />
        </aside>
      </div>
    </div>
  );
}

type ScenesProps = {
  scenes: readonly Scene[];
  style: ReturnType<typeof draftOf>["style"];
  errors: readonly Flaw[];
  onChange(scenes: Scene[]): void;
};

function Scenes({ scenes, style, errors, onChange }: ScenesProps) {
  const { projects, create } = useWords();
  const list = useRef<HTMLOListElement>(null);
  const [removed, setRemoved] = useState<{ scene: Scene; index: number } | null>(null);
  const [said, setSaid] = useState("");
  const move = useCallback(
    (from: number, to: number) => {
      onChange(moveScene(scenes, from, to));
      setSaid(projects.moved(from + 1, to + 1));
    },
    [onChange, scenes, projects],
  );
  const { dragged, start } = useDrag(list, move);
  const moveBy = (index: number, by: number) => {
    const id = scenes[index]?.id;
    move(index, index + by);
    // An item that changes its place loses the focus.
    requestAnimationFrame(() => document.getElementById(`grip-${id}`)?.focus());
  };
  const remove = (index: number) => {
    const scene = scenes[index];
    if (scene === undefined) return;
    setRemoved({ scene, index });
    onChange(scenes.filter((_, at) => at !== index));
  };
  const undo = () => {
    if (removed === null) return;
    onChange([...scenes.slice(0, removed.index), removed.scene, ...scenes.slice(removed.index)]);
    setRemoved(null);
  };
  const isFull = scenes.length >= scenesMax;
  return (
    <section aria-label={create.sources.scenes} className="project-scenes">
      {scenes.length === 0 && <p className="soft">{projects.noScenes}</p>}
      <ol className="project-list" ref={list}>
        {scenes.map((scene, index) => (
          <SceneCard
            key={scene.id}
            scene={scene}
            index={index}
            count={scenes.length}
            style={style}
            errors={errors}
            isDragged={dragged === index}
            onChange={(changed) => onChange(scenes.map((one) => (one.id === scene.id ? changed : one)))}
            onMove={(by) => moveBy(index, by)}
            onDuplicate={isFull ? undefined : () => onChange(duplicateScene(scenes, index))}
            onRemove={() => remove(index)}
            onGrab={start(index)}
          />
        ))}
      </ol>
      <div className="row project-below">
        <Button
          icon={<Plus size={18} aria-hidden />}
          disabled={isFull}
          onClick={() => onChange([...scenes, newScene()])}
        >
          {create.addScene}
        </Button>
        {removed !== null && !isFull && (
          <Button kind="quiet" icon={<Undo2 size={18} aria-hidden />} onClick={undo}>
            {projects.undo(removed.index + 1)}
          </Button>
        )}
      </div>
      <p className="unseen" role="status">
        {said}
      </p>
    </section>
  );
}
