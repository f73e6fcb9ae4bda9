/** The manifest for each browser, and the choice of each browser's sibling files. */

import { defineConfig } from 'wxt';

/** Public half of a throw-away key: it only pins the id of unpacked builds (the private half was never kept). */
const UNPACKED_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0dVzlGyltgEJaNx7mf5o8Js4ZHIyzlV1nH3sn6CQHHZwiU2kVJ3IMwC29DSyOfh9RSoUtw+wWH34/vbS3ndTXYkhUVAky6+9rkkVB7vxEKRe52TPaiK21ipp5DcQ2OO24sF+GwP/ov1YkJeGsaauzuomK6bHn1jAsoZbj5uXONb/CVRc5O+SzJjLWk3AKv11tN2lwqUs2qgxxJ1ZVgczUSVWIg5uXq0VO9zggpCF91jM5wO9mF0R0qn3tDQIGdoFQ0TDwgF4q2pLwb7qm5Xhf+TXbWTvLx9XGvVhF7oV57YzGgiLobZpW0hXH6lvEv0LVlp1BtvwMbigFyWxRgnT8QIDAQAB';

export default defineConfig({
  srcDir: '.',
  imports: false,
  modules: ['@wxt-dev/module-svelte', '@wxt-dev/webextension-polyfill'],
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    ...(browser === 'firefox' ? {} : { key: UNPACKED_KEY }),
  }),
});
