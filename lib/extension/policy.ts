/** What an administrator may set, read with suspicion: whatever does not fit is left out and named; pure. */

import type { LineId } from '../phone/model/ids';
import { parkingPlaces } from './parking-places';
import { isRecord } from './record';
import { readSections, type SettingsFile } from './settings-file';
import type { LineOptions, LineSecret, Secrets, StoredLine, StoredSettings } from './stored';

/** Locked: it wins over what the person stored. */
export type Policy = Partial<Omit<StoredSettings, 'devices'>>;
/** Proposed: what the phone begins with, for the person to change. */
export type Proposal = SettingsFile;

type Members = Readonly<Record<string, unknown>>;

export function checkPolicy(managed: unknown): { readonly policy: Policy; readonly skipped: readonly string[] } {
  if (!isRecord(managed)) return { policy: {}, skipped: managed === null ? [] : ['settings'] };
  const { lines, secrets, ...rest } = managed;
  const { settings, skipped } = readSections(rest);
  const read = readLines(lines);
  return {
    policy: {
      ...present(settings, rest),
      ...(read.lines.length === 0 ? {} : { lines: read.lines }),
      ...(isRecord(secrets) ? { secrets: readSecrets(secrets) } : {}),
    },
    skipped: [...skipped, ...read.skipped],
  };
}

/** Accounts and their secrets are no proposal: they are the person's own or the administrator's. */
export function checkProposal(managed: unknown): { readonly proposal: Proposal; readonly skipped: readonly string[] } {
  if (!isRecord(managed)) return { proposal: {}, skipped: managed === null ? [] : ['defaults'] };
  const { settings, skipped } = readSections(managed);
  return { proposal: present(settings, managed), skipped };
}

/** Only the sections that were there: a page must not think that an empty one is locked. */
function present(settings: SettingsFile, given: Members): SettingsFile {
  return Object.fromEntries(Object.entries(settings).filter(([section]) => section in given));
}

/** An account needs an id and a name; the rest is what a new account begins with. */
function readLines(lines: unknown): { readonly lines: readonly StoredLine[]; readonly skipped: readonly string[] } {
  if (lines === undefined) return { lines: [], skipped: [] };
  if (!Array.isArray(lines)) return { lines: [], skipped: ['lines'] };
  const skipped: string[] = [];
  const read = lines.flatMap((line: unknown, index) => {
    const { settings, skipped: unfit } = readSections({ options: isRecord(line) ? (line['options'] ?? {}) : {} });
    const made = isRecord(line) ? lineOf(line, settings.options ?? {}) : null;
    skipped.push(...(made === null ? [`lines.${index}`] : unfit.map((name) => `lines.${index}.${name}`)));
    return made ?? [];
  });
  return { lines: read, skipped };
}

const KINDS = ['telnyx', 'verto', 'assistant'] as const;

function lineOf(line: Members, options: LineOptions): StoredLine | null {
  const { id, name } = line;
  const kind = KINDS.find((known) => known === (line['kind'] ?? 'telnyx'));
  if (typeof id !== 'string' || id === '' || typeof name !== 'string' || kind === undefined) return null;
  const { url, domain, park } = isRecord(line['verto']) ? line['verto'] : {};
  const { target_id, target_version_id, target_params } = isRecord(line['assistant']) ? line['assistant'] : {};
  if (kind === 'verto' && (typeof url !== 'string' || typeof domain !== 'string')) return null;
  if (park !== undefined && (typeof park !== 'string' || parkingPlaces(park) === null)) return null;
  if (kind === 'assistant' && typeof target_id !== 'string') return null;
  return {
    id: id as LineId,
    name,
    kind,
    enabled: line['enabled'] !== false,
    login: text(line['login']),
    assistant:
      typeof target_id === 'string'
        ? {
            target_type: 'ai_assistant',
            target_id,
            ...(typeof target_version_id === 'string' ? { target_version_id } : {}),
            ...(isRecord(target_params) ? { target_params: texts(target_params) } : {}),
          }
        : null,
    verto:
      typeof url === 'string' && typeof domain === 'string'
        ? { url, domain, ...(park === undefined ? {} : { park }) }
        : null,
    callerIds: Array.isArray(line['callerIds']) ? line['callerIds'].filter((one) => typeof one === 'string') : [],
    callerName: text(line['callerName']),
    remember: true,
    options,
  };
}

function readSecrets(secrets: Members): Secrets {
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([line, secret]): [string, LineSecret][] => {
      if (!isRecord(secret)) return [];
      const { password, token } = secret;
      return [
        [
          line,
          {
            ...(typeof password === 'string' ? { password } : {}),
            ...(typeof token === 'string' ? { token } : {}),
          },
        ],
      ];
    }),
  );
}

function texts(members: Members): { readonly [key: string]: string } {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
