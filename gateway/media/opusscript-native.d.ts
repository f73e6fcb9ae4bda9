/** What `opusscript` builds with Emscripten, as far as it is used: a length below zero is an error of libopus. */
declare module 'opusscript/build/opusscript_native_wasm.js' {
  interface Handler {
    _encode(pcm: number, pcmBytes: number, packet: number, frameSize: number): number;
    _decode(packet: number, packetBytes: number, pcm: number): number;
    _encoder_ctl(request: number, value: number): number;
  }
  interface Native {
    /** Made anew when the memory grows. */
    readonly HEAPU8: Uint8Array<ArrayBuffer>;
    readonly HEAPU16: Uint16Array;
    readonly OpusScriptHandler: {
      new (rate: number, channels: number, application: number): Handler;
      destroy_handler(handler: Handler): void;
    };
    _malloc(bytes: number): number;
  }
  const create: () => Native;
  export = create;
}
