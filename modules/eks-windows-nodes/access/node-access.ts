import {
  checkEach,
  checkIamRoleArn,
  checkOneOf,
  checkText,
  checkUnique,
  type Path,
  type Problem,
  problem,
  type TextRule,
} from '../../core';
import { AWS_AUTH_MODES } from './aws-auth';

/**
 * How a cluster gets to know the role of its Windows nodes.
 *
 * - `access-entry`: an access entry of the type `EC2_WINDOWS` is made.
 * - `existing-entry`: there is one already; the plan stops when it is of another type.
 * - `aws-auth`: nothing is made; add the text of the output to the ConfigMap `aws-auth`.
 * - `none`: nothing is made and nothing is checked.
 */
export const NODE_ACCESS_ENTRIES = ['access-entry', 'existing-entry', 'aws-auth', 'none'] as const;

/** One of {@link NODE_ACCESS_ENTRIES}. */
export type NodeAccessEntry = (typeof NODE_ACCESS_ENTRIES)[number];

/** What Windows nodes are, to AWS and to the cluster. */
export interface NodeAccess {
  /** @default access-entry */
  readonly entry?: NodeAccessEntry | undefined;
  /**
   * ARN of a role that exists already: then none is made, only an instance profile for it. It must
   * not be the role of Linux nodes. Its policies are left to its owner.
   * @default - a role is made
   */
  readonly roleArn?: string | undefined;
  /**
   * Name of an instance profile that exists already: then neither a role nor a profile is made.
   * @default - an instance profile is made
   */
  readonly instanceProfileName?: string | undefined;
  /**
   * Whether people may open a session on the nodes with Systems Manager Session Manager. Attaches
   * `AmazonSSMManagedInstanceCore`.
   * @default false
   */
  readonly sessionManager?: boolean | undefined;
  /**
   * ARNs of further policies of the role. IAM attaches 10 at most to a role, ours among them.
   * @default - none
   */
  readonly policyArns?: readonly string[] | undefined;
}

/** Authentication modes of a cluster in which each kind of entry works; any, when not here. */
export const ENTRY_MODES: Readonly<Partial<Record<NodeAccessEntry, readonly string[]>>> = {
  'access-entry': ['API', 'API_AND_CONFIG_MAP'],
  'existing-entry': ['API', 'API_AND_CONFIG_MAP'],
  'aws-auth': AWS_AUTH_MODES,
};

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
const INSTANCE_PROFILE_NAME: TextRule = {
  id: 'instance-profile-name',
  pattern: /^[A-Za-z0-9_+=,.@-]{1,128}$/,
  rule: 'be the name of an instance profile: 1 to 128 letters, digits and _+=,.@-',
  whatToDo: 'name it without its path',
};

const POLICY_ARN: TextRule = {
  id: 'node-policy-arn',
  pattern:
    /^arn:aws(?:-[a-z]+)*:iam::(?:\d{12}|aws):policy\/(?:[!-.0-~]+\/)*[A-Za-z0-9_+=,.@-]{1,128}$/,
  rule: 'be the ARN of a policy such as arn:aws:iam::111122223333:policy/node-logs',
};

/** Checks each value of an access, and how they go together. */
export function checkNodeAccess(path: Path, access: NodeAccess): Problem[] {
  const { entry = 'access-entry', roleArn, instanceProfileName, policyArns = [] } = access;
  return [
    ...checkOneOf([...path, 'entry'], entry, NODE_ACCESS_ENTRIES),
    ...(roleArn === undefined ? [] : checkIamRoleArn([...path, 'roleArn'], roleArn)),
    ...(instanceProfileName === undefined
      ? []
      : checkText([...path, 'instanceProfileName'], instanceProfileName, INSTANCE_PROFILE_NAME)),
    ...checkUnique([...path, 'policyArns'], policyArns),
    ...checkEach([...path, 'policyArns'], policyArns, (at, arn) => checkText(at, arn, POLICY_ARN)),
    ...checkExistingRole(path, access),
  ];
}

function checkExistingRole(path: Path, access: NodeAccess): Problem[] {
  const { roleArn, instanceProfileName, sessionManager = false, policyArns = [] } = access;
  if (roleArn === undefined && instanceProfileName === undefined) return [];
  const advice = 'the policies of a role that exists already are left to its owner';
  return [
    ...(roleArn === undefined || instanceProfileName === undefined
      ? []
      : [
          problem(
            'existing-role-profile',
            [...path, 'instanceProfileName'],
            'be left out where `roleArn` is given',
            instanceProfileName,
            'the role of the profile is looked up',
          ),
        ]),
    ...(sessionManager
      ? [
          problem(
            'existing-role-session-manager',
            [...path, 'sessionManager'],
            'be false for an existing role',
            true,
            advice,
          ),
        ]
      : []),
    ...(policyArns.length > 0
      ? [
          problem(
            'existing-role-policies',
            [...path, 'policyArns'],
            'be empty for an existing role',
            policyArns,
            advice,
          ),
        ]
      : []),
  ];
}

/** Checks an authentication mode that is known against the kind of entry. */
export function checkAuthenticationMode(path: Path, mode: string, entry: NodeAccessEntry) {
  const modes = ENTRY_MODES[entry];
  return modes === undefined ? [] : checkOneOf(path, mode, modes);
}
