import { Link } from "wouter";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { useWords } from "../../app/words.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Badge, ProgressBar, type Tone } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { isRunning, useRenders } from "./queries.ts";

/** The videos made of a project, the newest first. */
export function Renders({ projectId }: { projectId: string }) {
  const { projects } = useWords();
  const renders = useRenders(projectId);
  return (
    <section className="renders">
      <h2>{projects.renders}</h2>
      <Loaded query={renders}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="small soft">{projects.noRenders}</p>
          ) : (
            <ul className="rows">
              {data.map((video) => (
                <Render key={video.id} video={video} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

const tones: Partial<Record<VideoAnswer["status"], Tone>> = { succeeded: "good", failed: "bad", cancelled: "plain" };

function Render({ video }: { video: VideoAnswer }) {
  const { video: words, shell, library } = useWords();
  const { status, output, options } = video;
  return (
    <li className="render">
      <Link href={`/videos/${video.id}`} className="render-link">
        <span className="render-poster">
          {output !== undefined && <img src={output.poster_url} alt="" width={output.width} height={output.height} />}
        </span>
        <span className="render-words">
          <span className="row-name">
            <Badge tone={tones[status] ?? "accent"}>{words.stages[status]}</Badge>
            {options.draft && <Badge>{library.draft}</Badge>}
          </span>
          <span className="small soft">
            <Time at={video.created_at} /> · {shell.credits(video.credits_used)}
          </span>
          {isRunning(video) && <ProgressBar label={words.progress} percent={video.progress} />}
        </span>
      </Link>
    </li>
  );
}
