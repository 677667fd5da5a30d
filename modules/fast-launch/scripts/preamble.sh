# Shared by enable.sh and disable.sh, which are appended to it. POSIX sh, AWS CLI v1 or v2.
#
# All values come by environment:
#   AWS_REGION, AWS_DEFAULT_REGION  the Region of the AMI
#   LAUNCH_TEMPLATE_ID              the launch template that marks an AMI's Fast Launch as ours
#   TIMEOUT_SECONDS                 when to give up waiting
#   FAST_LAUNCH_POLL_SECONDS        pause between two looks at the state; not set by Terraform, so
#                                   that it can be set where Terraform runs; 10 when it is not
#
# Exit codes: 0 done, 1 refused or failed (the reason is on stderr), 2 out of time, 3 no AWS CLI; 252
# to 255 are the AWS CLI's own.

set -eu
: "${FAST_LAUNCH_POLL_SECONDS:=10}"

say() {
  printf 'fast-launch: %s\n' "$*"
}

die() {
  code=$1
  shift
  printf 'fast-launch: %s\n' "$*" >&2
  exit "$code"
}

command -v aws >/dev/null 2>&1 ||
  die 3 'the AWS CLI (aws) is not on the PATH of the machine that runs Terraform; install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'

# One line for one AMI: state, launch template id and version, snapshots, parallel launches, reason.
# "None" when Fast Launch is off.
describe() {
  aws ec2 describe-fast-launch-images --image-ids "$1" --output text --query \
    'FastLaunchImages[0].[State,LaunchTemplate.LaunchTemplateId,LaunchTemplate.Version,SnapshotConfiguration.TargetResourceCount,MaxParallelLaunches,StateTransitionReason]'
}

# The nth tab-separated field of an answer. A reason may have line ends of its own.
field() {
  printf '%s' "$1" | tr '\n' ' ' | cut -f "$2"
}

now() {
  date +%s
}

start=$(now)

# Ends the script when its time is up; otherwise pauses.
pause() {
  elapsed=$(($(now) - start))
  [ "$elapsed" -lt "$TIMEOUT_SECONDS" ] ||
    die 2 "$1 is still $2 after ${elapsed}s; run the apply again to go on waiting"
  sleep "$FAST_LAUNCH_POLL_SECONDS"
}

# Waits until Fast Launch is off for an AMI.
wait_until_off() {
  while :; do
    line=$(describe "$1")
    state=$(field "$line" 1)
    case $state in
      None | '') return 0 ;;
      disabling-failed) die 1 "$1: switching off failed: $(field "$line" 6)" ;;
      *) pause "$1" "$state" ;;
    esac
  done
}
