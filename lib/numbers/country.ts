/** Countries by name, and which of them a page's numbers may be read in. */

/** Domains of countries that the whole world uses: they say nothing about where a number is from. */
const WORLDWIDE = new Set([
  'ac',
  'ai',
  'cc',
  'co',
  'eu',
  'fm',
  'gg',
  'im',
  'io',
  'la',
  'ly',
  'me',
  'sh',
  'so',
  'st',
  'to',
  'tv',
  'vc',
  'ws',
]);

/** The English names that want an article within a sentence. */
const WITH_ARTICLE = new Set(
  'AE AX BS CC CD CF CG CK DO FK FO GB GM IO KM KY MH MP MV NL PH PM SB SC TC UM US VA VG VI'.split(' '),
);

/** `United Kingdom`, in that language; the code itself where the platform does not know it. */
export function countryName(country: string, locale = 'en'): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country;
  } catch {
    return country;
  }
}

/** As it stands in a sentence: `the United Kingdom`, `Germany`. */
export function countryInSentence(country: string, locale = 'en'): string {
  const name = countryName(country, locale);
  return locale.startsWith('en') && WITH_ARTICLE.has(country) ? `the ${name}` : name;
}

export interface Whereabouts {
  /** What the person chose for this site; it stands alone. */
  readonly chosen: string | null;
  /** The person's own country. */
  readonly own: string | null;
  /** Host of the page, for its country domain; null for no page. */
  readonly host: string | null;
}

/** The countries that national numbers are read in, the likeliest first. More than one may fit: then the card asks. */
export function countriesOf({ chosen, own, host }: Whereabouts): string[] {
  if (chosen !== null) return [chosen];
  const domain = domainCountry(host);
  return [...new Set([own, domain])].filter((country) => country !== null);
}

/** ISO country of a host's last label. */
function domainCountry(host: string | null): string | null {
  const label = host?.split('.').at(-1)?.toLowerCase() ?? '';
  if (!/^[a-z]{2}$/.test(label) || WORLDWIDE.has(label)) return null;
  return label === 'uk' ? 'GB' : label.toUpperCase();
}

/** Numbers that reach help, by country; everywhere else the two that mobile networks know worldwide. */
const EMERGENCY: { readonly [country: string]: string } = {
  AU: '000', BR: '190 192 193', CH: '117 118 144', CN: '110 119 120', DE: '110', ES: '091 061', FR: '15 17 18', GB: '999',
  HK: '999', IE: '999', IN: '100 101 102 108', IT: '113 115 118', JP: '110 119', KR: '119', MX: '066', NZ: '111', PL: '997 998 999',
  RU: '101 102 103', SG: '995 999', TR: '155 110', ZA: '10111 10177',
}; // prettier-ignore

/** Whether these digits reach an emergency service there, which a phone in a browser may not do for you. */
export function isEmergency(digits: string, country: string | null): boolean {
  if (digits === '112' || digits === '911') return true;
  return (EMERGENCY[country ?? '']?.split(' ') ?? []).includes(digits);
}
