import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { MeAnswer } from "../../../contract/accounts.ts";
import type { ExportAnswer } from "../../../contract/privacy.ts";
import { exportAccount } from "../../../sdk/operations/account.ts";
import { problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { fileSize } from "../../ui/figures.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Badge, Notice, type Tone } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { DeleteAccount } from "./delete-account.tsx";
import { accountKeys, useExports } from "./queries.ts";
import { Section } from "./section.tsx";

export function PrivacySection({ me }: { me: MeAnswer }) {
  const { account } = useWords();
  return (
    <Section id="privacy" title={account.parts.privacy} intro={account.privacyIntro}>
      {me.tenant.role === "owner" && <Exports />}
      <DeleteAccount me={me} />
    </Section>
  );
}

function Exports() {
  const words = useWords();
  const { account } = words;
  const exports = useExports();
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => transport.call(exportAccount, {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKeys.exports }),
  });
  const isRunning = exports.data?.data.some(({ status }) => status === "running") === true;
  return (
    <div className="stack-small">
      <h3>{account.exportTitle}</h3>
      <p className="small soft">{account.exportText}</p>
      {error !== null && <Notice tone="bad">{problemWords(error, words)}</Notice>}
      <div>
        <Button isBusy={isPending || isRunning} onClick={() => mutate()}>
          {isRunning ? account.exportRunning : account.exportStart}
        </Button>
      </div>
      <Loaded query={exports}>
        {({ data }) => (
          <ul className="rows" aria-live="polite">
            {data.slice(0, exportsShown).map((one) => (
              <ExportRow key={one.id} one={one} />
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}

/** Older ones are gone anyway. */
const exportsShown = 5;

const tones: Record<ExportAnswer["status"], Tone> = {
  running: "accent",
  ready: "good",
  failed: "bad",
  expired: "plain",
};

function ExportRow({ one }: { one: ExportAnswer }) {
  const { account } = useWords();
  return (
    <li className="row-item">
      <div className="row-words">
        <span className="row-name">
          <Time at={one.created_at} />
          <Badge tone={tones[one.status]}>{account.exportStates[one.status]}</Badge>
        </span>
        {one.status === "running" && <span className="small soft">{account.exportWait}</span>}
        {one.status === "ready" && one.size !== null && one.expires_at !== null && (
          <span className="small soft">
            ZIP, {fileSize(one.size)} · {account.openUntil} <Time at={one.expires_at} />
          </span>
        )}
      </div>
      {one.status === "ready" && one.download_url !== null && (
        <a className="button button-main" href={one.download_url} download>
          <Download size={18} aria-hidden />
          <span>{account.exportDownload}</span>
        </a>
      )}
    </li>
  );
}
