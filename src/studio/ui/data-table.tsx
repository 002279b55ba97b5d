import "./data-table.css";
import type { ReactNode } from "react";

export type Column<Row> = {
  head: string;
  cell(row: Row): ReactNode;
  /** `number` stands right; `acts` has buttons and no need of a name. */
  kind?: "number" | "acts";
};

type Props<Row> = { label: string; columns: readonly Column<Row>[]; rows: readonly Row[]; keyOf(row: Row): string };

/** Dense rows in a wide window; on a phone each row is a card that names its fields. */
export function DataTable<Row>({ label, columns, rows, keyOf }: Props<Row>) {
  return (
    <table className="data" aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ head, kind }) => (
            <th key={head} scope="col" className={kind === undefined ? undefined : `data-${kind}`}>
              {kind === "acts" ? <span className="unseen">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ head, cell, kind }) => (
              <td key={head} data-head={head} className={kind === undefined ? undefined : `data-${kind}`}>
                <div className="data-cell">{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
