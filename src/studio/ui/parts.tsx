/** Small parts without a state. */
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** Of the very size of what comes in its place. */
export function Skeleton({ className = "" }: { className?: string }) {
  return <span className={`skeleton ${className}`} aria-hidden />;
}

export function ProgressBar({ label, percent }: { label: string; percent: number }) {
  const whole = Math.round(percent);
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={whole}
    >
      <div className="progress-done" style={{ transform: `scaleX(${whole / 100})` }} />
    </div>
  );
}

export type Tone = "plain" | "good" | "warn" | "bad" | "accent";

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}

type NoticeProps = { tone: "warn" | "bad" | "good" | "plain"; children: ReactNode; action?: ReactNode };

/** What happened and what to do, where it happened. */
export function Notice({ tone, children, action }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} role={tone === "bad" || tone === "warn" ? "alert" : "status"}>
      {(tone === "bad" || tone === "warn") && <CircleAlert size={20} aria-hidden />}
      <div className="notice-words">{children}</div>
      {action}
    </div>
  );
}

type EmptyProps = { title: string; text: string; picture?: string; action?: ReactNode };

export function EmptyState({ title, text, picture, action }: EmptyProps) {
  return (
    <div className="empty">
      {picture !== undefined && <img src={picture} alt="" width={320} height={208} />}
      <h2>{title}</h2>
      <p className="soft">{text}</p>
      {action}
    </div>
  );
}
