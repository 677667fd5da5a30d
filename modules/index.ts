export * from './ami-retention';
export {
  type AssumedRole,
  type AwsCliCredentials,
  formatProblem,
  type HostTenancy,
  type IamOptions,
  type Path,
  type PlanCondition,
  type PolicyConditions,
  type PolicyDocument,
  type PolicyStatement,
  type Problem,
  quotePowerShell,
  quotePowerShellArray,
  renderPolicy,
  type Tags,
  type Tenancy,
  ValidationError,
} from './core';
export * from './eks-windows-nodes';
export * from './eks-windows-support';
export * from './fast-launch';
export * from './image-builder';
export * from './windows-base';
