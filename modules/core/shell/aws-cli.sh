# Shared by all scripts that Terraform runs; stands in front of them. POSIX sh, AWS CLI v1 or v2.
#
# Set before it:
#   PROGRAM          begins every line that a script prints
#   POLL_SECONDS     pause between two looks at a state
#   TIMEOUT_SECONDS  when to give up waiting
#
# Exit codes of all scripts: 0 done, 1 refused or failed (the reason is on stderr), 2 out of time,
# 3 no AWS CLI or one that is too old, 129, 130 or 143 ended by SIGHUP, SIGINT or SIGTERM.
# 252 to 255 are the AWS CLI's own.

set -eu
# What a script writes is for itself only.
umask 077
# Terraform may end first. A script that is in the middle of a change has to finish it all the same.
trap '' PIPE

# The CLI tries throttled calls again by itself.
: "${AWS_MAX_ATTEMPTS:=10}" "${AWS_RETRY_MODE:=standard}"
# Version 1 would ask STS in us-east-1, whatever the Region.
: "${AWS_STS_REGIONAL_ENDPOINTS:=regional}"
# Version 2 would show answers in a pager.
AWS_PAGER=''
export AWS_MAX_ATTEMPTS AWS_RETRY_MODE AWS_STS_REGIONAL_ENDPOINTS AWS_PAGER

# Whether somebody still reads what is said; for the scripts that want to know.
heard=true

say() {
  # shellcheck disable=SC2034 # not every script looks at it
  printf '%s: %s\n' "$PROGRAM" "$*" 2>/dev/null || heard=false
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

# The process that the script waits for.
child=''
# What a signal leaves behind, in words.
standing='nothing was changed'

end_by_signal() {
  trap '' INT TERM HUP
  if [ -n "$child" ]; then
    kill "$child" 2>/dev/null || :
    wait "$child" 2>/dev/null || :
  fi
  complain "ended by SIG$1: $standing; the next apply goes on from there"
  exit "$2"
}

trap 'end_by_signal INT 130' INT
trap 'end_by_signal TERM 143' TERM
trap 'end_by_signal HUP 129' HUP

# Waits for what was started last. A shell notices a signal at once when it waits like this, and
# only afterwards when it runs a command in front.
await() {
  child=$!
  ended=0
  wait "$child" || ended=$?
  child=''
  return "$ended"
}

# Makes a file that was not there.
make_file() {
  (set -C && : >"$1") 2>/dev/null ||
    die 1 "cannot write $1; set TMPDIR to a folder that can be written to"
}

# Calls the AWS CLI. Sets $answer to what it prints, and $error to what it complains of when it
# fails. Both go through files that have no name any more when the CLI starts, so that nothing is
# left behind.
call() {
  scratch=${TMPDIR:-/tmp}/$PROGRAM-$$
  make_file "$scratch.out"
  make_file "$scratch.err"
  # shellcheck disable=SC2094 # two files, each written by the CLI and read afterwards
  exec 6>"$scratch.out" 7>"$scratch.err" 8<"$scratch.out" 9<"$scratch.err"
  rm -f "$scratch.out" "$scratch.err"
  aws "$@" >&6 2>&7 </dev/null &
  status=0
  await || status=$?
  answer=$(cat <&8)
  error=''
  [ "$status" -eq 0 ] || error=$(cat <&9)
  return "$status"
}

# The last error of the CLI on one line.
error_line() {
  # Version 1 begins with an empty line.
  one_line=$(printf '%s' "$error" | tr '\n' ' ' | tr -s ' ')
  printf '%s' "${one_line# }"
}

# Whether an error of the CLI's may be over by itself: throttling, a fault of AWS, the connection.
is_passing() {
  case $1 in
    *Throttl* | *RequestLimitExceeded* | *'(Unavailable)'* | *ServiceUnavailable* | *'(Internal'* | \
      *'(RequestTimeout)'* | *'(50'?')'*) return 0 ;;
    *'Could not connect'* | *[Tt]'imeout on endpoint'* | *'Connection was closed'* | \
      *'Connection aborted'* | *'Connection reset'* | *'Failed to connect'* | \
      *'Unable to parse response'*) return 0 ;;
    *) return 1 ;;
  esac
}

require_aws_cli() {
  command -v aws >/dev/null 2>&1 ||
    die 3 'the AWS CLI (aws) is not on the PATH of the machine that runs Terraform; install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'
}

tab=$(printf '\t')
line_end='
'

# The nth tab-separated field of an answer, on one line: the last may have line ends of its own. Starts
# no program, because scripts ask for a field at every look.
field() {
  rest=$1
  before_it=$(($2 - 1))
  while [ "$before_it" -gt 0 ]; do
    case $rest in *"$tab"*) rest=${rest#*"$tab"} ;; *) rest='' ;; esac
    before_it=$((before_it - 1))
  done
  rest=${rest%%"$tab"*}
  while :; do
    case $rest in *"$line_end"*) rest="${rest%%"$line_end"*} ${rest#*"$line_end"}" ;; *) break ;; esac
  done
  printf '%s' "$rest"
}

now() {
  date +%s
}

start=$(now)

# Sets $elapsed to the seconds since the start.
measure_time() {
  elapsed=$(($(now) - start))
}

# Ends the script when its time is up; otherwise pauses.
pause() {
  measure_time
  [ "$elapsed" -lt "$TIMEOUT_SECONDS" ] ||
    die 2 "$1 is still $2 after ${elapsed}s; run the apply again to go on waiting"
  sleep "$POLL_SECONDS" &
  await || :
  renew_role
}
