import "../account/account.css";
import "./admin.css";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";
import { useSession } from "../../app/session.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import { Badge, EmptyState } from "../../ui/parts.tsx";
import { AuditPart } from "./audit-part.tsx";
import { BackupsPart } from "./backups-part.tsx";
import { PaymentsPart } from "./payments-part.tsx";
import { useStuck } from "./queries.ts";
import { StatsPart } from "./stats-part.tsx";
import { StuckPart, stuckCount } from "./stuck-part.tsx";
import { UsersPart } from "./users-part.tsx";
import { VideosPart } from "./videos-part.tsx";

const parts = ["stats", "users", "payments", "videos", "stuck", "audit", "backups"] as const;
type Part = (typeof parts)[number];

const pages: Record<Part, () => ReactNode> = {
  stats: StatsPart,
  users: UsersPart,
  payments: PaymentsPart,
  videos: VideosPart,
  stuck: StuckPart,
  audit: AuditPart,
  backups: BackupsPart,
};

/** For operators. Whoever is none is told that there is no such page; the service refuses them anyway. */
export function AdminPage({ part = "stats" }: { part?: string | undefined }) {
  const { admin, shell } = useWords();
  const session = useSession();
  const isOperator = (session.status === "in" || session.status === "lost") && session.user.role === "admin";
  const shown = parts.find((one) => one === part);
  useTitle(isOperator && shown !== undefined ? `${admin.parts[shown]} · ${admin.title}` : shell.notFoundTitle);
  if (!isOperator || shown === undefined) return <EmptyState title={shell.notFoundTitle} text={shell.notFound} />;
  const Shown = pages[shown];
  return (
    <div className="admin">
      <h1>{admin.heading}</h1>
      <Tabs shown={shown} />
      <Shown />
    </div>
  );
}

function Tabs({ shown }: { shown: Part }) {
  const { admin } = useWords();
  const stuck = useStuck();
  const waiting = stuck.data === undefined ? 0 : stuckCount(stuck.data);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone they are wider than the window: the one that is shown is brought into sight, and the page stays where it is.
    const here = nav.current?.querySelector<HTMLElement>(`[data-part=${shown}]`);
    if (here) nav.current?.scrollTo({ left: here.offsetLeft - (nav.current.clientWidth - here.offsetWidth) / 2 });
  }, [shown]);
  return (
    <nav ref={nav} className="admin-tabs" aria-label={admin.title}>
      {parts.map((part) => (
        <Link
          key={part}
          href={part === "stats" ? "/admin" : `/admin/${part}`}
          data-part={part}
          aria-current={part === shown ? "page" : undefined}
        >
          {admin.parts[part]}
          {part === "stuck" && waiting > 0 && <Badge tone="bad">{waiting}</Badge>}
        </Link>
      ))}
    </nav>
  );
}
