import type { ApiClient } from '../front/api-client';
import { ApiError, type ApiRequest, type ApiResponse, textOf } from '../front/wire-format';
import { changeXml, readXml, textElement, writeXml, type XmlElement } from '../front/xml-reading';

/**
 * AWS managed policies that exist but that moto_server does not know.
 * Source: https://docs.aws.amazon.com/imagebuilder/latest/userguide/security-iam-awsmanpol.html
 */
const UNKNOWN_TO_MOTO = new Set(['arn:aws:iam::aws:policy/EC2ImageBuilderExecutionPolicy']);

/** Attachments of AWS managed policies which moto_server would refuse as unknown. */
export class ManagedPolicies {
  /** Policy ARNs by role name. */
  private readonly attached = new Map<string, Set<string>>();

  constructor(private readonly moto: ApiClient) {}

  /** Answers an IAM request about such policies; undefined when it is about something else. */
  async handle(request: ApiRequest): Promise<ApiResponse | undefined> {
    const role = textOf(request.parameters, 'RoleName');
    const policy = textOf(request.parameters, 'PolicyArn');
    switch (request.operation) {
      case 'AttachRolePolicy':
        return UNKNOWN_TO_MOTO.has(policy) ? this.attach(request, role, policy) : undefined;
      case 'DetachRolePolicy':
        return this.attached.get(role)?.delete(policy) === true ? emptyAnswer(request) : undefined;
      case 'ListAttachedRolePolicies':
        return this.list(request, role);
      case 'DeleteRole':
        this.requireNothingAttached(role);
        return undefined;
      default:
        return undefined;
    }
  }

  private async attach(request: ApiRequest, role: string, policy: string): Promise<ApiResponse> {
    await this.moto.query('iam', 'GetRole', { RoleName: role }, request.region);
    this.attached.set(role, (this.attached.get(role) ?? new Set()).add(policy));
    return emptyAnswer(request);
  }

  private async list(request: ApiRequest, role: string): Promise<ApiResponse | undefined> {
    const policies = [...(this.attached.get(role) ?? [])];
    if (policies.length === 0) return undefined;
    const answer = await this.moto.send('POST', '/', request.headers, request.body);
    if (answer.status >= 300) return answer;
    const document = changeXml(readXml(answer.body), (element) =>
      element.name === 'AttachedPolicies'
        ? { ...element, children: [...element.children, ...policies.map(policyElement)] }
        : undefined,
    );
    return { ...answer, body: writeXml(document) };
  }

  private requireNothingAttached(role: string): void {
    if ((this.attached.get(role)?.size ?? 0) === 0) return;
    const message = 'Cannot delete entity, must detach all policies first.';
    throw new ApiError(409, 'DeleteConflict', message);
  }
}

function policyElement(arn: string): XmlElement {
  const children = [
    textElement('PolicyName', arn.split('/').pop() ?? arn),
    textElement('PolicyArn', arn),
  ];
  return { name: 'member', text: '', children };
}

function emptyAnswer(request: ApiRequest): ApiResponse {
  const body = `<${request.operation}Response></${request.operation}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}
