/**
 * Draws the icons of the toolbar, the store and the notifications into public/icon: the mark (two posts and a rope) once
 * for each state of ui-spec 12. Run `node scripts/icons.mjs` after a change here and commit what it wrote.
 */

import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { ensureChromium } from './install/chromium.mjs';

const KELP = '#0B6B60';
const LIVE = '#6FE0C8';
const GREY = '#4A5A56';
const SLATE = '#2B3639';
const AMBER = '#F0B54A';

/** tile, posts, rope colours; the rope's shape; hollow posts; what lies on top. */
const STATES = {
  ready: { tile: KELP, posts: '#FFFFFF', rope: '#86E6D2', shape: 'slack' },
  connecting: { tile: GREY, posts: '#FFFFFF', rope: '#86E6D2', shape: 'dots' },
  off: { tile: GREY, posts: '#FFFFFF', hollow: true },
  calling: { tile: SLATE, posts: '#FFFFFF', rope: '#86E6D2', shape: 'dots' },
  incoming: { tile: KELP, posts: '#FFFFFF', rope: '#FFFFFF', shape: 'dots' },
  'live-dots': { tile: LIVE, posts: '#07302B', rope: '#07302B', shape: 'dots' },
  'on-call': { tile: LIVE, posts: '#07302B', rope: '#07302B', shape: 'taut' },
  muted: { tile: LIVE, posts: '#07302B', rope: '#07302B', shape: 'taut', over: 'slash' },
  held: { tile: AMBER, posts: '#2B1B00' },
  'sound-lost': { tile: SLATE, posts: '#FFC869', rope: '#FFC869', shape: 'dots' },
  dnd: { tile: GREY, posts: '#FFFFFF', rope: '#86E6D2', shape: 'slack', over: 'moon' },
};

/** 16 px has a drawing of its own on the pixel grid; every other size follows the mark. */
function drawing(state, size) {
  const small = size === 16;
  const view = small ? 16 : 32;
  const over = state.over === undefined ? '' : overlay(state);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${view} ${view}">
    <rect width="${view}" height="${view}" rx="${view * 0.28125}" fill="${state.tile}"/>
    ${small ? ropeSmall(state) + postsSmall(state) : rope(state) + posts(state)}
    ${small ? `<g transform="scale(.5)">${over}</g>` : over}
  </svg>`;
}

function rope({ rope: colour, shape }) {
  if (colour === undefined) return '';
  const path = shape === 'taut' || colour === '#07302B' ? 'M9.4 16H22.6' : 'M9.4 15.2C12 18.8 20 18.8 22.6 15.2';
  const dots = shape === 'dots' ? 'stroke-dasharray=".1 4.4"' : '';
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="3.3" stroke-linecap="round" ${dots}/>`;
}

function ropeSmall({ rope: colour, shape }) {
  if (colour === undefined) return '';
  if (shape === 'taut') return `<rect x="5" y="7" width="6" height="2" fill="${colour}"/>`;
  if (shape === 'slack') {
    return `<path d="M5 7.2C6.5 9.2 9.5 9.2 11 7.2" fill="none" stroke="${colour}" stroke-width="1.8"/>`;
  }
  return [6.4, 8.3].map((x) => `<rect x="${x}" y="7.2" width="1.3" height="1.6" rx=".6" fill="${colour}"/>`).join('');
}

function posts({ posts: colour, hollow }) {
  return hollow
    ? [7.1, 21.7]
        .map(
          (x) =>
            `<rect x="${x}" y="6.9" width="3.2" height="18.2" rx="1.6" fill="none" stroke="${colour}" stroke-width="1.8"/>`,
        )
        .join('')
    : [6.2, 20.8].map((x) => `<rect x="${x}" y="6" width="5" height="20" rx="2.5" fill="${colour}"/>`).join('');
}

function postsSmall({ posts: colour, hollow }) {
  return hollow
    ? [3.5, 10.5]
        .map((x) => `<rect x="${x}" y="3.5" width="2" height="9" rx="1" fill="none" stroke="${colour}"/>`)
        .join('')
    : [3, 10].map((x) => `<rect x="${x}" y="3" width="3" height="10" rx="1.5" fill="${colour}"/>`).join('');
}

function overlay({ over, tile }) {
  if (over === 'slash') {
    return `<path d="M4.5 27.5L27.5 4.5" stroke="${tile}" stroke-width="8"/><path d="M5 27L27 5" stroke="#9A211C" stroke-width="3.6" stroke-linecap="round"/>`;
  }
  return '<circle cx="24" cy="8" r="8.5" fill="#27322F"/><path d="M27.5 10.2A4.6 4.6 0 0 1 22 4.6a4.6 4.6 0 1 0 5.5 5.6z" fill="#F3C069"/>';
}

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
const draw = async (name, state, size) => {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawing(state, size)}`);
  const png = await page.screenshot({ omitBackground: true });
  await writeFile(new URL(`../public/icon/${name}.png`, import.meta.url), png);
};
for (const [name, state] of Object.entries(STATES)) {
  for (const size of [16, 32, 128]) await draw(`${name}-${size}`, state, size);
}
for (const size of [16, 32, 48, 96, 128]) await draw(String(size), STATES.ready, size);
await browser.close();
