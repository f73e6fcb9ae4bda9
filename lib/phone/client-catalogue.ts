/** Every code that the seed's door tells (reference, section 7): what happened, what is done by itself, what to do. docs/ERRORS.md says the same. */

export interface Code {
  readonly name: string;
  /** What happened. */
  readonly message: string;
  /** What the client does by itself. */
  readonly does: string;
  /** What the person, or the program, can do. */
  readonly solution: string;
}

const ENDS = 'Ends the call';
const STAYS = 'Leaves the call as it was';
const SILENT = 'Makes no call; one that runs goes on in silence';
const CONNECTS = 'Connects again by itself';
const PATH = 'Looks for another path by itself';
const MEASURES = 'Goes on; repeats this at most every 15 seconds';
const NETWORK = 'Try another network';
const AGAIN = 'Call again';

export const ERRORS = {
  40001: code('SDP_CREATE_OFFER_FAILED', 'The browser made no offer', ENDS, 'Check codecs and ICE servers'),
  40002: code('SDP_CREATE_ANSWER_FAILED', 'The browser made no answer', ENDS, 'Check codecs and ICE servers'),
  40004: code('SDP_SET_REMOTE_DESCRIPTION_FAILED', 'The other side’s description does not fit', ENDS, AGAIN),
  40005: code('SDP_SEND_FAILED', 'The server did not take the description', ENDS, 'Check the number and the line'),
  42001: code('MEDIA_MICROPHONE_PERMISSION_DENIED', 'The microphone is not allowed', SILENT, 'Allow it in the browser'),
  42002: code('MEDIA_DEVICE_NOT_FOUND', 'There is no such microphone', SILENT, 'Plug one in or choose another'),
  42003: code('MEDIA_GET_USER_MEDIA_FAILED', 'The microphone did not open', SILENT, 'Close what else is using it'),
  44001: code('HOLD_FAILED', 'The server did not hold the call', STAYS, 'Try again'),
  44002: code('INVALID_CALL_PARAMETERS', 'There is nobody to call', 'Makes no call', 'Give destinationNumber'),
  44003: code('BYE_SEND_FAILED', 'The server would not end the call', 'Ended it here all the same', 'Nothing'),
  44005: code('PEER_CLOSED_DURING_INIT', 'The call ended before it began', 'Closes the microphone', AGAIN),
  45002: code('WEBSOCKET_ERROR', 'The connection to the server broke', CONNECTS, 'Wait'),
  45003: code('RECONNECTION_EXHAUSTED', 'The server was not reached in all attempts', 'Stops', 'Call connect() again'),
  45004: code('GATEWAY_FAILED', 'The server could not register the account', CONNECTS, 'Wait'),
  46001: code('LOGIN_FAILED', 'The server refused the sign-in', 'Stops', 'Check user, password or token'),
  46002: code(
    'INVALID_CREDENTIALS',
    'These credentials cannot be used',
    'Sends nothing',
    'Give login and password, or a token',
  ),
  47001: code('ICE_RESTART_FAILED', 'No new network path was found', 'Calls the number anew as the same call', 'Wait'),
  48001: code('NETWORK_OFFLINE', 'The computer is offline', 'Connects when the network is back', 'Check the network'),
  48501: code('SESSION_NOT_REATTACHED', 'The server does not have the call any more', ENDS, AGAIN),
  49001: code('UNEXPECTED_ERROR', 'Something unexpected happened', 'Ends what was being done', 'See originalError'),
} as const satisfies { readonly [code: number]: Code };

export const WARNINGS = {
  31001: code('HIGH_RTT', 'The way there and back takes over 400 ms', MEASURES, 'Try another network or region'),
  31002: code('HIGH_JITTER', 'Packets come unevenly, by over 30 ms', MEASURES, NETWORK),
  31003: code('HIGH_PACKET_LOSS', 'Over 1 % of the packets are lost', MEASURES, NETWORK),
  31004: code('LOW_MOS', 'The call sounds poor, below 3.5 of 5', MEASURES, NETWORK),
  31005: code('LOW_LOCAL_AUDIO', 'The microphone is silent', MEASURES, 'Speak up, or choose another microphone'),
  31006: code('LOW_INBOUND_AUDIO', 'Nothing is heard from the other side', MEASURES, 'Ask whether they are muted'),
  32001: code('LOW_BYTES_RECEIVED', 'No bytes of sound arrive', MEASURES, NETWORK),
  32002: code('LOW_BYTES_SENT', 'No bytes of sound leave', MEASURES, 'Choose another microphone'),
  // Ours: the official client falls silent.
  32901: code('TONE_FILE_BROKEN', 'A sound file cannot be played', 'Plays the built-in tone', 'Check the file'),
  33001: code('ICE_CONNECTIVITY_LOST', 'The path of the sound broke', PATH, 'Wait'),
  33002: code(
    'ICE_GATHERING_TIMEOUT',
    'A server for network paths is slow',
    'Goes on with what it has',
    'Check iceServers',
  ),
  33003: code(
    'ICE_GATHERING_EMPTY',
    'No network path was found',
    'Goes on looking',
    'Check the network and iceServers',
  ),
  33004: code('PEER_CONNECTION_FAILED', 'The path of the sound is gone', PATH, 'Wait'),
  33005: code(
    'ONLY_HOST_ICE_CANDIDATES',
    'No server for paths answered',
    'Offers its own addresses',
    'Check iceServers',
  ),
  33006: code('ANSWER_WHILE_PEER_ACTIVE', 'The call was answered already', STAYS, 'Answer once'),
  33007: code('DUPLICATE_INBOUND_ANSWER', 'The server answered the call twice', STAYS, 'Nothing'),
  33008: code('ICE_CANDIDATE_PAIR_CHANGED', 'The sound took another path', 'Goes on over it', 'Nothing'),
  33009: code('AUDIO_INPUT_DEVICE_CHANGE_SKIPPED', 'The call has no microphone to change', STAYS, 'Answer first'),
  33010: code('MULTIPLE_ACTIVE_CALLS_DETECTED', 'Another call is live', 'Goes on with both', 'Hold or end one of them'),
  34001: code('TOKEN_EXPIRING_SOON', 'The token expires within two minutes', 'Goes on', 'Give another to login()'),
  35002: code('UNKNOWN_REATTACHED_SESSION', 'The server offered a call that is not ours', 'Refused it', 'Nothing'),
  36003: code('SIGNALING_RECOVERY_REQUIRED', 'The server fell silent', CONNECTS, 'Wait'),
  36004: code('MEDIA_RECOVERY_REQUIRED', 'The sound stopped', PATH, 'Wait'),
  36005: code('RECONNECTION_FAILED_WITH_NO_AUTO_RECONNECT', 'The connection is lost', 'Stops', 'Call connect()'),
} as const satisfies { readonly [code: number]: Code };

export type ErrorCode = keyof typeof ERRORS;
export type WarningCode = keyof typeof WARNINGS;

function code(name: string, message: string, does: string, solution: string): Code {
  return { name, message, does, solution };
}
