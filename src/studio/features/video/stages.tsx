import { Check } from "lucide-react";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { usePreferences } from "../../app/preferences.ts";
import { useWords } from "../../app/words.ts";
import { duration } from "../../ui/figures.ts";
import { ProgressBar } from "../../ui/parts.tsx";

const stages = ["queued", "scripting", "voicing", "illustrating", "rendering", "storing"] as const;

/** What is done, what is being done, and what is still to do. */
export function Stages({ video, isLive }: { video: VideoAnswer; isLive: boolean }) {
  const { video: words } = useWords();
  const { language } = usePreferences();
  const now = (stages as readonly string[]).indexOf(video.stage);
  const facts = [
    video.queue_position === null ? null : words.position(video.queue_position),
    video.eta_seconds === null ? null : words.left(duration(video.eta_seconds, language)),
  ].filter((fact) => fact !== null);
  return (
    <section className="card making">
      <div className="making-head">
        <div>
          <h2 aria-live="polite">{words.doing[video.stage]}</h2>
          <p className="soft figures making-facts">{facts.join(" · ")}</p>
        </div>
        <p className="making-percent display figures" aria-hidden="true">
          {Math.round(video.progress)}
          <span>%</span>
        </p>
      </div>
      <ProgressBar label={words.progress} percent={video.progress} />
      <ol className="stages">
        {stages.map((stage, index) => (
          <li
            key={stage}
            className={`stage ${index < now ? "stage-done" : index === now ? "stage-now" : ""}`}
            aria-current={index === now ? "step" : undefined}
          >
            <span className="stage-dot">{index < now && <Check size={14} strokeWidth={3} aria-hidden />}</span>
            {words.stages[stage]}
          </li>
        ))}
      </ol>
      <p className="small soft">{isLive ? words.leave : words.slow}</p>
    </section>
  );
}
