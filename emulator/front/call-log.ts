import type { ApiRequest } from './wire-format';

/** One API call the emulator received. */
export interface ApiCall {
  readonly service: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly region: string;
  /** HTTP status of the answer; 0 while there is none. */
  readonly status: number;
}

const READ_ONLY = /^(Describe|Get|List|Head|Simulate|Check|Lookup|GET |HEAD )/;

/** Every call in the order of arrival. */
export class CallLog {
  private readonly entries: { -readonly [Field in keyof ApiCall]: ApiCall[Field] }[] = [];

  /** All calls so far. */
  get calls(): readonly ApiCall[] {
    return this.entries;
  }

  /** Adds a call; the returned function notes the status of its answer. */
  add(request: ApiRequest): (status: number) => void {
    const { service, operation, parameters, region } = request;
    const entry = { service, operation, parameters, region, status: 0 };
    this.entries.push(entry);
    return (status) => {
      entry.status = status;
    };
  }
}

/** Whether a call can change something, by the name of its operation. */
export function isMutation(call: ApiCall): boolean {
  return !READ_ONLY.test(call.operation);
}
