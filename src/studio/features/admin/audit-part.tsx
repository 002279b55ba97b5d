import { useState } from "react";
import { adminVerifyAuditLog } from "../../../sdk/operations/admin.ts";
import { transport } from "../../app/session.ts";
import { useLater } from "../../app/use-later.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { AuditProof } from "../account/audit-proof.tsx";
import { AuditTable } from "../account/audit-table.tsx";
import { useAuditLog } from "./queries.ts";

const restMs = 400;

export function AuditPart() {
  const { admin, account, library } = useWords();
  const [typed, setTyped] = useState({ tenant: "", actor: "", action: "" });
  const { tenant, actor, action } = useLater(typed, restMs);
  const filter = {
    ...(tenant.trim() === "" ? {} : { tenant_id: tenant.trim() }),
    ...(actor.trim() === "" ? {} : { actor: actor.trim() }),
    ...(action.trim() === "" ? {} : { action: action.trim() }),
  };
  const log = useAuditLog(filter);
  const nameOf = (name: string) => (name === "system" || name === "anonymous" ? account.actors[name] : undefined);
  const field = (name: keyof typeof typed, label: string, placeholder: string) => (
    <TextField
      label={label}
      name={name}
      autoComplete="off"
      placeholder={placeholder}
      value={typed[name]}
      onChange={(event) => setTyped((before) => ({ ...before, [name]: event.target.value }))}
    />
  );
  return (
    <section className="admin-part" aria-label={admin.parts.audit}>
      <div className="filters">
        {field("tenant", account.tenant, "ten_…")}
        {field("actor", account.who, "usr_…, system")}
        {field("action", account.action, "payment, video.create")}
      </div>
      <AuditProof
        hint={admin.verifyHint}
        verify={(known) =>
          transport.call(adminVerifyAuditLog, {
            ...(tenant.trim() === "" ? {} : { tenant_id: tenant.trim() }),
            ...(known === undefined ? {} : { known_hash: known }),
          })
        }
      />
      <Loaded query={log} skeleton="skeleton-list">
        {(rows) =>
          rows.length === 0 ? (
            <p className="soft">{account.auditEmpty}</p>
          ) : (
            <AuditTable rows={rows} nameOf={nameOf} hasTenant />
          )
        }
      </Loaded>
      {log.hasNextPage && (
        <div className="centre">
          <Button isBusy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {library.more}
          </Button>
        </div>
      )}
    </section>
  );
}
