import { type ITerraformDependable, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** A command that Terraform runs on the machine it runs on. */
interface LocalExec {
  /** A fixed POSIX sh script. Values come by `environment`, never inside the text. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  /** @default - when the resource is created */
  readonly when?: 'destroy';
}

/** Inputs of a {@link TerraformData}. */
export interface TerraformDataProps {
  /**
   * The resource is replaced, and its commands run again, when one of these changes.
   * @default - it is never replaced
   */
  readonly triggersReplace?: Readonly<Record<string, string>>;
  /** Values that change in place, and that a command at destroy may refer to. @default - none */
  readonly input?: Readonly<Record<string, string>>;
  /** @default - no command */
  readonly localExec?: readonly LocalExec[];
  /** @default - nothing beyond what the expressions refer to */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** Conditions checked at plan. @default - none */
  readonly preconditions?: readonly { readonly condition: string; readonly errorMessage: string }[];
}

/**
 * Terraform's built-in `terraform_data`: a resource that exists in the state only, and that runs
 * commands when it comes and goes.
 *
 * CDKTF's own `DataResource` is not used because it runs the terraform binary during synthesis.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export class TerraformData extends TerraformResource {
  constructor(scope: Construct, id: string, props: TerraformDataProps) {
    const { dependsOn = [], preconditions = [] } = props;
    super(scope, id, {
      terraformResourceType: 'terraform_data',
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
      ...(preconditions.length === 0 ? {} : { lifecycle: { precondition: [...preconditions] } }),
    });
    if (props.triggersReplace !== undefined) {
      this.addOverride('triggers_replace', props.triggersReplace);
    }
    if (props.input !== undefined) this.addOverride('input', props.input);
    if (props.localExec !== undefined && props.localExec.length > 0) {
      // Written as an override because CDKTF changes the case of the names in `environment`.
      this.addOverride('provisioner', props.localExec.map(buildProvisioner));
    }
  }

  /** How people name it to Terraform, as in `terraform apply -replace=<address>`. */
  public get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  /** One of the values of `triggersReplace`, for what has to come after the resource. */
  public trigger(name: string): string {
    return this.getStringAttribute(`triggers_replace.${name}`);
  }

  /** Replaced whenever the resource is: refer to it to follow its life. */
  public get id(): string {
    return this.getStringAttribute('id');
  }
}

function buildProvisioner(exec: LocalExec): object {
  return {
    'local-exec': {
      command: exec.command,
      environment: exec.environment,
      interpreter: ['/bin/sh', '-c'],
      // Without it Terraform prints the whole script before the script's own output.
      quiet: true,
      when: exec.when,
    },
  };
}
