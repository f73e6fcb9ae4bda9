/** The name that Firefox, its policies and our tests know this extension by; a change of it is another extension. */

export const ADDON = 'holdfast@holdfast.example';
