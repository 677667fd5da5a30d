import { ApiError, type ApiRequest } from './wire-format';

/** A refusal to give instead of an answer. */
export interface Fault {
  /** Signing name of the service, such as `ec2`. */
  readonly service: string;
  readonly operation: string;
  /** HTTP status, such as 503. */
  readonly status: number;
  /** Error code, such as `RequestLimitExceeded`. */
  readonly code: string;
  readonly message: string;
  /** How many calls it hits. */
  readonly times: number;
  /** Limits it to calls with matching parameters. @default every call */
  readonly when?: (parameters: Readonly<Record<string, unknown>>) => boolean;
}

/** Faults waiting for their calls. */
export class FaultInjection {
  private waiting: { readonly fault: Fault; left: number }[] = [];

  /** Adds a fault; of several that match, the oldest comes first. */
  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times });
  }

  /** The refusal for a request; undefined when no fault waits for it. */
  take(request: ApiRequest): ApiError | undefined {
    const hit = this.waiting.find(({ fault }) => matches(fault, request));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    this.waiting = this.waiting.filter(({ left }) => left > 0);
    return new ApiError(hit.fault.status, hit.fault.code, hit.fault.message);
  }
}

function matches(fault: Fault, request: ApiRequest): boolean {
  return (
    fault.service === request.service &&
    fault.operation === request.operation &&
    (fault.when === undefined || fault.when(request.parameters))
  );
}
