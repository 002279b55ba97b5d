import type { ReactNode } from "react";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Loaded } from "../../ui/loaded.tsx";

type Pages<Row> = {
  data: Row[] | undefined;
  error: unknown;
  refetch(): unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
};

type Props<Row> = {
  label: string;
  query: Pages<Row>;
  columns: readonly Column<Row>[];
  keyOf(row: Row): string;
  empty: string;
  filters?: ReactNode;
};

/** Filters, a dense table, and more of it. */
export function List<Row>({ label, query, columns, keyOf, empty, filters }: Props<Row>) {
  const { library } = useWords();
  return (
    <section className="admin-part" aria-label={label}>
      {filters !== undefined && <div className="filters">{filters}</div>}
      <Loaded query={query} skeleton="skeleton-list">
        {(rows) =>
          rows.length === 0 ? (
            <p className="soft">{empty}</p>
          ) : (
            <DataTable label={label} columns={columns} rows={rows} keyOf={keyOf} />
          )
        }
      </Loaded>
      {query.hasNextPage && (
        <div className="centre">
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {library.more}
          </Button>
        </div>
      )}
    </section>
  );
}
