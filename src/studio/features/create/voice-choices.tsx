import { LoaderCircle, Play, Square } from "lucide-react";
import { useRef, useState } from "react";
import type { Language, VoiceName } from "../../../contract/video.ts";
import { useWords } from "../../app/words.ts";
import { Choices } from "../../ui/choices.tsx";
import { FieldNote } from "../../ui/field.tsx";
import { voiceNames } from "./choices.ts";
import { sampleOf } from "./voice-samples.ts";

type Heard = { sample: string; state: "loading" | "playing" | "failed" };

type Props = { language: Language; value: VoiceName; onChange(voice: VoiceName): void };

/** Whose voice reads it: each can be heard in the language of the film, one at a time. */
export function VoiceChoices({ language, value, onChange }: Props) {
  const { create } = useWords();
  const { player, heard, toggle } = usePlayer();
  const listenTo = (name: VoiceName) => {
    const sample = sampleOf(language, name);
    if (sample === null) return undefined;
    const state = heard?.sample === sample ? heard.state : "silent";
    return <Listen name={create.voices[name]} state={state} onPress={() => toggle(sample)} />;
  };
  return (
    <div>
      <Choices
        kind="cards"
        label={create.voice}
        value={value}
        options={voiceNames.map((name) => ({
          value: name,
          label: create.voices[name],
          hint: create.voiceHints[name],
          beside: listenTo(name),
        }))}
        onChange={onChange}
      />
      {player}
      <FieldNote id="voice" error={heard?.state === "failed" ? create.unheard : undefined} />
    </div>
  );
}

function Listen({ name, state, onPress }: { name: string; state: Heard["state"] | "silent"; onPress(): void }) {
  const { create } = useWords();
  const isOn = state === "playing" || state === "loading";
  return (
    <button
      type="button"
      className="listen"
      aria-label={isOn ? create.stopListening(name) : create.listenTo(name)}
      aria-busy={state === "loading"}
      onClick={onPress}
    >
      <ListenIcon state={state} />
      {isOn ? create.stop : create.listen}
    </button>
  );
}

function ListenIcon({ state }: { state: Heard["state"] | "silent" }) {
  if (state === "loading") return <LoaderCircle size={16} aria-hidden />;
  return state === "playing" ? <Square size={16} aria-hidden /> : <Play size={16} aria-hidden />;
}

/** One player for all of them, so that what is begun ends what was heard before; it goes with the page. */
function usePlayer() {
  const element = useRef<HTMLAudioElement>(null);
  const [heard, setHeard] = useState<Heard | null>(null);
  const become = (state: Heard["state"]) => setHeard((before) => before && { ...before, state });
  const stop = () => {
    element.current?.pause();
    setHeard(null);
  };
  const toggle = (sample: string) => {
    const audio = element.current;
    if (audio === null) return;
    if (heard?.sample === sample && heard.state !== "failed") return stop();
    setHeard({ sample, state: "loading" });
    audio.src = sample;
    // Another press may come first, which ends this one without a fault.
    audio.play().catch((reason: unknown) => {
      if (!(reason instanceof DOMException && reason.name === "AbortError")) become("failed");
    });
  };
  const player = (
    // biome-ignore lint/a11y/useMediaCaption: a sample of a voice has no other content than how it sounds
    <audio ref={element} preload="none" onPlaying={() => become("playing")} onEnded={() => setHeard(null)} />
  );
  return { player, heard, toggle };
}
