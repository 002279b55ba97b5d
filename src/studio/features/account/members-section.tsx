import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { MeAnswer } from "../../../contract/accounts.ts";
import type { MemberAnswer } from "../../../contract/members.ts";
import { renameTenant } from "../../../sdk/operations/account.ts";
import { changeMemberRole, leaveTenant, removeMember } from "../../../sdk/operations/members.ts";
import { problemWords } from "../../app/problem-words.ts";
import { signOut, transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { TextField } from "../../ui/field.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Badge } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useAsked, withFreshSignIn } from "./fresh-sign-in.ts";
import { AcceptInvitation, Invitations } from "./invitations.tsx";
import { accountKeys, useMembers } from "./queries.ts";
import { RoleSelect } from "./role-select.tsx";
import { Section } from "./section.tsx";

export function MembersSection({ me }: { me: MeAnswer }) {
  const { account } = useWords();
  const members = useMembers();
  const isOwner = me.tenant.role === "owner";
  return (
    <Section id="members" title={account.parts.members} intro={account.membersIntro}>
      {isOwner && <TenantName key={me.tenant.name} me={me} />}
      <h3>{account.membersOf(me.tenant.name)}</h3>
      <Loaded query={members}>
        {(found) => (
          <ul className="rows">
            {found.map((member) => (
              <MemberRow key={member.user_id} member={member} isOwner={isOwner} hasOthers={found.length > 1} />
            ))}
          </ul>
        )}
      </Loaded>
      {isOwner && <Invitations />}
      <AcceptInvitation />
    </Section>
  );
}

function TenantName({ me }: { me: MeAnswer }) {
  const words = useWords();
  const { account } = words;
  const queryClient = useQueryClient();
  const [name, setName] = useState(me.tenant.name);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => transport.call(renameTenant, { name }),
    onSuccess: (changed) => {
      queryClient.setQueryData<MeAnswer>(accountKeys.me, changed);
      void queryClient.invalidateQueries({ queryKey: accountKeys.tenants });
      showToast(account.renamed);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form className="beside" noValidate onSubmit={submit}>
      <TextField
        label={account.tenantName}
        name="tenant-name"
        autoComplete="organization"
        maxLength={120}
        value={name}
        error={error === null ? undefined : problemWords(error, words)}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={name.trim() === "" || name === me.tenant.name} isBusy={isPending}>
        {account.rename}
      </Button>
    </form>
  );
}

type RowProps = { member: MemberAnswer; isOwner: boolean; hasOthers: boolean };

function MemberRow({ member, isOwner, hasOthers }: RowProps) {
  const words = useWords();
  const { account } = words;
  const queryClient = useQueryClient();
  const asked = useAsked();
  const [isAsked, setAsked] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: accountKeys.members });
  const role = useMutation({
    mutationFn: (next: MemberAnswer["role"]) =>
      withFreshSignIn(() => transport.call(changeMemberRole, { id: member.user_id, role: next })),
    onSuccess: async () => {
      await refresh();
      if (member.is_you) void queryClient.invalidateQueries({ queryKey: accountKeys.me });
      showToast(account.roleChanged);
    },
  });
  const end = useMutation({
    mutationFn: () =>
      member.is_you
        ? transport.call(leaveTenant, {})
        : withFreshSignIn(() => transport.call(removeMember, { id: member.user_id })),
    onSuccess: async () => {
      setAsked(false);
      // The session that was at work there has ended with the membership.
      if (member.is_you) return signOut();
      await refresh();
      showToast(account.memberRemoved);
    },
  });
  return (
    <li className="row-item">
      <div className="row-words">
        <span className="row-name">
          {member.name ?? member.email}
          {member.is_you && <Badge tone="good">{account.you}</Badge>}
        </span>
        <span className="small soft">
          {member.name !== null && `${member.email} · `}
          {account.joined} <Time at={member.joined_at} />
        </span>
        {role.error !== null && <p className="field-error">{problemWords(role.error, words)}</p>}
      </div>
      <div className="row">
        {isOwner && hasOthers ? (
          <RoleSelect
            label={account.roleOf(member.name ?? member.email)}
            value={role.isPending ? role.variables : member.role}
            onChange={(next) => role.mutate(next)}
          />
        ) : (
          <Badge>{account.roles[member.role]}</Badge>
        )}
        {hasOthers && (isOwner || member.is_you) && (
          <Button onClick={() => setAsked(true)}>{member.is_you ? account.leave : account.removeMember}</Button>
        )}
      </div>
      <Confirm
        isOpen={isAsked && asked === null}
        onClose={() => setAsked(false)}
        title={member.is_you ? account.leaveTitle : account.removeTitle(member.name ?? member.email)}
        text={member.is_you ? account.leaveText : account.removeText}
        error={end.error === null ? undefined : problemWords(end.error, words)}
        stay={account.cancel}
        go={member.is_you ? account.leave : account.removeMember}
        isBusy={end.isPending}
        onGo={() => end.mutate()}
      />
    </li>
  );
}
