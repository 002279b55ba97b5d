import type { AuditLogAnswer } from "../../../contract/admin.ts";
import { useWords } from "../../app/words.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Time } from "../../ui/time.tsx";

type Row = AuditLogAnswer["data"][number];

type Props = { rows: readonly Row[]; nameOf(actor: string): string | undefined; hasTenant?: boolean };

export function AuditTable({ rows, nameOf, hasTenant = false }: Props) {
  const { account } = useWords();
  const columns: Column<Row>[] = [
    {
      head: account.when,
      cell: ({ created_at: at }) => (
        <span className="audit-time">
          <Time at={at} />
        </span>
      ),
    },
    { head: account.action, cell: ({ action }) => <span className="code audit-action">{action}</span> },
    { head: account.who, cell: ({ actor, address }) => <Actor name={nameOf(actor)} actor={actor} address={address} /> },
    ...(hasTenant ? [{ head: account.tenant, cell: ({ tenant_id: id }: Row) => <Name id={id ?? "–"} /> }] : []),
    { head: account.what, cell: ({ target }) => <Name id={target} /> },
    { head: account.details, cell: ({ details }) => <Details details={details} /> },
  ];
  return <DataTable label={account.parts.audit} columns={columns} rows={rows} keyOf={({ id }) => id} />;
}

type ActorProps = { name: string | undefined; actor: string; address: string | null };

function Actor({ name, actor, address }: ActorProps) {
  return (
    <>
      {name === undefined ? <Name id={actor} /> : <span>{name}</span>}
      {address !== null && <span className="small soft">{address}</span>}
    </>
  );
}

function Details({ details }: { details: Row["details"] }) {
  if (details === null) return <span className="soft">–</span>;
  return (
    <span className="small">
      {Object.entries(details)
        .map(([name, value]) => `${name.replaceAll("_", " ")}: ${shortened(String(value))}`)
        .join(", ")}
    </span>
  );
}

/** Enough of an id to know it by; all of it when it is pointed at. */
function Name({ id }: { id: string }) {
  const short = shortened(id);
  return (
    <span className="code small audit-id" title={short === id ? undefined : id}>
      {short}
    </span>
  );
}

function shortened(text: string): string {
  return text.replace(/\b([a-z]{3}_)[0-9a-z]{20}([0-9a-z]{6})\b/g, "$1…$2");
}
