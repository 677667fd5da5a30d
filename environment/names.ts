import type { Environment } from './schema/environment-schema';

type Named = Pick<Environment, 'name'>;

/** The stack that builds the AMI. */
export const imageStackName = ({ name }: Named): string => `${name}-windows-image`;

/** The stack with the nodes that run it. */
export const nodesStackName = ({ name }: Named): string => `${name}-windows-nodes`;

/** Begins the names of what the image stack makes in AWS. */
export const imageName = ({ name }: Named): string => `${name}-windows`;

/** Names the launch template with which EC2 Fast Launch prepares snapshots. */
export const fastLaunchName = (environment: Named): string =>
  `${imageName(environment)}-fast-launch`;

/** Names the Auto Scaling group, the launch template and the nodes of a group. */
export const groupName = (environment: Named, group: string): string =>
  `${nodesStackName(environment)}-${group}`;

/**
 * Where the AMI goes over from one stack to the other. Two stacks with a parameter in between, not
 * one stack's output in the other: each can be planned, applied and rolled back by itself.
 */
export const amiParameterName = (environment: Named): string =>
  `/imagebuilder/${imageName(environment)}/ami-id`;
