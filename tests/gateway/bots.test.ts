import { describe, expect, it } from 'vitest';
import { fields, isFields, text } from '../../gateway/fields';
import type { Client } from './client';
import { JPEG } from '../fakes/picture';
import { dial, dialog, invite, pickUp } from './client';
import type { Ear } from '../../gateway/media/ear';
import { eventually, hears } from './eventually';
import { useStage } from './stage';

const stage = useStage();
const bye = (client: Client) => client.next('bye');

describe('bots that answer', () => {
  it('1, the echo, sends the voice back', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '1', 1000);
    await hears(call.phone.ear, 1000);
    await hears(stage.ear(call.callId), 1000);
    call.phone.speak(700);
    await hears(call.phone.ear, 700);
  });

  it('2 plays 440 Hz, and sends each message in the order that clients need', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '2');
    await hears(call.phone.ear, 440);
    const order = client.raw.flatMap(
      (frame) => /CALL CREATED|telnyx_rtc\.(?:ringing|media|answer)/.exec(frame)?.[0] ?? [],
    );
    expect(order).toEqual(['CALL CREATED', 'telnyx_rtc.ringing', 'telnyx_rtc.media', 'telnyx_rtc.answer']);
    expect(await client.next('answer')).not.toHaveProperty('sdp');
    expect(await client.next('ringing')).toMatchObject({
      callID: call.callId,
      callee_id_number: '2',
      display_direction: 'inbound',
      telnyx_call_control_id: expect.stringMatching(/^v3:/),
      telnyx_session_id: expect.any(String),
      telnyx_leg_id: expect.any(String),
    });
  });

  it('5 hangs up after a while', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '5');
    expect(await bye(client)).toEqual({ callID: call.callId, cause: 'NORMAL_CLEARING', causeCode: 16 });
    expect(stage.call(call.callId)).toMatchObject({ phase: 'ended', endedBy: 'server' });
  });

  it('6 drops the socket and talks on', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '6');
    expect(await client.gone()).toBe(1006);
    await hears(call.phone.ear, 440);
    expect(stage.call(call.callId)).toMatchObject({ phase: 'answered' });
  });

  it('8 answers twice, with the description in the answer', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '8', 900);
    expect(await client.next('answer')).toHaveProperty('sdp');
    expect(await client.next('answer', 1)).toMatchObject({ callID: call.callId });
    expect(client.all('media')).toEqual([]);
    await hears(call.phone.ear, 900);
  });

  it('9 hangs up and calls back', async () => {
    const client = await stage.signIn();
    await dial(client, '9');
    await bye(client);
    const back = await pickUp(client, 850);
    expect(back.invite).toMatchObject({ caller_id_name: 'Echo', display_direction: 'outbound' });
    await hears(back.phone.ear, 850);
  });

  it('10 plays music', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '10');
    await eventually('a first note and another', () => {
      const { hertz } = call.phone.ear.heard(200);
      return hertz !== null && Math.abs(hertz - 392) < 6;
    });
    await eventually('another note', () => {
      const { hertz } = call.phone.ear.heard(200);
      return hertz !== null && Math.abs(hertz - 523) < 6;
    });
  });

  it('11 reads keys back by their tones and keeps them in order', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '11');
    await eventually('sound can pass', () => call.phone.peer.connected && stage.call(call.callId).audio.connected);
    expect(await client.ask('info', { dtmf: '5', ...dialog(call.callId) })).toMatchObject({ message: 'SENT' });
    await eventually('770 or 1336 Hz', () => {
      const { hertz } = call.phone.ear.heard(2_000);
      return hertz !== null && [770, 1336].some((tone) => Math.abs(tone - hertz) < 15);
    });
    for (const dtmf of ['1', '#', 'w2', '9']) await client.ask('info', { dtmf, ...dialog(call.callId) });
    expect(stage.call(call.callId).digits).toEqual(['5', '1', '#', 'w2', '9']);
    // Five keys of a quarter of a second, and no more.
    await eventually('it has read them all', () => call.phone.ear.heard().packets >= 5 * 12);
    await fallsQuiet(call.phone.ear);
    expect(call.phone.ear.heard().packets).toBe(5 * 12);
  });

  it('19 shows the keys before # on the display, and hangs up', async () => {
    const client = await stage.signIn();
    const { callId } = await dial(client, '19');
    for (const dtmf of ['4', '2', '#']) await client.ask('info', { dtmf, ...dialog(callId) });
    expect(await client.next('display')).toMatchObject({ callID: callId, display_number: '42' });
    expect(await bye(client)).toMatchObject({ callID: callId, cause: 'NORMAL_CLEARING' });
  });

  it('14 rings a while first', async () => {
    const client = await stage.signIn();
    await invite(client, '14');
    await client.next('answer');
    const sent = (verb: string) =>
      stage.gateway
        .frames()
        .find(
          ({ direction, frame }) => direction === 'out' && isFields(frame) && frame['method'] === `telnyx_rtc.${verb}`,
        )?.at ?? NaN;
    // By the server's own clock, which says nothing of when it is heard here.
    expect(sent('answer') - sent('ringing')).toBeGreaterThanOrEqual(290);
  });

  it('15, the assistant, writes while it speaks, answers what is typed, sees a picture and calls a tool', async () => {
    const client = await stage.signIn();
    await dial(client, '15');
    const said = (type: string) =>
      client
        .all('ai_conversation')
        .map((frame) => fields(frame, 'params'))
        .filter((params) => text(params, 'type') === type);
    const done = await eventually('a greeting is written', () => said('response.text.done')[0]);
    const partial = said('response.text.delta')
      .map((params) => text(params, 'delta'))
      .join('');
    expect(partial.trim()).toBe(text(done, 'text'));

    await client.send(
      'ai_conversation',
      item({ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Is it late?' }] }),
    );
    await eventually('it answers', () =>
      said('response.text.done').some((params) => text(params, 'text') === 'You wrote: Is it late?'),
    );

    const picture = (url: string) => ({ type: 'image_url', image_url: { url } });
    const words = { type: 'input_text', text: 'Look' };
    await client.send('ai_conversation', item({ type: 'message', content: [words, picture(JPEG)] }));
    await client.send('ai_conversation', item({ type: 'message', content: [picture('data:image/jpeg;base64,AAAA')] }));
    await eventually('it has seen the picture, and says of the other that it is none', () => {
      const answers = said('response.text.done').map((params) => text(params, 'text'));
      return (
        answers.includes('I see a picture of 16 by 12 pixels. You wrote: Look') &&
        answers.includes('I cannot read this picture.')
      );
    });

    await client.send(
      'ai_conversation',
      item({ type: 'message', content: [{ type: 'input_text', text: 'The weather, please' }] }),
    );
    const call = await eventually('a tool is called', () =>
      said('conversation.item.created')
        .map((params) => fields(params, 'item'))
        .find((each) => each['type'] === 'function_call'),
    );
    expect(call).toMatchObject({ name: 'get_weather', arguments: '{"city":"Lisbon"}' });
    client.sendText(
      JSON.stringify({
        jsonrpc: '2.0',
        method: 'ai_conversation',
        params: item({ type: 'function_call_output', call_id: call['call_id'], output: 'Sunny' }),
      }),
    );
    await eventually('it uses the result', () =>
      said('response.text.done').some((params) => text(params, 'text') === 'The tool says: Sunny'),
    );
  });

  it.each(['+14155550101', '+1 (415) 555-0101', 'sip:1@example.com', '+442079460958'])(
    '%s is an echo too',
    async (number) => {
      const client = await stage.signIn();
      const call = await dial(client, number, 650);
      await hears(call.phone.ear, 650);
    },
  );
});

