/** What the settings page asks of the contacts; lib/extension/contacts-link.ts answers, or the screens' harness. */

export interface ContactsLink {
  /** Everybody, as a file of that form. Rejects where they cannot be read. */
  take(form: 'vcf' | 'csv'): Promise<string>;
  /** Null where the text is no list of contacts. Rejects where they cannot be stored. */
  bring(text: string): Promise<{ readonly added: number; readonly merged: number; readonly skipped: number } | null>;
}
