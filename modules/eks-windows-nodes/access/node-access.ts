import {
  checkIamRoleArn,
  checkOneOf,
  type Path,
  type Problem,
  problem,
  type TextRule,
} from '../../core';
import {
  boolean,
  checkSettings,
  choice,
  list,
  type SettingProps,
  setting,
  text,
} from '../../settings';
import { AWS_AUTH_MODES } from './aws-auth';

/**
 * How a cluster gets to know the role of its Windows nodes.
 *
 * - `access-entry`: an access entry of the type `EC2_WINDOWS` is made.
 * - `existing-entry`: there is one already; the plan stops when it is of another type.
 * - `aws-auth`: nothing is made; add the text of the output to the ConfigMap `aws-auth`.
 * - `none`: nothing is made and nothing is checked.
 */
const NODE_ACCESS_ENTRIES = ['access-entry', 'existing-entry', 'aws-auth', 'none'] as const;

/** One of {@link NODE_ACCESS_ENTRIES}. */
export type NodeAccessEntry = (typeof NODE_ACCESS_ENTRIES)[number];

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

/** The settings of {@link NodeAccess}. */
export const NODE_ACCESS_SETTINGS = {
  /** @default access-entry */
  entry: setting(choice(NODE_ACCESS_ENTRIES), {
    about:
      'How the cluster gets to know the role: access-entry (one is made), existing-entry (it is there already), aws-auth (add the output aws_auth_map_roles to the ConfigMap yourself) or none',
    default: 'access-entry',
    change: 'ends',
  }),
  /**
   * ARN of a role that exists already: then none is made, only an instance profile for it. It must
   * not be the role of Linux nodes. Its policies are left to its owner.
   * @default - a role is made
   */
  roleArn: setting(text(checkIamRoleArn), {
    about: 'ARN of a role that exists already, and that no Linux node has',
    otherwise: 'one is made',
    change: 'ends',
  }),
  /**
   * Name of an instance profile that exists already: then neither a role nor a profile is made.
   * @default - an instance profile is made
   */
  instanceProfileName: setting(text(INSTANCE_PROFILE_NAME), {
    about: 'Name of an instance profile that exists already, with its role',
    otherwise: 'one is made',
    change: 'rolls',
  }),
  /**
   * Whether people may open a session on the nodes with Systems Manager Session Manager. Attaches
   * `AmazonSSMManagedInstanceCore`.
   * @default false
   */
  sessionManager: setting(boolean(), {
    about: 'Let people open sessions on the nodes with Session Manager',
    default: false,
    change: 'in-place',
  }),
  /**
   * ARNs of further policies of the role. IAM attaches 10 at most to a role, ours among them.
   * @default []
   */
  policyArns: setting(list(text(POLICY_ARN)), {
    about: 'ARNs of further policies of the role that is made',
    default: [],
    otherwise: 'none',
    change: 'in-place',
  }),
};

/** What Windows nodes are, to AWS and to the cluster. */
export interface NodeAccess extends SettingProps<typeof NODE_ACCESS_SETTINGS> {}

/** Authentication modes of a cluster in which each kind of entry works; any, when not here. */
export const ENTRY_MODES: Readonly<Partial<Record<NodeAccessEntry, readonly string[]>>> = {
  'access-entry': ['API', 'API_AND_CONFIG_MAP'],
  'existing-entry': ['API', 'API_AND_CONFIG_MAP'],
  'aws-auth': AWS_AUTH_MODES,
};

/** Checks each value of an access, and how they go together. */
export const checkNodeAccess = (path: Path, access: NodeAccess): Problem[] => [
  ...checkSettings(NODE_ACCESS_SETTINGS, access, path),
  ...checkExistingRole(path, access),
];

/** What does not go with a role that exists already. */
export function checkExistingRole(path: Path, access: NodeAccess): Problem[] {
  const { roleArn, instanceProfileName, sessionManager, policyArns = [] } = access;
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
    ...(sessionManager === true
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