describe('a bot that takes its time', () => {
  /** So long that no machine is too busy to hear it before. */
  const patient = useStage({ timing: { slowRingMs: 60_000 } });

  it('7 plays early media before it answers', async () => {
    const client = await patient.signIn();
    const { callId, phone } = await invite(client, '7');
    const { sdp } = await client.next('media');
    await phone.peer.accept(String(sdp));
    await hears(phone.ear, 425);
    expect(patient.call(callId).phase).toBe('early');
    expect(client.all('answer')).toEqual([]);
  });

  it('7 answers later, with neither a ringing message nor another description', async () => {
    const client = await stage.signIn();
    const { phone } = await invite(client, '7');
    const { sdp } = await client.next('media');
    await phone.peer.accept(String(sdp));
    expect(await client.next('answer')).not.toHaveProperty('sdp');
    expect(client.all('ringing')).toEqual([]);
    await hears(phone.ear, 440);
  });
});

describe('bots that refuse', () => {
  const hasty = useStage({ timing: { noAnswerMs: 300 } });

  it.each([
    ['3', { cause: 'USER_BUSY', causeCode: 17, sipCode: 486, sipReason: 'Busy Here' }],
    ['4', { cause: 'NO_ANSWER', causeCode: 19, sipCode: 480, sipReason: 'Temporarily Unavailable' }],
    ['12', { cause: 'CALL_REJECTED', causeCode: 21, sipCode: 603, sipReason: 'Decline' }],
    ['13', { cause: 'UNALLOCATED_NUMBER', causeCode: 1, sipCode: 404, sipReason: 'Not Found' }],
    ['77', { cause: 'UNALLOCATED_NUMBER', causeCode: 1, sipCode: 404, sipReason: 'Not Found' }],
    ['nobody', { cause: 'UNALLOCATED_NUMBER', causeCode: 1, sipCode: 404, sipReason: 'Not Found' }],
  ])('%s says why', async (number, why) => {
    const client = await hasty.signIn();
    const { callId, result } = await invite(client, number);
    expect(result).toMatchObject({ message: 'CALL CREATED', callID: callId });
    expect(await bye(client)).toEqual({ callID: callId, ...why });
    const rang = client.all('ringing').length;
    expect(rang).toBe(['4', '12'].includes(number) ? 1 : 0);
  });
});

const item = (of: object) => ({ type: 'conversation.item.create', item: of });

async function fallsQuiet(ear: Ear): Promise<void> {
  await eventually('it has read them all', () => {
    const { quietForMs } = ear.heard(100);
    return quietForMs !== null && quietForMs > 200;
  });
}
