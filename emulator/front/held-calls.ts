import type { ApiRequest, ApiResponse } from './wire-format';

/** Which call to hold, and when. */
export interface Hold {
  readonly service: string;
  readonly operation: string;
  /** Before the call is done, or when it is done and its answer waits. */
  readonly at: 'arrival' | 'answer';
  /** Limits it to such calls. @default every call of the operation */
  readonly when?: () => boolean;
}

/** A call that is held, or will be. */
export interface HeldCall {
  /** Resolves when the call is held. */
  readonly reached: Promise<void>;
  /** Lets it go on. */
  release(): void;
}

interface Waiting {
  readonly hold: Hold;
  readonly reach: () => void;
  readonly released: Promise<void>;
}

const NOTHING = (): void => undefined;

/** Stops the time for a call, so that a test can do something just then. */
export class HeldCalls {
  private waiting: Waiting[] = [];

  /** Holds the next call that matches. */
  add(hold: Hold): HeldCall {
    let reach = NOTHING;
    let release = NOTHING;
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.waiting.push({ hold, reach, released });
    return { reached, release: () => release() };
  }

  /** Answers a request, with a stop where it is held. */
  async apply(request: ApiRequest, answer: () => Promise<ApiResponse>): Promise<ApiResponse> {
    const held = this.waiting.find(({ hold }) => matches(hold, request));
    if (held === undefined) return answer();
    this.waiting = this.waiting.filter((other) => other !== held);
    if (held.hold.at === 'answer') {
      const response = await answer();
      await stop(held);
      return response;
    }
    await stop(held);
    return answer();
  }
}

async function stop({ reach, released }: Waiting): Promise<void> {
  reach();
  await released;
}

function matches({ service, operation, when }: Hold, request: ApiRequest): boolean {
  return service === request.service && operation === request.operation && (when?.() ?? true);
}
