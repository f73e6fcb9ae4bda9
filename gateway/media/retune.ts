/** Makes one RTP stream out of frames from several sources: their numbers run on, their losses show, their codec fits. */

import type { AudioPacket, CodecName } from './packet';
import { codecs } from './packet';
import type { Decoder, Encoder } from './transcoder';
import { createDecoder, createEncoder } from './transcoder';

export class Retune {
  #stream: unknown = null;
  #sourceSequence = 0;
  #sourceTimestamp = 0;
  #sequence = Math.floor(Math.random() * 0x8000);
  #timestamp = 0;
  #sentAt: number | null = null;
  #transcoder: { from: CodecName; to: CodecName; decoder: Decoder; encoder: Encoder } | null = null;

  /** Null for a frame that came twice. */
  next(packet: AudioPacket, stream: unknown, codec: CodecName): AudioPacket | null {
    const now = performance.now();
    const { clockRate, frame } = codecs[codec];
    const known = this.#stream === stream;
    const ahead = known ? signed16(packet.sequence - this.#sourceSequence) : 1;
    if (ahead === 0) return null;
    const pause = this.#sentAt === null ? 0 : Math.max(frame, Math.round(((now - this.#sentAt) * clockRate) / 1000));
    const step = known
      ? ((packet.timestamp - this.#sourceTimestamp) | 0) * (clockRate / codecs[packet.codec].clockRate)
      : pause;
    const sequence = (this.#sequence + ahead) & 0xffff;
    const timestamp = (this.#timestamp + step) >>> 0;
    // A late frame keeps its place in the stream; the newest place is not moved back.
    if (ahead > 0) {
      this.#stream = stream;
      this.#sourceSequence = packet.sequence;
      this.#sourceTimestamp = packet.timestamp;
      this.#sequence = sequence;
      this.#timestamp = timestamp;
      this.#sentAt = now;
    }
    return { codec, payload: this.#fit(packet, codec), sequence, timestamp };
  }

  close(): void {
    this.#transcoder?.decoder.free();
    this.#transcoder?.encoder.free();
    this.#transcoder = null;
  }

  #fit(packet: AudioPacket, codec: CodecName): Buffer {
    if (packet.codec === codec) return packet.payload;
    if (this.#transcoder?.from !== packet.codec || this.#transcoder.to !== codec) {
      this.close();
      this.#transcoder = {
        from: packet.codec,
        to: codec,
        decoder: createDecoder(packet.codec),
        encoder: createEncoder(codec),
      };
    }
    return this.#transcoder.encoder.encode(this.#transcoder.decoder.decode(packet.payload));
  }
}

function signed16(difference: number): number {
  const low = difference & 0xffff;
  return low >= 0x8000 ? low - 0x10000 : low;
}
