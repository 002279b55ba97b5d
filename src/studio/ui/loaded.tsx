import "./lists.css";
import type { ReactNode } from "react";
import { problemWords } from "../app/problem-words.ts";
import { useWords } from "../app/words.ts";
import { Button } from "./button.tsx";
import { Notice, Skeleton } from "./parts.tsx";

type Query<Data> = { data: Data | undefined; error: unknown; refetch(): unknown };
type Props<Data> = { query: Query<Data>; skeleton?: string; children(data: Data): ReactNode };

/** What was read; until then its place, or why it could not be read and a way to ask again. */
export function Loaded<Data>({ query, skeleton = "skeleton-row", children }: Props<Data>) {
  const words = useWords();
  if (query.data !== undefined) return children(query.data);
  if (query.error === null || query.error === undefined) {
    return (
      <div role="status">
        <span className="unseen">{words.shell.loading}</span>
        <Skeleton className={skeleton} />
      </div>
    );
  }
  return (
    <Notice tone="bad" action={<Button onClick={() => void query.refetch()}>{words.shell.again}</Button>}>
      {problemWords(query.error, words)}
    </Notice>
  );
}
