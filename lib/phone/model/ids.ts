/** The identities that cross layers, branded so that one is never taken for another. */

/** A call as people see it: one id from first ring to last, whatever recovery does to the leg. */
export type CallId = string & { readonly CallId: unique symbol };

/** The wire's callID of one leg; recovery by a new INVITE replaces it (seed, keepConnectionAliveOnSocketClose). */
export type LegId = string & { readonly LegId: unique symbol };

/** One account of the person's. */
export type LineId = string & { readonly LineId: unique symbol };

/** An audio device as the browser names it. */
export type DeviceId = string & { readonly DeviceId: unique symbol };

/** Brands a fresh or received id as what it is. */
export const callId = (text: string): CallId => text as CallId;
export const legId = (text: string): LegId => text as LegId;
