/** All of the client library with its browser adapters, for its size. */

export * from '../../lib/phone';
export * from '../../lib/phone/web';
