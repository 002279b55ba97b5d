import type { VideoAnswer } from "../../../contract/videos.ts";
import { usePreferences } from "../../app/preferences.ts";
import { useWords } from "../../app/words.ts";

type Output = NonNullable<VideoAnswer["output"]>;

/** Languages by their codes; Sheng has none, and is near enough to Swahili for a player. */
function trackLanguage(lang: string): string {
  return lang === "sheng" ? "sw" : lang;
}

export function Player({ video, output }: { video: VideoAnswer; output: Output }) {
  const { video: words, create } = useWords();
  const { language } = usePreferences();
  const { lang, captions } = video.options;
  const shape = { aspectRatio: `${output.width} / ${output.height}` };
  const isWide = output.width > output.height;
  if (output.format === "gif") {
    return (
      <div className={`player ${isWide ? "player-wide" : ""}`}>
        <img src={output.url} alt={video.title} style={shape} width={output.width} height={output.height} />
      </div>
    );
  }
  const spoken = lang in create.languages ? create.languages[lang as keyof typeof create.languages] : lang;
  return (
    <div className={`player ${isWide ? "player-wide" : ""}`}>
      {!isWide && <img className="player-back" src={output.poster_url} alt="" />}
      {/* Captions that are in the picture are not shown twice. */}
      <video
        controls
        playsInline
        preload="metadata"
        poster={output.poster_url}
        style={shape}
        width={output.width}
        height={output.height}
        aria-label={video.title}
      >
        <source src={output.url} type={output.format === "webm" ? "video/webm" : "video/mp4"} />
        <track
          kind="captions"
          src={output.captions_vtt_url}
          srcLang={trackLanguage(lang)}
          label={spoken}
          default={captions.mode === "off"}
        />
        <p lang={language}>{words.cannotPlay}</p>
      </video>
    </div>
  );
}
