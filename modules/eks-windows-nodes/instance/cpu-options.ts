import { Token } from 'cdktf';
import { type Path, type Problem, problem } from '../../core';
import { group, integer, type SettingProps, setting } from '../../settings';

/** What every type has on each core, but for {@link ONE_THREAD}. */
const THREADS_PER_CORE = 2;

/**
 * Types of which each vCPU is a core. The user guide names T2 and the seventh generation of AMD; the
 * eighth is from what EC2 tells of its types.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-optimize-cpu.html
 */
const ONE_THREAD = /^(?:t2|[cmr][78]a|m8azn|x8aedz)\./;

/** Types whose size does not tell their vCPUs. */
const OTHER_SIZES = /^(?:c1|m1|m2|hpc\w*|u-?\w*)\./;

const SMALL_T3 = /^t3a?\.(?:nano|micro|small|medium)$/;

/** Bare metal, of which all cores are the customer's. */
const METAL = /\.metal(?:-|$)/;

/** vCPUs of an `xlarge`; a `large` has half of them, a `2xlarge` twice as many. */
const VCPUS_OF_XLARGE = 4;

/** The settings of {@link CpuOptions}. */
const CPU_OPTIONS_SETTINGS = {
  /**
   * CPU cores of a node, not more than each type of the group has. Which smaller numbers a type takes
   * is in AWS's list; of another one no node starts, which the activities of the Auto Scaling group
   * tell.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cpu-options-supported-instances-values.html
   */
  coreCount: setting(integer({ min: 1 }), {
    about: 'CPU cores, not more than each type has',
    required: true,
    change: 'rolls',
  }),
  /** 1 switches simultaneous multithreading off; some types have no other. */
  threadsPerCore: setting(integer({ min: 1, max: THREADS_PER_CORE }), {
    about: 'Threads of each core; 1 without simultaneous multithreading',
    required: true,
    change: 'rolls',
  }),
};

/**
 * Cores of a node and their threads; both are needed. The price is that of the type all the same.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-cpu-options-rules.html
 */
export interface CpuOptions extends SettingProps<typeof CPU_OPTIONS_SETTINGS> {}

/** Cores and threads. */
export const cpuOptions = group(CPU_OPTIONS_SETTINGS);

/** Lists what the types of a group have not; those whose cores the name does not tell pass. */
export function checkCpuOptionTypes(
  path: Path,
  types: readonly string[],
  options: CpuOptions | undefined,
): Problem[] {
  if (options === undefined || Token.isUnresolved(options)) return [];
  return types.flatMap((type) => [
    ...checkBareMetal(path, type, options),
    ...checkThreads([...path, 'threadsPerCore'], type, options.threadsPerCore),
    ...checkCores([...path, 'coreCount'], type, options.coreCount),
  ]);
}

function checkBareMetal(path: Path, type: string, options: CpuOptions): Problem[] {
  if (!METAL.test(type)) return [];
  const rule = `be left out for ${type}, which is bare metal`;
  return [problem('cpu-options-of-bare-metal', path, rule, options)];
}

function checkThreads(path: Path, type: string, threads: number): Problem[] {
  if (!ONE_THREAD.test(type) || Token.isUnresolved(threads) || threads === 1) return [];
  const rule = `be 1 for ${type}, whose cores have one thread`;
  return [problem('threads-of-instance-type', path, rule, threads)];
}

function checkCores(path: Path, type: string, cores: number): Problem[] {
  const most = coresOf(type);
  if (most === undefined || Token.isUnresolved(cores) || cores <= most) return [];
  const rule = `be at most ${most}, the cores of ${type}`;
  return [problem('cores-of-instance-type', path, rule, cores)];
}

/** The cores of a type, when its name tells them. */
function coresOf(type: string): number | undefined {
  const vcpus = OTHER_SIZES.test(type) ? undefined : vcpusOf(type);
  return vcpus && vcpus / (ONE_THREAD.test(type) ? 1 : THREADS_PER_CORE);
}

function vcpusOf(type: string): number | undefined {
  if (SMALL_T3.test(type)) return 2;
  const [, factor, size] = /\.(\d*)(xlarge|large)$/.exec(type) ?? [];
  if (size === undefined) return undefined;
  return size === 'large' ? VCPUS_OF_XLARGE / 2 : VCPUS_OF_XLARGE * Number(factor || 1);
}
