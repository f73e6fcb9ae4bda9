/** The contract, held by the compiler: everything that crosses is plain JSON, and wrong calls do not compile. */

import type { BackgroundApi, EngineApi, PageApi, TabApi } from '../../lib/extension/contract';
import type { Remote, Service } from '../../lib/extension/rpc';
import type { CallId } from '../../lib/phone/model/ids';
import type { Json } from '../../lib/phone/model/json';
import type { Levels, PhoneSnapshot } from '../../lib/phone/model/snapshot';

type Method = (...args: never[]) => unknown;
/** Whether JSON brings it over whole: no Date, Map, Error, function or stream hides inside. */
type IsJson<T> = unknown extends T ? false : [Json] extends [T] ? true : IsJsonPart<T>;
type IsJsonPart<T> = T extends string | number | boolean | null | undefined
  ? true
  : T extends Method | Date | Error | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | Promise<unknown>
    ? false
    : T extends readonly (infer Item)[]
      ? IsJson<Item>
      : T extends object
        ? false extends { [Key in keyof T]-?: IsJson<T[Key]> }[keyof T]
          ? false
          : true
        : false;
type Bad<Api> = {
  [M in keyof Api]: Api[M] extends (...args: infer A) => infer R
    ? false extends IsJson<A[number]> | ([Exclude<R, void>] extends [never] ? true : IsJson<R>)
      ? M
      : never
    : M;
}[keyof Api];

const nothing = <T extends never>(..._bad: T[]): void => undefined;
const yes = <T extends true>(..._is: T[]): void => undefined;

nothing<Bad<EngineApi>>();
nothing<Bad<BackgroundApi>>();
nothing<Bad<PageApi>>();
nothing<Bad<TabApi>>();
yes<IsJson<PhoneSnapshot>>();
yes<IsJson<Levels>>();

// The test above sees what it is there to see.
// @ts-expect-error a Date does not cross
yes<IsJson<{ readonly at: Date }>>();
// @ts-expect-error nor does an Error inside a list
yes<IsJson<readonly { readonly thrown: Error }[]>>();
// @ts-expect-error nor what nobody knows
yes<IsJson<{ readonly what: unknown }>>();
// @ts-expect-error a method with a Map is found
nothing<Bad<{ put(map: Map<string, string>): void }>>();

declare const engine: Remote<EngineApi>;
declare const call: CallId;

export const results = {
  snapshot: engine.snapshot() satisfies Promise<PhoneSnapshot>,
  dial: engine.dial({ to: '2' }) satisfies Promise<CallId>,
  hold: engine.hold(call, true) satisfies Promise<void>,
};

// @ts-expect-error a dial needs to know whom
void engine.dial();
// @ts-expect-error any text is no call
void engine.hangUp('call-1');
// @ts-expect-error the engine has no such verb
export type NoSuchVerb = Remote<EngineApi>['selfDestruct'];
// @ts-expect-error a service serves every verb
export const incomplete: Service<EngineApi> = { snapshot: () => engine.snapshot() };
