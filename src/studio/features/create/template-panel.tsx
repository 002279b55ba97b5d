import type { TemplateAnswer } from "../../../contract/templates.ts";
import { usePreferences } from "../../app/preferences.ts";
import { fieldProblem, problemWords } from "../../app/problem-words.ts";
import { useTemplates } from "../../app/queries.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { Notice, Skeleton } from "../../ui/parts.tsx";
import { languageOf } from "./draft.ts";
import { stillOfTemplate } from "./frame-preview.tsx";
import type { PanelProps } from "./panel-props.ts";

/** Longer ones are given room to write. */
const oneLineMax = 90;

type Props = PanelProps & { onTemplate(template: TemplateAnswer): void };

export function TemplatePanel({ draft, change, errors, onTemplate }: Props) {
  const words = useWords();
  const { create, shell } = words;
  const { data, error, refetch } = useTemplates();
  const chosen = data?.data.find(({ id }) => id === draft.template);
  if (error !== null) {
    return (
      <Notice tone="bad" action={<Button onClick={() => void refetch()}>{shell.again}</Button>}>
        {problemWords(error, words)}
      </Notice>
    );
  }
  if (chosen !== undefined) {
    return <Values template={chosen} draft={draft} change={change} errors={errors} />;
  }
  return (
    <>
      <p className={fieldProblem(errors, "/template") === undefined ? "field-hint" : "field-error"}>
        {create.templateChoose}
      </p>
      <ul className="gallery">
        {data === undefined
          ? Array.from({ length: 8 }, (_, index) => index).map((index) => (
              <li key={index}>
                <Skeleton className="gallery-skeleton" />
              </li>
            ))
          : data.data.map((template) => <Card key={template.id} template={template} onChoose={onTemplate} />)}
      </ul>
    </>
  );
}

function Card({ template, onChoose }: { template: TemplateAnswer; onChoose(template: TemplateAnswer): void }) {
  const { create } = useWords();
  const { language } = usePreferences();
  return (
    <li>
      <button type="button" className="gallery-card" onClick={() => onChoose(template)}>
        <img
          src={stillOfTemplate(template)}
          alt=""
          className={`grade-${template.presets.grade}`}
          width={400}
          height={225}
          loading="lazy"
        />
        <span className="gallery-words">
          <strong>{template.name[language]}</strong>
          <span className="small soft">{template.description[language]}</span>
          <span className="small soft">
            {create.templateScenes(template.scenes.length)} · {create.shapes[template.presets.aspect]}
          </span>
        </span>
      </button>
    </li>
  );
}

function Values({ template, draft, change, errors }: PanelProps & { template: TemplateAnswer }) {
  const { create } = useWords();
  const { language } = usePreferences();
  const told = languageOf(draft) === "sw" ? "sw" : "en";
  return (
    <>
      <div className="chosen">
        <div>
          <strong>{template.name[language]}</strong>
          <p className="small soft">{template.description[language]}</p>
        </div>
        <Button onClick={() => change({ template: null })}>{create.templateOther}</Button>
      </div>
      {template.values.map(({ name, description, example, max_characters: max, required }) => {
        const Field = max > oneLineMax ? TextArea : TextField;
        return (
          <Field
            key={name}
            name={`value-${name}`}
            label={description[language]}
            aside={required ? create.required : undefined}
            placeholder={example[told]}
            maxLength={max}
            value={draft.values[name] ?? ""}
            error={fieldProblem(errors, `/values/${name}`)}
            onChange={(event: { target: { value: string } }) =>
              change({ values: { ...draft.values, [name]: event.target.value } })
            }
          />
        );
      })}
    </>
  );
}
