/** Whatever a command threw, as the plain error that views may show and keep. */

import { PhoneError, type PhoneErrorJson } from '../phone/model/errors';

export function failureOf(thrown: unknown): PhoneErrorJson {
  return PhoneError.from(thrown).toJson();
}
