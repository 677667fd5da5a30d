import { ApiError, type ApiRequest, type ApiResponse } from './wire-format';

/** Something to go wrong instead of, or with, an answer. */
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
  /**
   * - `error`: the refusal, as the service writes it
   * - `page`: the status, with a page of a proxy or a load balancer instead of the service's error
   * - `hang`: no answer, the connection stays open
   * - `reset`: no answer, the connection is reset, and nothing was done
   * - `lost`: the call is done, and then the connection is reset
   * - `cut`: the call is done, and half of its answer arrives
   * @default 'error'
   */
  readonly answer?: 'error' | 'page' | 'hang' | 'reset' | 'lost' | 'cut';
}

/** Faults waiting for their calls. */
export class FaultInjection {
  private waiting: { readonly fault: Fault; left: number }[] = [];

  /** Adds a fault; of several that match, the oldest comes first. */
  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times });
  }

  /** Forgets the faults that still wait. */
  clear(): void {
    this.waiting = [];
  }

  /**
   * Answers a request, by `answer` where no fault waits for it.
   * @throws ApiError when the fault is a refusal.
   */
  async apply(request: ApiRequest, answer: () => Promise<ApiResponse>): Promise<ApiResponse> {
    const fault = this.take(request);
    const nothing = { status: 200, headers: {}, body: '' };
    switch (fault?.answer ?? 'error') {
      case 'page':
        return page(fault?.status ?? 500);
      case 'hang':
        return { ...nothing, connection: 'hang' };
      case 'reset':
        return { ...nothing, connection: 'reset' };
      case 'lost':
        return { ...(await answer()), connection: 'reset' };
      case 'cut':
        return { ...(await answer()), connection: 'cut' };
      default:
        if (fault !== undefined) throw new ApiError(fault.status, fault.code, fault.message);
        return answer();
    }
  }

  private take(request: ApiRequest): Fault | undefined {
    const hit = this.waiting.find(({ fault }) => matches(fault, request));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    this.waiting = this.waiting.filter(({ left }) => left > 0);
    return hit.fault;
  }
}

function page(status: number): ApiResponse {
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function matches(fault: Fault, request: ApiRequest): boolean {
  return (
    fault.service === request.service &&
    fault.operation === request.operation &&
    (fault.when === undefined || fault.when(request.parameters))
  );
}
