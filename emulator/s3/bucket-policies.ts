import type { ApiClient } from '../front/api-client';
import { ApiError, type ApiRequest, type ApiResponse } from '../front/wire-format';

/**
 * Policies of S3 buckets. moto_server would apply them without their conditions, so that a policy
 * against plain HTTP closes the bucket; here they are only kept.
 */
export class BucketPolicies {
  private readonly policies = new Map<string, string>();

  constructor(private readonly moto: ApiClient) {}

  /** Answers an S3 request about a bucket policy; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    const bucket = /^\/([^/?]+)\/?\?(?:[^&]+&)*policy=?(?:&|$)/.exec(request.target)?.[1];
    const deleted = /^\/([^/?]+)\/?(?:\?x-id=DeleteBucket)?$/.exec(request.target)?.[1];
    if (request.method === 'DELETE' && deleted !== undefined) this.policies.delete(deleted);
    if (bucket === undefined) return undefined;
    await this.requireBucket(bucket, request.region);
    if (request.method === 'GET') return this.get(bucket);
    if (request.method === 'PUT') this.put(bucket, request.body);
    else this.policies.delete(bucket);
    return { status: 204, headers: {}, body: '' };
  }

  private get(bucket: string): ApiResponse {
    const body = this.policies.get(bucket);
    if (body !== undefined) {
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    }
    throw new ApiError(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
  }

  private put(bucket: string, policy: string): void {
    const statements = statementsOf(policy);
    const foreign = statements.some((statement) => !JSON.stringify(statement).includes(bucket));
    if (statements.length === 0) {
      throw new ApiError(400, 'MalformedPolicy', 'Policies must be valid JSON');
    }
    if (foreign) throw new ApiError(400, 'MalformedPolicy', 'Policy has invalid resource');
    this.policies.set(bucket, policy);
  }

  private async requireBucket(bucket: string, region: string): Promise<void> {
    const answer = await this.moto.s3('HEAD', `/${bucket}`, '', region);
    if (answer.status === 200) return;
    throw new ApiError(404, 'NoSuchBucket', 'The specified bucket does not exist');
  }
}

function statementsOf(policy: string): readonly unknown[] {
  try {
    const { Statement } = JSON.parse(policy) as { readonly Statement?: unknown };
    return [Statement ?? []].flat();
  } catch {
    return [];
  }
}
