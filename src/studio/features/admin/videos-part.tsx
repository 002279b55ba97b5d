import { useState } from "react";
import type { AdminVideoAnswer } from "../../../contract/admin.ts";
import { useWords } from "../../app/words.ts";
import type { Column } from "../../ui/data-table.tsx";
import { Badge, type Tone } from "../../ui/parts.tsx";
import { Select } from "../../ui/select.tsx";
import { Time } from "../../ui/time.tsx";
import { List } from "./list.tsx";
import { useVideos } from "./queries.ts";

const statuses = [
  "",
  "queued",
  "scripting",
  "voicing",
  "illustrating",
  "rendering",
  "storing",
  "succeeded",
  "failed",
  "cancelled",
] as const;

export function VideosPart() {
  const { admin, video } = useWords();
  const [status, setStatus] = useState<(typeof statuses)[number]>("");
  const videos = useVideos(status === "" ? {} : { status });
  return (
    <List
      label={admin.parts.videos}
      query={videos}
      columns={useVideoColumns()}
      keyOf={({ id }) => id}
      empty={admin.noVideos}
      filters={
        <Select
          label={admin.status}
          value={status}
          options={statuses.map((value) => ({ value, label: value === "" ? admin.all : video.stages[value] }))}
          onChange={(value) => setStatus(value)}
        />
      }
    />
  );
}

const tones: Partial<Record<AdminVideoAnswer["status"], Tone>> = {
  succeeded: "good",
  failed: "bad",
  cancelled: "plain",
};

export function useVideoColumns(): Column<AdminVideoAnswer>[] {
  const { admin, video: words } = useWords();
  return [
    { head: admin.when, cell: ({ created_at: at }) => <Time at={at} /> },
    {
      head: admin.video,
      cell: ({ id, title, user_id: user, deleted_at: deletedAt }) => (
        <>
          <span className="row-name">
            {title}
            {deletedAt !== null && <Badge>{admin.deleted}</Badge>}
          </span>
          <span className="code small soft">{id}</span>
          <span className="code small soft">{user}</span>
        </>
      ),
    },
    {
      head: admin.status,
      cell: ({ status, error_code: code, settled_at: settledAt, finished_at: finishedAt }) => (
        <>
          <Badge tone={tones[status] ?? "accent"}>{words.stages[status]}</Badge>
          {code !== null && <span className="code small">{code}</span>}
          {finishedAt !== null && settledAt === null && <span className="small warn-text">{admin.unsettled}</span>}
        </>
      ),
    },
    { head: admin.queue, cell: ({ queue, attempts }) => `${queue} · ${admin.attempts(attempts)}` },
    { head: admin.credits, kind: "number", cell: ({ credits }) => <span>{credits.toLocaleString("en")}</span> },
    {
      head: admin.finished,
      cell: ({ finished_at: at }) => (at === null ? <span className="soft">–</span> : <Time at={at} />),
    },
  ];
}
