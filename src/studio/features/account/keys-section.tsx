import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { KeyAnswer, KeyMade } from "../../../contract/keys.ts";
import { revokeApiKey } from "../../../sdk/operations/account.ts";
import { problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Badge } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useAsked, withFreshSignIn } from "./fresh-sign-in.ts";
import { NewKey } from "./new-key.tsx";
import { accountKeys, useApiKeys } from "./queries.ts";
import { RotateKey } from "./rotate-key.tsx";
import { Section } from "./section.tsx";
import { ShownKey } from "./shown-key.tsx";

type Open = { what: "new" } | { what: "rotate" | "revoke"; key: KeyAnswer } | { what: "shown"; made: KeyMade } | null;

export function KeysSection() {
  const { account } = useWords();
  const keys = useApiKeys();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  /** Shown this once: it is kept nowhere but in this state, and gone when the dialog closes. */
  const show = (made: KeyMade) => {
    setOpen({ what: "shown", made });
    void queryClient.invalidateQueries({ queryKey: accountKeys.keys });
  };
  const action = (
    <Button icon={<Plus size={18} aria-hidden />} onClick={() => setOpen({ what: "new" })}>
      {account.newKey}
    </Button>
  );
  return (
    <Section id="keys" title={account.parts.keys} intro={account.keysIntro} action={action}>
      <Loaded query={keys}>
        {(found) => (
          <ul className="rows">
            {found.length === 0 && <li className="small soft">{account.noKeys}</li>}
            {found.map((key) => (
              <KeyRow
                key={key.id}
                apiKey={key}
                onRotate={() => setOpen({ what: "rotate", key })}
                onRevoke={() => setOpen({ what: "revoke", key })}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {open?.what === "new" && <NewKey onClose={close} onMade={show} />}
      {open?.what === "rotate" && <RotateKey apiKey={open.key} onClose={close} onMade={show} />}
      {open?.what === "shown" && <ShownKey made={open.made} onClose={close} />}
      {open?.what === "revoke" && <RevokeKey apiKey={open.key} onClose={close} />}
    </Section>
  );
}

type RowProps = { apiKey: KeyAnswer; onRotate(): void; onRevoke(): void };

function KeyRow({ apiKey, onRotate, onRevoke }: RowProps) {
  const { account } = useWords();
  const { name, kind, prefix, last_four: lastFour, origins, last_used_at: usedAt, expires_at: expiresAt } = apiKey;
  return (
    <li className="row-item">
      <div className="row-words">
        <span className="row-name">
          <KeyRound size={18} aria-hidden />
          {name}
          <Badge tone={kind === "embed" ? "accent" : "plain"}>{account.keyKinds[kind]}</Badge>
          {expiresAt !== null && (
            <Badge tone="warn">
              {account.keyEnds} <Time at={expiresAt} />
            </Badge>
          )}
        </span>
        <span className="code soft">
          {prefix}…{lastFour}
        </span>
        {origins !== null && <span className="small soft">{origins.join(", ")}</span>}
        <span className="small soft">
          {account.made} <Time at={apiKey.created_at} /> ·{" "}
          {usedAt === null ? (
            account.neverUsed
          ) : (
            <>
              {account.lastUsed} <Time at={usedAt} />
            </>
          )}
        </span>
      </div>
      <div className="row">
        {expiresAt === null && (
          <Button aria-label={account.rotateNamed(name)} onClick={onRotate}>
            {account.rotate}
          </Button>
        )}
        <Button aria-label={account.revokeNamed(name)} onClick={onRevoke}>
          {account.revoke}
        </Button>
      </div>
    </li>
  );
}

function RevokeKey({ apiKey, onClose }: { apiKey: KeyAnswer; onClose(): void }) {
  const words = useWords();
  const { account } = words;
  const queryClient = useQueryClient();
  const asked = useAsked();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => withFreshSignIn(() => transport.call(revokeApiKey, { id: apiKey.id })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountKeys.keys });
      showToast(account.revoked);
      onClose();
    },
  });
  return (
    <Confirm
      isOpen={asked === null}
      onClose={onClose}
      title={account.revokeTitle(apiKey.name)}
      text={account.revokeText}
      error={error === null ? undefined : problemWords(error, words)}
      stay={account.keepKey}
      go={account.revoke}
      isBusy={isPending}
      onGo={() => mutate()}
    />
  );
}
