/** What a trial call found out; what it failed of is a PhoneError, as everywhere. */
export interface Trial {
  /** The first codec of the answer, as its rtpmap names it: `opus`. */
  readonly codec: string;
  /** Milliseconds from the invite to the connection. */
  readonly tookMs: number;
}
