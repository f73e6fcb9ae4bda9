/** The unit of sound that travels inside the gateway: one 20 ms frame, encoded, with its place in its stream. */

export type CodecName = 'opus' | 'pcmu';

export interface AudioPacket {
  readonly codec: CodecName;
  readonly payload: Buffer;
  /** 16 bits, of the stream that the packet came from. */
  readonly sequence: number;
  /** 32 bits, in units of the codec's clock. */
  readonly timestamp: number;
}

export interface Codec {
  readonly name: CodecName;
  readonly payloadType: number;
  readonly clockRate: number;
  /** What SDP says of it; Opus is always written as stereo (RFC 7587 section 7). */
  readonly channels: number;
  /** Timestamp units of 20 ms. */
  readonly frame: number;
}

export const FRAME_MS = 20;

export const codecs: Readonly<Record<CodecName, Codec>> = {
  opus: { name: 'opus', payloadType: 111, clockRate: 48_000, channels: 2, frame: 960 },
  pcmu: { name: 'pcmu', payloadType: 0, clockRate: 8_000, channels: 1, frame: 160 },
};
