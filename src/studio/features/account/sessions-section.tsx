import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SessionsAnswer } from "../../../contract/sessions.ts";
import { endOtherSessions, endSession } from "../../../sdk/operations/auth.ts";
import { problemWords } from "../../app/problem-words.ts";
import { signOut, transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Badge, Notice } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { deviceOf } from "./device.ts";
import { accountKeys, useSessions } from "./queries.ts";
import { Section } from "./section.tsx";

type ListedSession = SessionsAnswer["data"][number];

export function SessionsSection() {
  const words = useWords();
  const { account } = words;
  const sessions = useSessions();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: accountKeys.sessions });
  const end = useMutation({
    mutationFn: (session: ListedSession) => transport.call(endSession, { id: session.id }),
    onSuccess: async () => {
      await refresh();
      showToast(account.sessionEnded);
    },
  });
  const endOthers = useMutation({
    mutationFn: () => transport.call(endOtherSessions, {}),
    onSuccess: async () => {
      await refresh();
      showToast(account.othersEnded);
    },
  });
  const error = end.error ?? endOthers.error;
  const hasOthers = (sessions.data?.data.length ?? 0) > 1;
  const action = hasOthers && (
    <Button isBusy={endOthers.isPending} onClick={() => endOthers.mutate()}>
      {account.endOthers}
    </Button>
  );
  return (
    <Section id="sessions" title={account.parts.sessions} intro={account.sessionsIntro} action={action}>
      {error !== null && <Notice tone="bad">{problemWords(error, words)}</Notice>}
      <Loaded query={sessions}>
        {({ data }) => (
          <ul className="rows">
            {data.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                isBusy={end.isPending && end.variables.id === session.id}
                onEnd={() => (session.is_current ? void signOut() : end.mutate(session))}
              />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

type RowProps = { session: ListedSession; isBusy: boolean; onEnd(): void };

function SessionRow({ session, isBusy, onEnd }: RowProps) {
  const { account, shell } = useWords();
  const device = session.user_agent === null ? null : deviceOf(session.user_agent);
  return (
    <li className="row-item">
      <div className="row-words">
        <span className="row-name" title={session.user_agent ?? undefined}>
          {device ?? account.unknownDevice}
          {session.is_current && <Badge tone="good">{account.thisSession}</Badge>}
        </span>
        <span className="small soft">
          {account.methods[session.method]}
          {session.address !== null && ` · ${session.address}`} · {account.lastUsed} <Time at={session.last_used_at} />
        </span>
      </div>
      <Button isBusy={isBusy} onClick={onEnd}>
        {session.is_current ? shell.signOut : account.endSession}
      </Button>
    </li>
  );
}
