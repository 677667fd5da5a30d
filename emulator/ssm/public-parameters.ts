import type { ApiClient } from '../front/api-client';
import { PerRegion } from '../front/per-region';
import { type ApiRequest, type ApiResponse, jsonResponse, textOf } from '../front/wire-format';

interface SeededParameter {
  readonly value: string;
  readonly version: number;
  readonly modified: number;
}

/** All versions of a parameter, oldest first. */
type History = readonly SeededParameter[];

/** Parameters AWS publishes under `/aws/service/`, a name space moto_server lets nobody write. */
export class PublicParameters {
  private readonly regions = new PerRegion<Map<string, History>>(() => new Map());

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
    const history = parameters.get(name) ?? [];
    const modified = Math.floor(Date.now() / 1000);
    parameters.set(name, [...history, { value, version: history.length + 1, modified }]);
  }

  /** The value of a published or own parameter; undefined when there is none. */
  async valueOf(region: string, name: string): Promise<string | undefined> {
    const seeded = this.find(region, name);
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

  /** The newest version, or the one that the name asks for. */
  private find(region: string, selector: string): SeededParameter | undefined {
    const [name, version] = nameAndVersion(selector);
    const history = this.regions.of(region).get(name) ?? [];
    return history.filter((item) => version === undefined || item.version === version).pop();
  }

  private describe(region: string, name: string): Record<string, unknown> | undefined {
    const [plain, version] = nameAndVersion(name);
    const parameter = this.find(region, name);
    if (parameter === undefined) return undefined;
    return {
      ...(version === undefined ? {} : { Selector: `:${version}` }),
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

/** The name, perhaps from an ARN, and the version asked for with `name:version`. */
function nameAndVersion(selector: string): readonly [name: string, version: number | undefined] {
  const name = selector.replace(/^arn:aws:ssm:[^:]*:\d*:parameter/, '');
  const [plain = '', version] = name.split(':');
  return [plain, version === undefined ? undefined : Number(version)];
}
