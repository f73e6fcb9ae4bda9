/** What passed between a client and the gateway so far, by the gateway's own record. */

import type { FrameRecord } from '../../gateway/frames';

const OF_A_CALL = ['invite', 'ringing', 'media', 'answer', 'bye'];

/** How many messages of the client arrived. */
export function heardFrames(records: readonly FrameRecord[]): number {
  return records.filter(({ direction }) => direction === 'in').length;
}

export function hasSaid(records: readonly FrameRecord[], method: string): boolean {
  return records.some(({ direction, frame }) => direction === 'in' && fieldsOf(frame)['method'] === method);
}

/** Has the gateway said this, and the client that it knows? */
export function acknowledges(records: readonly FrameRecord[], method: string): boolean {
  const said = requests(records).filter((request) => request['method'] === method);
  return said.length > 0 && said.every((request) => isAcknowledged(records, request));
}

export function isAllAcknowledged(records: readonly FrameRecord[]): boolean {
  return requests(records).every((request) => isAcknowledged(records, request));
}

type Fields = Readonly<Record<string, unknown>>;

/** Of the gateway's, those of a call: they want an answer, as what is told of the session does not. */
function requests(records: readonly FrameRecord[]): readonly Fields[] {
  return records
    .filter(({ direction }) => direction === 'out')
    .map(({ frame }) => fieldsOf(frame))
    .filter(({ method }) => OF_A_CALL.some((name) => method === `telnyx_rtc.${name}`));
}

function isAcknowledged(records: readonly FrameRecord[], { id }: Fields): boolean {
  return records.some(({ direction, frame }) => {
    const fields = fieldsOf(frame);
    return direction === 'in' && fields['id'] === id && fields['method'] === undefined;
  });
}

function fieldsOf(frame: unknown): Fields {
  return typeof frame === 'object' && frame !== null ? { ...frame } : {};
}
