import { Trash2 } from "lucide-react";
import { Link } from "wouter";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { useWords } from "../../app/words.ts";
import { clock } from "../../ui/figures.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Badge, ProgressBar, type Tone } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";

const tones: Partial<Record<VideoAnswer["status"], Tone>> = { failed: "bad", cancelled: "plain", succeeded: "good" };

export function VideoCard({ video, onRemove }: { video: VideoAnswer; onRemove(): void }) {
  const { library, video: words } = useWords();
  const { output, status } = video;
  const isRunning = video.finished_at === null;
  return (
    <li className="video-card">
      <Link href={`/videos/${video.id}`} className="video-card-link">
        <span className="poster" aria-hidden="true">
          {output === undefined ? (
            <span className="poster-none">{words.stages[status]}</span>
          ) : (
            <>
              <img className="poster-back" src={output.poster_url} alt="" loading="lazy" />
              <img src={output.poster_url} alt="" loading="lazy" width={output.width} height={output.height} />
            </>
          )}
          {output !== undefined && <span className="poster-length figures">{clock(output.duration)}</span>}
        </span>
        {isRunning && <ProgressBar label={words.progress} percent={video.progress} />}
        <span className="video-card-title">{video.title}</span>
      </Link>
      <div className="video-card-foot">
        <span className="video-card-facts small soft">
          {status !== "succeeded" && <Badge tone={tones[status] ?? "accent"}>{words.stages[status]}</Badge>}
          {video.options.draft && <Badge>{library.draft}</Badge>}
          <Time at={video.created_at} />
        </span>
        <IconButton label={library.remove(video.title)} icon={<Trash2 size={18} />} onClick={onRemove} />
      </div>
    </li>
  );
}
