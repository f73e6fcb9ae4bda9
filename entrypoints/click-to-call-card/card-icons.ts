/** The few drawings of the card, built node by node: nothing here is ever parsed as markup. */

const SVG = 'http://www.w3.org/2000/svg';
const HANDSET =
  'M12 7.6c-3.9 0-7.4 1.2-9.4 3.2-1 1-1 2.4-.6 3.9.2.8.9 1.3 1.7 1.1l3-.6c.6-.1 1.1-.6 1.2-1.3l.2-1.7c1.2-.4 2.5-.6 3.9-.6s2.7.2 3.9.6l.2 1.7c.1.7.6 1.2 1.2 1.3l3 .6c.8.2 1.5-.3 1.7-1.1.4-1.5.4-2.9-.6-3.9-2-2-5.5-3.2-9.4-3.2z';
const COPY =
  'M11.5 8.5h5.5a3 3 0 0 1 3 3v5.5a3 3 0 0 1-3 3h-5.5a3 3 0 0 1-3-3v-5.5a3 3 0 0 1 3-3zM15.5 5.8A2.3 2.3 0 0 0 13.3 4H7a3 3 0 0 0-3 3v6.3c0 1 .8 2 1.8 2.2';

const DRAWINGS = {
  phone: { d: HANDSET, fill: 'currentColor', transform: 'rotate(-135 12 12) translate(0 .4)' },
  hang: { d: HANDSET, fill: 'currentColor', transform: 'translate(0 .5)' },
  copy: { d: COPY, fill: 'none', transform: '' },
  check: { d: 'M5 12.8l4.4 4.4L19 7.4', fill: 'none', transform: '' },
} as const;
export type Icon = keyof typeof DRAWINGS;

export function icon(name: Icon, size: number): SVGElement {
  const { d, fill, transform } = DRAWINGS[name];
  const drawing = canvas(size, 24);
  drawing.append(node('path', { d, fill, transform, ...(fill === 'none' ? STROKE : {}) }));
  return drawing;
}

/** Two posts and the rope between them. */
export function logo(): SVGElement {
  const drawing = canvas(22, 32);
  const post = { y: '6', width: '5', height: '20', rx: '2.5', fill: '#fff' };
  drawing.append(
    node('rect', { width: '32', height: '32', rx: '9', fill: '#0B6B60' }),
    node('path', {
      ...STROKE,
      d: 'M9.4 15.2C12 18.8 20 18.8 22.6 15.2',
      fill: 'none',
      stroke: '#86E6D2',
      'stroke-width': '3.3',
    }),
    node('rect', { ...post, x: '6.2' }),
    node('rect', { ...post, x: '20.8' }),
  );
  return drawing;
}

const STROKE = {
  stroke: 'currentColor',
  'stroke-width': '1.75',
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
};

function canvas(size: number, box: number): SVGElement {
  return node('svg', { width: `${size}`, height: `${size}`, viewBox: `0 0 ${box} ${box}`, 'aria-hidden': 'true' });
}

function node(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
