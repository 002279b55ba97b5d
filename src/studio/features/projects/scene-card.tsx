import { ArrowDown, ArrowUp, Copy, GripVertical, Trash2 } from "lucide-react";
import type { KeyboardEvent, PointerEvent } from "react";
import type { Motion, PictureStyle, Transition, VoiceName } from "../../../contract/video.ts";
import { type Flaw, fieldProblem } from "../../app/problem-words.ts";
import { useWords } from "../../app/words.ts";
import { TextArea, TextField } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { sceneMax, voiceNames } from "../create/choices.ts";
import { ScenePicture, SceneThumbnail } from "./scene-picture.tsx";
import { durationMax, type Scene, withChange } from "./scenes.ts";

const motions: readonly ("" | Motion)[] = [
  "",
  "zoom_in",
  "zoom_out",
  "pan_left",
  "pan_right",
  "pan_up",
  "pan_down",
  "still",
];
const transitions: readonly ("" | Transition)[] = ["", "cut", "fade", "dip", "slide", "wipe"];
const voices: readonly ("" | VoiceName)[] = ["", ...voiceNames];

type Props = {
  scene: Scene;
  index: number;
  count: number;
  style: PictureStyle;
  errors: readonly Flaw[];
  isDragged: boolean;
  onChange(scene: Scene): void;
  onMove(by: number): void;
  onDuplicate: (() => void) | undefined;
  onRemove(): void;
  onGrab(event: PointerEvent): void;
};

export function SceneCard(props: Props) {
  const { scene, index, style, errors, isDragged, onChange } = props;
  const { create } = useWords();
  const pointer = `/scenes/${index}`;
  const own = errors.filter((error) => !error.pointer.startsWith(`${pointer}/image`));
  return (
    <li className="scene-card card" data-dragged={isDragged || undefined}>
      <SceneTools {...props} />
      <SceneThumbnail scene={scene} style={style} />
      <div className="scene-main">
        <TextArea
          label={create.scene(index + 1)}
          name={`scene-${index}`}
          rows={2}
          placeholder={create.sceneHint}
          value={scene.text}
          error={fieldProblem(own, pointer)}
          aside={scene.text.length > sceneMax / 2 ? create.characters([...scene.text].length, sceneMax) : undefined}
          onChange={(event) => onChange({ ...scene, text: event.target.value })}
        />
        <ScenePicture
          scene={scene}
          problem={fieldProblem(errors, `${pointer}/image`)}
          change={(image) => onChange(withChange(scene, { image }))}
        />
        <SceneDetails scene={scene} onChange={onChange} isFirst={index === 0} />
      </div>
    </li>
  );
}

function SceneTools({ index, count, scene, onMove, onDuplicate, onRemove, onGrab }: Props) {
  const { create, projects } = useWords();
  const byKey = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (by === 0 || index + by < 0 || index + by >= count) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <div className="scene-card-tools">
      <button
        type="button"
        id={`grip-${scene.id}`}
        className="icon-button grip"
        aria-label={projects.grip(index + 1)}
        title={projects.gripHint}
        onPointerDown={onGrab}
        onKeyDown={byKey}
      >
        <GripVertical size={20} aria-hidden />
      </button>
      <IconButton
        label={create.moveUp(index + 1)}
        icon={<ArrowUp size={18} />}
        disabled={index === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        label={create.moveDown(index + 1)}
        icon={<ArrowDown size={18} />}
        disabled={index === count - 1}
        onClick={() => onMove(1)}
      />
      <IconButton
        label={projects.duplicate(index + 1)}
        icon={<Copy size={18} />}
        disabled={onDuplicate === undefined}
        onClick={onDuplicate}
      />
      <IconButton label={create.removeScene(index + 1)} icon={<Trash2 size={18} />} onClick={onRemove} />
    </div>
  );
}

type DetailsProps = { scene: Scene; isFirst: boolean; onChange(scene: Scene): void };

function SceneDetails({ scene, isFirst, onChange }: DetailsProps) {
  const { projects, create } = useWords();
  const voice = scene.voice?.name ?? "";
  const revoice = (name: "" | VoiceName) => {
    const { name: _, ...rest } = scene.voice ?? {};
    const next = name === "" ? rest : { ...rest, name };
    onChange(withChange(scene, { voice: Object.keys(next).length === 0 ? undefined : next }));
  };
  return (
    <details className="scene-details">
      <summary>{projects.details}</summary>
      <div className="scene-details-fields">
        <TextField
          label={projects.duration}
          type="number"
          inputMode="decimal"
          min={1}
          max={durationMax}
          step="any"
          placeholder={projects.durationAuto}
          hint={projects.durationHint}
          value={scene.duration ?? ""}
          onChange={(event) => onChange(withChange(scene, { duration: secondsIn(event.target.value) }))}
        />
        <Select
          label={projects.motion}
          value={scene.motion ?? ""}
          options={motions.map((value) => ({ value, label: projects.motions[value] }))}
          onChange={(motion) => onChange(withChange(scene, { motion: motion === "" ? undefined : motion }))}
        />
        {!isFirst && (
          <Select
            label={projects.transition}
            value={scene.transition ?? ""}
            options={transitions.map((value) => ({ value, label: projects.transitions[value] }))}
            onChange={(transition) =>
              onChange(withChange(scene, { transition: transition === "" ? undefined : transition }))
            }
          />
        )}
        <Select
          label={create.voice}
          value={voice}
          options={voices.map((value) => ({ value, label: value === "" ? projects.asProject : create.voices[value] }))}
          onChange={revoice}
        />
      </div>
    </details>
  );
}

function secondsIn(text: string): number | undefined {
  const seconds = Number(text.replace(",", "."));
  return text.trim() === "" || !Number.isFinite(seconds) || seconds <= 0
    ? undefined
    : Math.min(durationMax, Math.max(1, seconds));
}
