import "./lists.css";
import { Check, Copy } from "lucide-react";
import { useId, useState } from "react";
import { useWords } from "../app/words.ts";
import { Button } from "./button.tsx";

/** What is to be taken away: in sight, marked by a touch, and copied by a button. */
export function CopyField({ label, value, isSecret = false }: { label: string; value: string; isSecret?: boolean }) {
  const id = useId();
  const { account } = useWords();
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
    } catch {
      setOutcome("failed");
    }
  };
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
      </div>
      <div className="copy-field">
        <input
          id={id}
          className="input code"
          readOnly
          autoComplete="off"
          spellCheck={false}
          value={value}
          data-secret={isSecret || undefined}
          onFocus={(event) => event.target.select()}
        />
        <Button
          icon={outcome === "copied" ? <Check size={18} aria-hidden /> : <Copy size={18} aria-hidden />}
          onClick={() => void copy()}
        >
          {outcome === "copied" ? account.copied : account.copy}
        </Button>
      </div>
      <p className="field-hint" role="status">
        {outcome === "failed" ? account.copyFailed : ""}
      </p>
    </div>
  );
}
