import { Tabs } from "@base-ui/react/tabs";
import type { TemplateAnswer } from "../../../contract/templates.ts";
import { fieldProblem } from "../../app/problem-words.ts";
import { useWords } from "../../app/words.ts";
import { TextArea } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { promptMax, scriptMax } from "./choices.ts";
import type { Source } from "./draft.ts";
import type { PanelProps } from "./panel-props.ts";
import { ScenesEditor } from "./scenes-editor.tsx";
import { TemplatePanel } from "./template-panel.tsx";

const sources: readonly Source[] = ["prompt", "script", "scenes", "template"];
const sceneCounts = Array.from({ length: 12 }, (_, index) => index + 1);

export function SourcePanel({
  draft,
  change,
  errors,
  onTemplate,
}: PanelProps & { onTemplate(template: TemplateAnswer): void }) {
  const { create } = useWords();
  return (
    <Tabs.Root value={draft.source} onValueChange={(source: Source) => change({ source })}>
      <Tabs.List className="tabs" aria-label={create.sourcesLabel} activateOnFocus>
        {sources.map((source) => (
          <Tabs.Tab key={source} value={source} className="tab">
            {create.sources[source]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="prompt" className="stack">
        <PromptPanel draft={draft} change={change} errors={errors} />
      </Tabs.Panel>
      <Tabs.Panel value="script" className="stack">
        <TextArea
          label={create.script}
          name="script"
          rows={9}
          hint={create.scriptHint}
          placeholder={create.scriptExample}
          value={draft.script}
          error={fieldProblem(errors, "/script")}
          aside={create.characters([...draft.script].length, scriptMax)}
          onChange={(event) => change({ script: event.target.value })}
        />
      </Tabs.Panel>
      <Tabs.Panel value="scenes" className="stack">
        <ScenesEditor draft={draft} change={change} errors={errors} />
      </Tabs.Panel>
      <Tabs.Panel value="template" className="stack">
        <TemplatePanel draft={draft} change={change} errors={errors} onTemplate={onTemplate} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function PromptPanel({ draft, change, errors }: PanelProps) {
  const { create } = useWords();
  return (
    <>
      <TextArea
        label={create.prompt}
        name="prompt"
        rows={4}
        hint={create.promptHint}
        placeholder={create.promptExample}
        value={draft.prompt}
        error={fieldProblem(errors, "/prompt")}
        aside={draft.prompt.length > promptMax / 2 ? create.characters([...draft.prompt].length, promptMax) : undefined}
        onChange={(event) => change({ prompt: event.target.value })}
      />
      <div className="narrow">
        <Select
          label={create.sceneCount}
          hint={create.sceneCountHint}
          value={String(draft.sceneCount)}
          options={sceneCounts.map((count) => ({ value: String(count), label: String(count) }))}
          onChange={(count) => change({ sceneCount: Number(count) })}
        />
      </div>
    </>
  );
}
