/**
 * What the voice process and its parent say to each other over a pipe: frames of a JSON header and raw bytes,
 * each led by both lengths as little-endian 32-bit numbers.
 */
import type { Buffer as NodeBuffer } from "node:buffer";
import { Buffer } from "node:buffer";
import type { VoiceName } from "../../src/contract/video.ts";

export type VoiceSettings = {
  /** The engine's own name for a voice. */
  voice: string;
  /** Who speaks it. */
  variant: VoiceName;
  /** Words a minute. */
  rate: number;
  /** 0 to 100; 50 is the voice's own. */
  pitch: number;
  /** How far the melody moves, 0 to 100. */
  range: number;
};

export type SpeakRequest = { text: string; settings: VoiceSettings };

/** `character` counts from 0 in the text that was sent; `timeMs` from the first sample. */
export type EngineEvent = { kind: "word" | "clauseEnd"; character: number; timeMs: number };

/** Said once when the engine is loaded, then once for each request, with 16-bit mono samples as the body. */
export type VoiceReply =
  | { kind: "ready" }
  | { kind: "spoken"; sampleRate: number; events: EngineEvent[] }
  | { kind: "refused"; reason: string };

const lengthsBytes = 8;

export function encodeFrame(header: unknown, body: Uint8Array = new Uint8Array(0)): NodeBuffer {
  const headerBytes = Buffer.from(JSON.stringify(header), "utf8");
  const lengths = Buffer.alloc(lengthsBytes);
  lengths.writeUInt32LE(headerBytes.length, 0);
  lengths.writeUInt32LE(body.length, 4);
  return Buffer.concat([lengths, headerBytes, body]);
}

/** Collects chunks and hands each whole frame on, in order. Throws a RangeError for a frame over `frameMaxBytes`. */
export function createFrameReader<Header>(frameMaxBytes: number, onFrame: (header: Header, body: NodeBuffer) => void) {
  let chunks: NodeBuffer[] = [];
  let heldBytes = 0;
  let neededBytes = lengthsBytes;

  const takeFrame = (): boolean => {
    if (heldBytes < neededBytes) return false;
    const held = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const headerBytes = held.readUInt32LE(0);
    const frameBytes = lengthsBytes + headerBytes + held.readUInt32LE(4);
    if (frameBytes > frameMaxBytes) throw new RangeError("a frame is longer than the protocol allows");
    chunks = [held];
    if (heldBytes < frameBytes) {
      neededBytes = frameBytes;
      return false;
    }
    const header: Header = JSON.parse(held.toString("utf8", lengthsBytes, lengthsBytes + headerBytes));
    chunks = [held.subarray(frameBytes)];
    heldBytes -= frameBytes;
    neededBytes = lengthsBytes;
    onFrame(header, held.subarray(lengthsBytes + headerBytes, frameBytes));
    return true;
  };

  return (chunk: NodeBuffer) => {
    chunks.push(chunk);
    heldBytes += chunk.length;
    while (takeFrame());
  };
}
