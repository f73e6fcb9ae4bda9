/** A visitor without an account talks to an assistant, reads along, and writes. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../gateway/gateway';
import { Phone } from '../../lib/phone/index';
import { NodePlatform } from '../fakes/node-platform';
import { waitUntil } from '../fakes/gateway-stage';
import { JPEG } from '../fakes/picture';
import { LINE, settings } from '../fakes/stage';

let gateway: Gateway;
let phone: Phone;

beforeAll(async () => {
  gateway = await startGateway();
  phone = new Phone({ ports: new NodePlatform().ports });
  const options = {
    anonymous_login: { target_type: 'ai_assistant', target_id: 'assistant-1' },
    rtcIp: '127.0.0.1',
    rtcPort: gateway.port,
    iceServers: [],
  };
  phone.start(settings([{ id: LINE, name: 'Front desk', kind: 'assistant', options, callerIds: [], callerName: '' }]));
});
afterAll(async () => {
  phone.close();
  await gateway.close();
});

it('gathers what is said and what is written into lines', async () => {
  await waitUntil(
    'the line is ready',
    () => phone.snapshot().lines.find(({ session }) => session.phase === 'ready') ?? null,
  );
  const id = phone.dial({ to: '' });
  const said = (text: string): Promise<unknown> =>
    waitUntil(
      text,
      () => phone.snapshot().calls[0]?.transcript.find((line) => line.final && line.text.includes(text)) ?? null,
    );
  await said('What can I do for you?');
  await phone.type(id, 'Good morning');
  await said('You wrote: Good morning');
  expect(phone.snapshot().calls[0]?.transcript.map(({ who, typed, final }) => [who, typed, final])).toEqual([
    ['assistant', false, true],
    ['person', true, true],
    ['assistant', false, true],
  ]);

  await phone.type(id, 'What is this?', [{ url: JPEG, preview: 'data:image/jpeg;base64,small' }]);
  await said('I see a picture of 16 by 12 pixels. You wrote: What is this?');
  const sent = phone.snapshot().calls[0]?.transcript.find(({ text }) => text === 'What is this?');
  expect(sent).toMatchObject({ who: 'person', typed: true, pictures: ['data:image/jpeg;base64,small'] });
  await phone.type(id, 'When is high tide?');
  await said('High tide is at 14:30.');
  const ran = phone.snapshot().calls[0]?.transcript.find(({ text }) => text === 'read_tides');
  expect(ran).toMatchObject({ who: 'tool', final: true, tool: { failed: false, tookMs: expect.any(Number) } });
  expect(JSON.stringify(phone.report())).not.toContain(JPEG.slice(30, 90));
});
