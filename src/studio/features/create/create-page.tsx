import { flawsOf, toFlaws } from "../../app/problem-words.ts";
import "./create.css";
import { useState } from "react";
import type { TemplateAnswer } from "../../../contract/templates.ts";
import { useKept } from "../../app/kept.ts";
import { usePreferences } from "../../app/preferences.ts";
import { useTemplates } from "../../app/queries.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import { type Draft, findMissing, isDraft, newDraft, toRequest, withTemplate } from "./draft.ts";
import { FramePreview } from "./frame-preview.tsx";
import { OptionsPanel } from "./options-panel.tsx";
import { SourcePanel } from "./source-panel.tsx";
import { Summary } from "./summary.tsx";
import { useMakeVideo } from "./use-make-video.ts";
import { useQuote } from "./use-quote.ts";

export function CreatePage() {
  const words = useWords();
  const { create } = words;
  const { language } = usePreferences();
  const [draft, setDraft] = useKept<Draft>("draft", newDraft(language), isDraft);
  const [isTried, setTried] = useState(false);
  const { data: templates } = useTemplates();
  const { make, isMaking, error, forget } = useMakeVideo();
  useTitle(create.title);

  const template = templates?.data.find(({ id }) => id === draft.template);
  const missing = findMissing(draft, template, create);
  const request = missing.length === 0 ? toRequest(draft) : null;
  const { quote, isCurrent, error: quoteError, ask } = useQuote(request);
  const refused = flawsOf(error, words);
  const quoted = request !== null && quote !== undefined ? toFlaws(quote.errors, words) : [];
  const errors = [...(isTried ? missing : []), ...refused, ...quoted];

  const change = (changed: Partial<Draft>) => {
    if (error !== null) forget();
    // What was not asked for yet is not missing yet.
    if (changed.source !== undefined || changed.template !== undefined) setTried(false);
    setDraft((before) => ({ ...before, ...changed }));
  };
  const submit = () => {
    setTried(true);
    if (request !== null) return make(request);
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  const choose = (chosen: TemplateAnswer) => {
    setTried(false);
    setDraft((before) => withTemplate(before, chosen));
  };

  return (
    <div className="create">
      <h1>{create.heading}</h1>
      <div className="create-columns">
        <div className="create-main">
          <section className="card">
            <SourcePanel draft={draft} change={change} errors={errors} onTemplate={choose} />
          </section>
          <OptionsPanel draft={draft} change={change} errors={errors} />
        </div>
        <aside className="summary" aria-label={create.summary}>
          <FramePreview draft={draft} />
          <Summary
            quote={quote}
            isCurrent={isCurrent}
            quoteError={quoteError}
            onAskAgain={() => void ask()}
            makeError={error}
            isMaking={isMaking}
            onMake={submit}
          />
        </aside>
      </div>
    </div>
  );
}
