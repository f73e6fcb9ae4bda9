/** The one function of libphonenumber-js that reads a whole text, for a page to run. */

export { findPhoneNumbersInText as find } from 'libphonenumber-js';
