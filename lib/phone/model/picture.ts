/** A picture that a person sends to an assistant. */

export interface SentPicture {
  /** What the server gets: an address, or the picture itself as a data URL (`image_url` of reference, section 3.11). */
  readonly url: string;
  /** A small copy that views show, as a data URL; null where there is none. */
  readonly preview: string | null;
}
