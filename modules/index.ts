export * from './ami-retention';
export {
  formatProblem,
  type HostTenancy,
  type Path,
  type PlanCondition,
  type Problem,
  quotePowerShell,
  quotePowerShellArray,
  type Tags,
  type Tenancy,
  ValidationError,
} from './core';
export * from './eks-windows-nodes';
export * from './eks-windows-support';
export * from './fast-launch';
export {
  type AssumedRole,
  type AwsCliCredentials,
  type IamOptions,
  type PolicyConditions,
  type PolicyDocument,
  type PolicyStatement,
  renderPolicy,
} from './iam';
export * from './image-builder';
export * from './windows-base';
