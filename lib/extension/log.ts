/** The log of one context: constant sentences, facts beside them, nothing below `info` unless asked for. */

import type { Log, LogFacts } from '../phone/ports';

type Level = 'error' | 'warn' | 'info' | 'debug';

/** Writes to the console as `[name] message {facts}`. Callers pass no secrets; frames are redacted before they come here. */
export function createLog(name: string, options: { readonly debug: boolean } = { debug: false }): Log {
  const write =
    (level: Level) =>
    (message: string, facts: LogFacts = {}): void => {
      if (level === 'debug' && !options.debug) return;
      console[level](`[${name}] ${message}`, facts);
    };
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}
