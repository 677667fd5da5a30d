import type { ApiClient } from './api-client';
import { PerRegion } from './per-region';
import { type ApiRequest, type ApiResponse, jsonResponse, textOf } from './wire-format';

interface SeededParameter {
  readonly value: string;
  readonly version: number;
  readonly modified: number;
}

/** Parameters AWS publishes under `/aws/service/`, a name space moto_server lets nobody write. */
export class PublicParameters {
  private readonly regions = new PerRegion<Map<string, SeededParameter>>(() => new Map());

  constructor(private readonly moto: ApiClient) {}

  /**
   * Publishes a value; again for the same name gives the next version.
   * @throws RangeError for a name outside `/aws/`; write those with PutParameter.
   */
  seed(region: string, name: string, value: string): void {
    if (!name.startsWith('/aws/')) {
      throw new RangeError(
        `\`name\` must start with /aws/, got: ${name}; write other parameters with PutParameter`,
      );
    }
    const parameters = this.regions.of(region);
    const version = (parameters.get(name)?.version ?? 0) + 1;
    parameters.set(name, { value, version, modified: Math.floor(Date.now() / 1000) });
  }

  /** The value of a published or own parameter; undefined when there is none. */
  async valueOf(region: string, name: string): Promise<string | undefined> {
    const seeded = this.regions.of(region).get(plainName(name));
    if (seeded !== undefined) return seeded.value;
    try {
      const answer = await this.moto.json('ssm', 'GetParameter', { Name: name }, region);
      return textOf(answer['Parameter'] as Record<string, unknown>, 'Value');
    } catch {
      return undefined;
    }
  }

  /** Answers a request for published parameters; undefined when it is about other ones. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    switch (request.operation) {
      case 'GetParameter': {
        const found = this.describe(request.region, textOf(request.parameters, 'Name'));
        return found === undefined ? undefined : jsonResponse({ Parameter: found });
      }
      case 'GetParameters':
        return this.getMany(request);
      case 'GetParametersByPath':
        return this.getByPath(request);
      default:
        return undefined;
    }
  }

  private async getMany(request: ApiRequest): Promise<ApiResponse | undefined> {
    const names = (request.parameters['Names'] ?? []) as readonly string[];
    const found = names.flatMap((name) => this.describe(request.region, name) ?? []);
    if (found.length === 0) return undefined;
    const rest = names.filter((name) => this.describe(request.region, name) === undefined);
    if (rest.length === 0) return jsonResponse({ Parameters: found, InvalidParameters: [] });
    const others = await this.moto.json(
      'ssm',
      'GetParameters',
      { ...request.parameters, Names: rest },
      request.region,
    );
    const parameters = [...found, ...((others['Parameters'] ?? []) as unknown[])];
    return jsonResponse({ ...others, Parameters: parameters });
  }

  private getByPath(request: ApiRequest): ApiResponse | undefined {
    const path = textOf(request.parameters, 'Path').replace(/\/?$/, '/');
    const recursive = request.parameters['Recursive'] === true;
    const names = [...this.regions.of(request.region).keys()].filter(
      (name) => name.startsWith(path) && (recursive || !name.slice(path.length).includes('/')),
    );
    if (names.length === 0) return undefined;
    const found = names.flatMap((name) => this.describe(request.region, name) ?? []);
    return jsonResponse({ Parameters: found });
  }

  private describe(region: string, name: string): Record<string, unknown> | undefined {
    const plain = plainName(name);
    const parameter = this.regions.of(region).get(plain);
    if (parameter === undefined) return undefined;
    return {
      ARN: `arn:aws:ssm:${region}::parameter${plain}`,
      DataType: 'text',
      LastModifiedDate: parameter.modified,
      Name: plain,
      Type: 'String',
      Value: parameter.value,
      Version: parameter.version,
    };
  }
}

/** The name in a parameter ARN, or the name itself. */
function plainName(name: string): string {
  return name.replace(/^arn:aws:ssm:[^:]*:\d*:parameter/, '');
}
