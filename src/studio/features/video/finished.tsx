import { Copy, Download } from "lucide-react";
import { useState } from "react";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { usePreferences } from "../../app/preferences.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { clock, dayAndTime, fileSize } from "../../ui/figures.ts";
import { Time } from "../../ui/time.tsx";

type Output = NonNullable<VideoAnswer["output"]>;

export function Downloads({ video, output }: { video: VideoAnswer; output: Output }) {
  const { video: words } = useWords();
  const name = fileName(video.title);
  const files = [
    { url: output.captions_vtt_url, kind: "vtt", label: words.downloadVtt },
    { url: output.captions_srt_url, kind: "srt", label: words.downloadSrt },
    { url: output.words_url, kind: "json", label: words.downloadWords },
  ];
  return (
    <section className="card stack">
      <h2>{words.download}</h2>
      <a
        className={`button ${video.options.draft ? "button-plain" : "button-main"} button-wide`}
        href={output.url}
        download={`${name}.${output.format}`}
      >
        <Download size={18} aria-hidden />
        <span>{words.downloadVideo(output.format.toUpperCase(), fileSize(output.size))}</span>
      </a>
      <ul className="links">
        {files.map(({ url, kind, label }) => (
          <li key={kind}>
            <a href={url} download={`${name}.${kind}`}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Share({ output }: { output: Output }) {
  const { video: words } = useWords();
  const { language } = usePreferences();
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(output.url);
      setOutcome("copied");
    } catch {
      setOutcome("failed");
    }
  };
  return (
    <section className="card stack">
      <h2>{words.share}</h2>
      <div className="share">
        <input
          className="input"
          readOnly
          value={output.url}
          aria-label={words.share}
          onFocus={(event) => event.target.select()}
        />
        <Button icon={<Copy size={18} aria-hidden />} onClick={() => void copy()}>
          {outcome === "copied" ? words.copied : words.copy}
        </Button>
      </div>
      <p className="small soft" role="status">
        {outcome === "failed" ? words.copyFailed : words.shareHint(dayAndTime(output.expires_at, language))}
      </p>
    </section>
  );
}

export function Facts({ video, output }: { video: VideoAnswer; output: Output }) {
  const { video: words, create, shell } = useWords();
  const { options, credits_used: credits, created_at: createdAt } = video;
  const rows = [
    [words.length, clock(output.duration)],
    [words.size, `${output.width} × ${output.height}, ${output.fps} fps`],
    [words.voice, create.voices[options.voice.name]],
    [words.price, shell.credits(credits)],
  ] as const;
  return (
    <section className="card stack">
      <h2>{words.facts}</h2>
      <dl className="facts small">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="soft">{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
        <div>
          <dt className="soft">{words.made}</dt>
          <dd className="figures">
            <Time at={createdAt} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

export function Said({ video }: { video: VideoAnswer }) {
  const { video: words } = useWords();
  return (
    <section className="card stack">
      <h2>{words.scenes}</h2>
      <ol className="said">
        {numbered(video.scenes).map(({ number, ...scene }) => (
          <li key={number}>
            <span className="figures soft small">{scene.start === undefined ? number : clock(scene.start)}</span>
            <p lang={video.options.lang === "sheng" ? "sw" : video.options.lang}>{scene.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function numbered(scenes: VideoAnswer["scenes"]) {
  return scenes.map((scene, index) => ({ ...scene, number: index + 1 }));
}

function fileName(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-");
  return words.replace(/^-|-$/g, "").slice(0, 60) || "video";
}
