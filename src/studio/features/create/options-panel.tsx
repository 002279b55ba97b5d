import type { Aspect } from "../../../contract/video.ts";
import { fieldProblem } from "../../app/problem-words.ts";
import { useWords } from "../../app/words.ts";
import { Choices } from "../../ui/choices.tsx";
import { FieldNote } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { Switch } from "../../ui/switch.tsx";
import { aspects, captionStyles, grades, musicMoods, pictureStyles, resolutions } from "./choices.ts";
import { languageOf, languagesFor } from "./draft.ts";
import { swatchOf } from "./frame-preview.tsx";
import type { PanelProps } from "./panel-props.ts";
import { VoiceChoices } from "./voice-choices.tsx";

export function OptionsPanel({ draft, change, errors }: PanelProps) {
  const { create } = useWords();
  return (
    <>
      <section className="card stack">
        <Choices
          kind="cards"
          label={create.shape}
          value={draft.aspect}
          options={aspects.map((value) => ({
            value,
            label: create.shapes[value],
            hint: value,
            picture: <Shape aspect={value} />,
          }))}
          onChange={(aspect) => change({ aspect })}
        />
        <Choices
          kind="cards"
          label={create.look}
          value={draft.style}
          options={pictureStyles.map((value) => ({
            value,
            label: create.styles[value],
            picture: <img src={swatchOf[value]} alt="" width={240} height={156} />,
          }))}
          onChange={(style) => change({ style })}
        />
        <Choices
          kind="chips"
          label={create.grade}
          value={draft.grade}
          options={grades.map((value) => ({ value, label: create.grades[value] }))}
          onChange={(grade) => change({ grade })}
        />
      </section>
      <section className="card stack">
        <div className="narrow">
          <Select
            label={create.language}
            value={languageOf(draft)}
            options={languagesFor(draft.source).map((value) => ({ value, label: create.languages[value] }))}
            onChange={(lang) => change({ lang })}
            error={fieldProblem(errors, "/lang")}
          />
        </div>
        <VoiceChoices
          // Another language is begun anew: what was heard of the last one ends.
          key={languageOf(draft)}
          language={languageOf(draft)}
          value={draft.voice}
          onChange={(voice) => change({ voice })}
        />
        <Choices
          kind="chips"
          label={create.music}
          value={draft.music}
          options={musicMoods.map((value) => ({ value, label: create.moods[value] }))}
          onChange={(music) => change({ music })}
        />
      </section>
      <section className="card stack">
        <CaptionChoices draft={draft} change={change} errors={errors} />
      </section>
      <section className="card stack">
        <Choices
          kind="segments"
          label={create.quality}
          value={draft.resolution}
          options={resolutions.map((value) => ({ value, label: create.resolutions[value] }))}
          onChange={(resolution) => change({ resolution })}
        />
        <FieldNote id="resolution" error={fieldProblem(errors, "/resolution")} />
        <Switch
          label={create.draft}
          hint={create.draftHint}
          isOn={draft.isDraft}
          onChange={(isDraft) => change({ isDraft })}
        />
      </section>
    </>
  );
}

function CaptionChoices({ draft, change }: PanelProps) {
  const { create } = useWords();
  const [, second] = create.captionSample;
  const styles = captionStyles.map((value) => ({
    value,
    label: create.captionStyles[value],
    picture: (
      <span className="caption-swatch">
        <span className={`caption caption-${value}`}>
          <em>{second}</em>
        </span>
      </span>
    ),
  }));
  const off = { value: "off" as const, label: create.captionsOff, picture: <span className="caption-swatch" /> };
  return (
    <Choices
      kind="cards"
      label={create.captions}
      value={draft.captions}
      options={[...styles, off]}
      onChange={(captions) => change({ captions })}
    />
  );
}

const boxes: Record<Aspect, { width: number; height: number }> = {
  "16:9": { width: 32, height: 18 },
  "9:16": { width: 18, height: 32 },
  "1:1": { width: 25, height: 25 },
  "4:5": { width: 23, height: 29 },
};

function Shape({ aspect }: { aspect: Aspect }) {
  const { width, height } = boxes[aspect];
  return (
    <svg className="shape" viewBox="0 0 36 36" width="36" height="36" aria-hidden="true">
      <rect x={18 - width / 2} y={18 - height / 2} width={width} height={height} rx="4" />
    </svg>
  );
}
