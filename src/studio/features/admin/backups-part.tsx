import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { NightsAnswer } from "../../../contract/backups.ts";
import { adminRestore, adminStartBackup } from "../../../sdk/operations/admin.ts";
import { fieldProblem, flawsOf, problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { TextField } from "../../ui/field.tsx";
import { fileSize } from "../../ui/figures.ts";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Badge, Notice } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminKey, useBackups } from "./queries.ts";

type Night = NightsAnswer["data"][number];

export function BackupsPart() {
  const words = useWords();
  const { admin } = words;
  const backups = useBackups();
  const queryClient = useQueryClient();
  const [restoring, setRestoring] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: () => transport.call(adminStartBackup, {}),
    onSuccess: ({ night }) => {
      showToast(admin.backupStarted(night));
      return queryClient.invalidateQueries({ queryKey: adminKey });
    },
  });
  const columns: Column<Night>[] = [
    { head: admin.night, cell: ({ night }) => <span className="figures">{night}</span> },
    { head: admin.status, cell: ({ completed_at: at }) => <Done at={at} /> },
    { head: admin.tenants, kind: "number", cell: ({ tenants }) => <span>{tenants.toLocaleString("en")}</span> },
    { head: admin.size, kind: "number", cell: ({ bytes }) => <span>{fileSize(bytes)}</span> },
    {
      head: admin.acts,
      kind: "acts",
      cell: ({ night }) => <Button onClick={() => setRestoring(night)}>{admin.restore}</Button>,
    },
  ];
  return (
    <section className="admin-part" aria-label={admin.parts.backups}>
      <div className="section-head">
        <p className="soft">{admin.backupsIntro}</p>
        <Button isBusy={start.isPending} onClick={() => start.mutate()}>
          {admin.backupNow}
        </Button>
      </div>
      {start.error !== null && <Notice tone="bad">{problemWords(start.error, words)}</Notice>}
      <Loaded query={backups} skeleton="skeleton-list">
        {({ data }) =>
          data.length === 0 ? (
            <p className="soft">{admin.noBackups}</p>
          ) : (
            <DataTable label={admin.parts.backups} columns={columns} rows={data} keyOf={({ night }) => night} />
          )
        }
      </Loaded>
      {restoring !== null && <Restore night={restoring} onClose={() => setRestoring(null)} />}
    </section>
  );
}

function Done({ at }: { at: string | null }) {
  const { admin } = useWords();
  return at === null ? <Badge tone="accent">{admin.unfinished}</Badge> : <Time at={at} />;
}

/** Nothing that is there is overwritten; what was brought back is said table by table, and so it stays in sight. */
function Restore({ night, onClose }: { night: string; onClose(): void }) {
  const words = useWords();
  const { admin, account, shell } = words;
  const [tenant, setTenant] = useState("");
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      transport.call(adminRestore, { night, ...(tenant.trim() === "" ? {} : { tenant_id: tenant.trim() }) }),
  });
  const refused = flawsOf(error, words);
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={admin.restoreTitle(night)}
      text={admin.restoreText}
      error={error === null || refused.length > 0 ? undefined : problemWords(error, words)}
      stay={data === undefined ? account.cancel : shell.close}
      go={admin.restore}
      isBusy={isPending}
      onGo={() => mutate()}
    >
      <TextField
        label={account.tenant}
        name="tenant"
        placeholder="ten_…"
        hint={admin.restoreHint}
        autoComplete="off"
        value={tenant}
        error={fieldProblem(refused, "/tenant_id")}
        onChange={(event) => setTenant(event.target.value)}
      />
      {data !== undefined && (
        <Notice tone={data.outcome === "restored" ? "good" : "warn"}>
          <p>{admin.outcomes[data.outcome]}</p>
          <ul className="bullets small">
            {Object.entries(data.rows).map(([table, { restored, kept }]) => (
              <li key={table}>{admin.restoredRows(table, restored, kept)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </FormDialog>
  );
}
