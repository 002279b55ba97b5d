declare module "@echogarden/espeak-ng-emscripten" {
  export type EngineOutputEvent = {
    type: string;
    /** Counted from 1, in characters. */
    text_position: number;
    /** Milliseconds. */
    audio_position: number;
  };
  export interface Engine {
    /** 0 when the voice was found. */
    set_voice(name: string): number;
    set_rate(wordsPerMinute: number): void;
    set_pitch(value: number): void;
    set_range(value: number): void;
    set_volume(value: number): void;
    get_samplerate(): number;
    /** Reads the text as SSML. The callback stops the engine by answering true. */
    synthesize(text: string, onOutput: (samples: Int16Array, events: EngineOutputEvent[]) => boolean): void;
  }
  export interface EngineModule {
    /** The engine's whole memory; another view once it has grown. */
    HEAPU8: Uint8Array;
    FS: { writeFile(path: string, content: string): void };
    eSpeakNGWorker: new () => Engine;
  }
  export default function createEngine(options: {
    print(text: string): void;
    printErr(text: string): void;
  }): Promise<EngineModule>;
}
