import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { InvitationAnswer, MemberAnswer } from "../../../contract/members.ts";
import { ShujaaError } from "../../../sdk/errors.ts";
import { acceptInvitation, inviteMember, revokeInvitation } from "../../../sdk/operations/members.ts";
import { fieldProblem, flawsOf, problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { withFreshSignIn } from "./fresh-sign-in.ts";
import { accountKeys, useInvitations } from "./queries.ts";
import { RoleSelect } from "./role-select.tsx";

export function Invitations() {
  const { account } = useWords();
  const { data } = useInvitations(true);
  return (
    <>
      <h3>{account.invite}</h3>
      <Invite />
      {data !== undefined && data.data.length > 0 && (
        <ul className="rows" aria-label={account.openInvitations}>
          {data.data.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </>
  );
}

function Invite() {
  const words = useWords();
  const { account } = words;
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<MemberAnswer["role"]>("creator");
  // The same for who presses again because no answer came; another once one has.
  const key = useRef(crypto.randomUUID());
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      withFreshSignIn(() => transport.call(inviteMember, { email, role }, { idempotencyKey: key.current })),
    onSuccess: async () => {
      key.current = crypto.randomUUID();
      setEmail("");
      await queryClient.invalidateQueries({ queryKey: accountKeys.invitations });
    },
    onError: (refusal) => {
      if (refusal instanceof ShujaaError) key.current = crypto.randomUUID();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate();
  };
  const refused = flawsOf(error, words);
  const problem = fieldProblem(refused, "/email") ?? (error === null ? undefined : problemWords(error, words));
  return (
    <>
      <form className="beside" noValidate onSubmit={submit}>
        <TextField
          label={account.inviteEmail}
          name="invite-email"
          type="email"
          autoComplete="off"
          value={email}
          error={problem}
          onChange={(event) => setEmail(event.target.value)}
        />
        <RoleSelect label={account.role} value={role} onChange={setRole} />
        <Button type="submit" disabled={email.trim() === ""} isBusy={isPending}>
          {account.doInvite}
        </Button>
      </form>
      {data !== undefined && (
        <Notice tone="good" action={data.invitation_link && <a href={data.invitation_link}>{account.openLink}</a>}>
          {account.invited(data.email)}
        </Notice>
      )}
    </>
  );
}

function InvitationRow({ invitation }: { invitation: InvitationAnswer }) {
  const words = useWords();
  const { account } = words;
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => withFreshSignIn(() => transport.call(revokeInvitation, { id: invitation.id })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountKeys.invitations });
      showToast(account.invitationRevoked);
    },
  });
  return (
    <li className="row-item">
      <div className="row-words">
        <span className="row-name">{invitation.email}</span>
        <span className="small soft">
          {account.roles[invitation.role]} · {account.openUntil} <Time at={invitation.expires_at} />
        </span>
        {error !== null && <p className="field-error">{problemWords(error, words)}</p>}
      </div>
      <Button isBusy={isPending} onClick={() => mutate()}>
        {account.takeBack}
      </Button>
    </li>
  );
}

/** By the link in the letter, or what it ends with. */
export function AcceptInvitation() {
  const words = useWords();
  const { account } = words;
  const queryClient = useQueryClient();
  // Who comes from the letter's page has brought it along.
  const [link, setLink] = useState(() => new URLSearchParams(window.location.search).get("invitation") ?? "");
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => transport.call(acceptInvitation, { token: tokenIn(link) }),
    onSuccess: () => {
      setLink("");
      void queryClient.invalidateQueries({ queryKey: accountKeys.tenants });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <>
      <h3>{account.haveInvitation}</h3>
      <form className="beside" noValidate onSubmit={submit}>
        <TextField
          label={account.invitationLink}
          name="invitation-link"
          autoComplete="off"
          value={link}
          error={error === null ? undefined : problemWords(error, words)}
          onChange={(event) => setLink(event.target.value)}
        />
        <Button type="submit" disabled={link.trim() === ""} isBusy={isPending}>
          {account.accept}
        </Button>
      </form>
      {data !== undefined && <Notice tone="good">{account.accepted(data.tenant.name)}</Notice>}
    </>
  );
}

function tokenIn(text: string): string {
  return URL.parse(text.trim())?.searchParams.get("token") ?? text.trim();
}
