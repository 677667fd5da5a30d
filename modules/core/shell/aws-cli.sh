# Shared by all scripts that Terraform runs; stands in front of them. POSIX sh, AWS CLI v1 or v2.
#
# Set before it:
#   PROGRAM          begins every line that a script prints
#   POLL_SECONDS     pause between two looks at a state
#   TIMEOUT_SECONDS  when to give up waiting
#
# Exit codes of all scripts: 0 done, 1 refused or failed (the reason is on stderr), 2 out of time,
# 3 no AWS CLI; 252 to 255 are the AWS CLI's own.

set -eu

say() {
  printf '%s: %s\n' "$PROGRAM" "$*"
}

complain() {
  say "$@" >&2
}

die() {
  code=$1
  shift
  complain "$@"
  exit "$code"
}

require_aws_cli() {
  command -v aws >/dev/null 2>&1 ||
    die 3 'the AWS CLI (aws) is not on the PATH of the machine that runs Terraform; install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'
}

# The nth tab-separated field of an answer. The last may have line ends of its own.
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
  sleep "$POLL_SECONDS"
}
