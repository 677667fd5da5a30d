import type { AmiSeed } from '../../../emulator/ec2/ami-store';
import type { FastLaunchFailure, FastLaunchOptions } from '../../../emulator/ec2/fast-launch';
import type { Fault } from '../../../emulator/front/fault-injection';
import type { Hold } from '../../../emulator/front/held-calls';

/** The AMIs of a case: A is what the nodes have at first, B comes later. */
export type AmiName = 'A' | 'B';

/** What the stack asks for. */
export interface Wanted {
  readonly ami: AmiName;
  /** Snapshots to keep ready. */
  readonly snapshots: number;
  /** Version of the launch template. */
  readonly version: number;
}

/** Fast Launch of an AMI as it stands in EC2. */
interface Standing {
  readonly state: string;
  /** Whose launch template it uses. @default 'ours' */
  readonly by?: 'ours' | 'other';
  /** @default 5 */
  readonly snapshots?: number;
  readonly reason?: string;
}

/** What is changed in AWS by hand. */
export interface ByHand {
  /** What an AMI is; `gone` deregisters it. @default - an available Windows AMI of one's own */
  readonly amis?: { readonly [Name in AmiName]?: Partial<AmiSeed> | 'gone' };
  /** Fast Launch of the AMIs, `off` for none. */
  readonly fastLaunch?: { readonly [Name in AmiName]?: Standing | 'off' };
}

/** A call of EC2's, unless another service is named. */
interface Moment {
  readonly operation: string;
  /** Only after such a call in the same run. */
  readonly after?: string;
}

/**
 * A fault of a call: throttling that lasts, when nothing else is said.
 */
export type CaseFault = Moment &
  Partial<Omit<Fault, 'when'>> & {
    /** Only calls with these parameters. @default - all */
    readonly parameters?: Readonly<Record<string, string>>;
  };

/** When something comes between. */
export type HeldMoment = Moment & Pick<Hold, 'at'>;

/** When a signal comes, and who gets it. */
export type Interruption = HeldMoment & {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL';
  /**
   * `terraform`: the process alone, as `kill` does; `all`: the scripts too, as Ctrl-C or the end of
   * a CI job does.
   */
  readonly to: 'terraform' | 'all';
};

/** What there is in the end: Fast Launch of each AMI, and the AMI that nodes are launched from. */
export interface EndState {
  /** Such as `enabled ours 1 5`: state, whose launch template, its version, snapshots. */
  readonly A?: string;
  readonly B?: string;
  readonly nodes?: AmiName;
}

/** One run of Terraform, and what it has to come to. */
export interface Run {
  /** @default 'apply' */
  readonly command?: 'apply' | 'destroy';
  /** Differences from the run before. */
  readonly wanted?: Partial<Wanted>;
  /** What is done by hand just before. */
  readonly byHand?: ByHand;
  readonly faults?: readonly CaseFault[];
  readonly failures?: readonly FastLaunchFailure[];
  /** Variables in Terraform's environment; an empty one is taken out. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is wrong with the AWS CLI on PATH. @default - nothing */
  readonly cli?: CliFault;
  readonly interruption?: Interruption;
  /** What happens while a call is held. */
  readonly meanwhile?: HeldMoment & {
    readonly byHand?: ByHand;
    readonly rules?: FastLaunchOptions;
    /** The clock goes on by more than the scripts wait. @default false */
    readonly timeIsUp?: boolean;
  };
  /** How EC2 behaves from now on. @default - as before */
  readonly rules?: FastLaunchOptions;
}

/**
 * - `absent`: there is none
 * - `old`: it knows no Fast Launch
 * - `unreachable`: AWS refuses the connection
 * - `impatient`: it waits five seconds for an answer, rather than a minute
 */
export type CliFault = 'absent' | 'old' | 'unreachable' | 'impatient';

/** What a run comes to. */
export interface Outcome {
  /** Exit code of Terraform; `none` when a signal ended it. */
  readonly exit: number | 'none';
  readonly state: EndState;
  /** Lines that the scripts print; ids are replaced by names, seconds by N. @default - not looked at */
  readonly says?: readonly string[];
  /** Calls that change something, in order, refused ones with their status. @default - not looked at */
  readonly changes?: readonly string[];
}

/** A row of the table. */
export interface FaultCase {
  /** A sentence. */
  readonly name: string;
  /** Content of version 1 of the launch template. @default - nothing that EC2 refuses */
  readonly template?: Readonly<Record<string, string>>;
  /** How EC2 behaves where AWS documents nothing. */
  readonly rules?: FastLaunchOptions;
  /** The command of the AWS CLI that is left to version 2; `all` for every one. @default - none */
  readonly cliV2?: string;
  /** Whether the stack was applied before, with A and without a fault. @default false */
  readonly applied?: boolean;
  /** The run with the fault. */
  readonly run: Run;
  readonly comesTo: Outcome;
  /** The run without the fault. @default - an apply of the same */
  readonly next?: Run;
  /** What the next run ends with; its exit code is 0, and a plan after an apply is empty. */
  readonly thenComesTo: Omit<Outcome, 'exit'>;
}

/** Fast Launch of an AMI as a stack asks for it when nothing else is said. */
export const ON = 'enabled ours 1 5';

/** All is well with the AMI from before, which the nodes are on. */
export const ALL_ON_A: EndState = { A: ON, nodes: 'A' };

/** All is well with the new AMI, and the one from before is off. */
export const ALL_ON_B: EndState = { B: ON, nodes: 'B' };
