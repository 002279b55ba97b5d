import { useState } from "react";
import type { MeAnswer } from "../../../contract/accounts.ts";
import { verifyOwnAuditLog } from "../../../sdk/operations/account.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Select } from "../../ui/select.tsx";
import { AuditProof } from "./audit-proof.tsx";
import { AuditTable } from "./audit-table.tsx";
import { rowsOf, useAuditLog, useMembers } from "./queries.ts";
import { Section } from "./section.tsx";

/** The first part of an action. */
const areas = ["", "account", "session", "key", "member", "video", "project", "asset", "payment", "credits"] as const;

export function AuditSection({ me }: { me: MeAnswer }) {
  const { account, library } = useWords();
  const [area, setArea] = useState<(typeof areas)[number]>("");
  const log = useAuditLog(area);
  const members = useMembers();
  const nameOf = (actor: string) => {
    if (actor === me.user.id) return account.you;
    if (actor === "system" || actor === "anonymous") return account.actors[actor];
    const member = members.data?.find(({ user_id: id }) => id === actor);
    return member === undefined ? undefined : (member.name ?? member.email);
  };
  return (
    <Section id="audit" title={account.parts.audit} intro={account.auditIntro}>
      <AuditProof
        verify={(known) => transport.call(verifyOwnAuditLog, known === undefined ? {} : { known_hash: known })}
      />
      <div className="narrow">
        <Select
          label={account.auditArea}
          value={area}
          options={areas.map((value) => ({ value, label: account.auditAreas[value] }))}
          onChange={(value) => setArea(value)}
        />
      </div>
      <Loaded query={log} skeleton="skeleton-list">
        {(found) => {
          const rows = rowsOf(found);
          return rows.length === 0 ? (
            <p className="small soft">{account.auditEmpty}</p>
          ) : (
            <AuditTable rows={rows} nameOf={nameOf} />
          );
        }}
      </Loaded>
      {log.hasNextPage && (
        <div className="centre">
          <Button isBusy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {library.more}
          </Button>
        </div>
      )}
    </Section>
  );
}
