import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { AuditProofAnswer } from "../../../contract/audit.ts";
import { problemWords } from "../../app/problem-words.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy-field.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/parts.tsx";

type Props = { verify(knownHash: string | undefined): Promise<AuditProofAnswer>; hint?: string };

/** Whether the log is what it was: asked, never polled, since every seal is made again. */
export function AuditProof({ verify, hint }: Props) {
  const words = useWords();
  const { account } = words;
  const [known, setKnown] = useState("");
  const [proof, setProof] = useState<AuditProofAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    setError(null);
    try {
      setProof(await verify(known.trim() === "" ? undefined : known.trim()));
    } catch (refusal) {
      setProof(null);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <details className="proof">
      <summary>{account.verifyTitle}</summary>
      <div className="stack-small">
        <p className="small soft">
          {account.verifyText} {hint}
        </p>
        <TextField
          label={account.knownHash}
          name="known-hash"
          hint={account.knownHashHint}
          autoComplete="off"
          spellCheck={false}
          value={known}
          onChange={(event) => setKnown(event.target.value)}
        />
        <div>
          <Button icon={<ShieldCheck size={18} aria-hidden />} isBusy={isBusy} onClick={() => void ask()}>
            {account.verify}
          </Button>
        </div>
        {error !== null && <Notice tone="bad">{problemWords(error, words)}</Notice>}
        {proof !== null && <Found proof={proof} />}
      </div>
    </details>
  );
}

function Found({ proof }: { proof: AuditProofAnswer }) {
  const { account } = useWords();
  const { intact, differences, rows, sealed_rows: sealed, head, known_hash: known } = proof;
  const isGood = intact && known !== "missing";
  return (
    <>
      <Notice tone={isGood ? "good" : "bad"}>
        <p>{intact ? account.intact(rows, sealed) : account.notIntact}</p>
        {known !== null && <p>{account.knownFound[known]}</p>}
        {differences.length > 0 && (
          <ul className="bullets">
            {differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        )}
      </Notice>
      <CopyField label={account.head} value={head.hash} />
    </>
  );
}
