import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { fieldProblem } from "../../app/problem-words.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { sceneMax, scenesMax } from "./choices.ts";
import type { DraftScene } from "./draft.ts";
import type { PanelProps } from "./panel-props.ts";

export function ScenesEditor({ draft, change, errors }: PanelProps) {
  const { create } = useWords();
  const { scenes } = draft;
  const put = (next: DraftScene[]) => change({ scenes: next });
  const move = (from: number, by: number) => {
    const next = [...scenes];
    const [moved] = next.splice(from, 1);
    if (moved !== undefined) next.splice(from + by, 0, moved);
    put(next);
  };
  const add = () => put([...scenes, { key: 1 + Math.max(0, ...scenes.map(({ key }) => key)), text: "" }]);
  return (
    <>
      <ol className="scenes">
        {scenes.map(({ key, text }, index) => (
          <li key={key} className="scene">
            <TextArea
              label={create.scene(index + 1)}
              name={`scene-${index}`}
              rows={2}
              placeholder={create.sceneHint}
              value={text}
              error={fieldProblem(errors, `/scenes/${index}`)}
              aside={text.length > sceneMax / 2 ? create.characters([...text].length, sceneMax) : undefined}
              onChange={(event) =>
                put(scenes.map((scene) => (scene.key === key ? { key, text: event.target.value } : scene)))
              }
            />
            <div className="scene-tools">
              <IconButton
                label={create.moveUp(index + 1)}
                icon={<ArrowUp size={18} />}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <IconButton
                label={create.moveDown(index + 1)}
                icon={<ArrowDown size={18} />}
                disabled={index === scenes.length - 1}
                onClick={() => move(index, 1)}
              />
              <IconButton
                label={create.removeScene(index + 1)}
                icon={<Trash2 size={18} />}
                disabled={scenes.length === 1}
                onClick={() => put(scenes.filter((scene) => scene.key !== key))}
              />
            </div>
          </li>
        ))}
      </ol>
      <div>
        <Button icon={<Plus size={18} />} disabled={scenes.length >= scenesMax} onClick={add}>
          {create.addScene}
        </Button>
      </div>
    </>
  );
}
