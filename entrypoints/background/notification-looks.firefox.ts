/** What a notification has besides its text. Firefox: nothing, it throws on buttons; a click leads to the phone, which has them. */

export function moreThanText(): object {
  return {};
}
