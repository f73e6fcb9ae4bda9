/** What is done to the voice on its way from the microphone to the call. */

/** Named as in W3C mediacapture-streams, section 4.3.1. */
export interface VoiceProcessing {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
}
