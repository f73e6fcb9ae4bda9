/** The order of codecs an offer or answer names. */

interface Codec {
  readonly mimeType: string;
}

/**
 * Preferred mime types first, the browser's others behind them: leaving one out would also drop telephone-event and
 * comfort noise.
 */
export function ordered<T extends Codec>(codecs: readonly T[], preferred: readonly string[]): T[] {
  const rank = (codec: T): number => {
    const index = preferred.findIndex((mimeType) => mimeType.toLowerCase() === codec.mimeType.toLowerCase());
    return index === -1 ? preferred.length : index;
  };
  return codecs.toSorted((a, b) => rank(a) - rank(b));
}

export function preferCodecs(transceiver: RTCRtpTransceiver, preferred: readonly string[]): void {
  const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  if (preferred.length > 0 && codecs.length > 0) transceiver.setCodecPreferences(ordered(codecs, preferred));
}
