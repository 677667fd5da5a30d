#!/bin/sh
# Stands in for the AWS CLI: knows the calls of the Fast Launch scripts, and answers queries
# with `--output text` as the CLI does: columns between tabs, None for null, nothing for an empty
# list. A call it does not know ends with status 252, as a usage error of the CLI.
#
# Works on files in $FAKE_AWS, which fake-aws.ts writes and reads:
#   calls                    one line a call: its arguments between tabs
#   faults.<operation>       what the next calls fail with, one line each: status, tab, stderr; or
#                            "passes" for one that does not fail
#   amis/<id>                owner alias, platform and state of an AMI
#   template                 what the launch template has, columns as the query has them
#   account                  the account of the credentials
#   assumed                  a line for each session of a role: the key that asked for it
#   looks/<id>               what each look at an AMI's Fast Launch shows, a line a look, columns as
#                            the describe query has them; the last line stays
#   after-enable/<id>        what `looks` becomes when Fast Launch is switched on
#   after-disable/<id>       what `looks` becomes when it is switched off
#
# Needs no programs, so that PATH can hold just what the Fast Launch scripts may use.

set -eu
tab=$(printf '\t')
newline='
'

# $FAKE_AWS/calls
blanks=$IFS
IFS=$tab
printf '%s\n' "$*" >>"$FAKE_AWS/calls"
IFS=$blanks

fail() {
  printf '\n%s\n' "$2" >&2
  exit "$1"
}

# Reads a file into $first, its first line, and $rest, all the others.
split_first_line() {
  rest=''
  {
    IFS= read -r first
    while IFS= read -r line; do rest=$rest$line$newline; done
  } <"$1"
}

case $1 in
  ec2 | sts) ;;
  *) fail 252 "fake aws: unknown service $1" ;;
esac
operation=$2
shift 2

image='' query='' snapshots='' template='' parallel=''
while [ $# -gt 0 ]; do
  case $1 in
    --image-id | --image-ids) image=$2 ;;
    --query) query=$2 ;;
    --snapshot-configuration) snapshots=${2#TargetResourceCount=} ;;
    --launch-template) template=${2#LaunchTemplateId=} ;;
    --max-parallel-launches) parallel=$2 ;;
    --launch-template-id | --versions | --role-* | --duration-seconds | --external-id) ;;
    --output) [ "$2" = text ] || fail 252 "fake aws: unknown output $2" ;;
    --resource-type) [ "$2" = snapshot ] || fail 252 "fake aws: unknown resource type $2" ;;
    --force)
      shift
      continue
      ;;
    *) fail 252 "fake aws: unknown option $1" ;;
  esac
  shift 2
done

faults=$FAKE_AWS/faults.$operation
if [ -s "$faults" ]; then
  split_first_line "$faults"
  printf '%s' "$rest" >"$faults"
  [ "$first" = passes ] || fail "${first%%"$tab"*}" "${first#*"$tab"}"
fi

require_ami() {
  [ -f "$FAKE_AWS/amis/$image" ] ||
    fail 254 "An error occurred (InvalidAMIID.NotFound) when calling the $1 operation: The image id '[$image]' does not exist"
}

describe_images() {
  [ "$query" = 'Images[0].[ImageOwnerAlias,Platform,State]' ] ||
    fail 252 "fake aws: unknown query $query"
  require_ami DescribeImages
  split_first_line "$FAKE_AWS/amis/$image"
  printf '%s\n' "$first"
}

look() {
  if [ ! -f "$FAKE_AWS/looks/$image" ]; then
    echo None
    return
  fi
  split_first_line "$FAKE_AWS/looks/$image"
  # A signal goes to the script, which waits for this call; it has to end the call then. The call
  # waits for that without another process, which would go on for a moment after it.
  case $first in
    SIG*)
      signal=${first%%"$tab"*}
      kill -s "${signal#SIG}" "$PPID"
      while kill -0 "$PPID" 2>/dev/null; do :; done
      ;;
  esac
  # A reason may hold line ends, written as \n.
  printf '%b\n' "$first"
  [ -z "$rest" ] || printf '%s' "$rest" >"$FAKE_AWS/looks/$image"
}

# The ids of the AMIs with Fast Launch by a launch template, but one: a single line.
list() {
  wanted=${query#*"=='"}
  kept=${wanted#*"!='"}
  wanted=${wanted%%"'"*}
  kept=${kept%%"'"*}
  ids=''
  for looks in "$FAKE_AWS"/looks/*; do
    id=${looks##*/}
    if [ ! -f "$looks" ] || [ "$id" = "$kept" ]; then continue; fi
    IFS=$tab read -r state used _ <"$looks"
    if [ "$state" = None ] || [ "$used" != "$wanted" ]; then continue; fi
    ids=${ids:+$ids$tab}$id
  done
  [ -z "$ids" ] || printf '%s\n' "$ids"
}

describe_fast_launch_images() {
  case $query in
    'FastLaunchImages[0].[State,LaunchTemplate.LaunchTemplateId,LaunchTemplate.Version,SnapshotConfiguration.TargetResourceCount,MaxParallelLaunches,StateTransitionReason]')
      look
      ;;
    "FastLaunchImages[?LaunchTemplate.LaunchTemplateId=='"*"' && ImageId!='"*"'].ImageId") list ;;
    *) fail 252 "fake aws: unknown query $query" ;;
  esac
}

# Sets what the next looks at the AMI show: what a test has laid down, or else the given lines.
follow() {
  if [ -f "$1/$image" ]; then
    split_first_line "$1/$image"
    printf '%s\n%s' "$first" "$rest" >"$FAKE_AWS/looks/$image"
  else
    shift
    printf '%s\n' "$@" >"$FAKE_AWS/looks/$image"
  fi
}

enable_fast_launch() {
  require_ami EnableFastLaunch
  settings="${template%%,*}$tab${template#*,Version=}$tab$snapshots$tab$parallel${tab}None"
  follow "$FAKE_AWS/after-enable" "enabling$tab$settings" "enabled$tab$settings"
  printf '{"ImageId": "%s", "State": "enabling"}\n' "$image"
}

disable_fast_launch() {
  require_ami DisableFastLaunch
  split_first_line "$FAKE_AWS/looks/$image"
  follow "$FAKE_AWS/after-disable" "disabling$tab${first#*"$tab"}" None
  printf '{"ImageId": "%s", "State": "disabling"}\n' "$image"
}

describe_launch_template_versions() {
  case $query in
    "LaunchTemplateVersions[0].LaunchTemplateData.["*) ;;
    *) fail 252 "fake aws: unknown query $query" ;;
  esac
  content="None${tab}None${tab}None${tab}None${tab}None${tab}None"
  if [ -f "$FAKE_AWS/template" ]; then
    split_first_line "$FAKE_AWS/template"
    content=$first
  fi
  printf '%s\n' "$content"
}

# The account is in the file "account"; the keys of a role tell how often it was assumed.
get_caller_identity() {
  account=111111111111
  if [ -f "$FAKE_AWS/account" ]; then IFS= read -r account <"$FAKE_AWS/account"; fi
  printf '%s\tarn:aws:iam::%s:user/%s\n' "$account" "$account" "${AWS_ACCESS_KEY_ID:-none}"
}

assume_role() {
  printf '%s\n' "${AWS_ACCESS_KEY_ID:-none}" >>"$FAKE_AWS/assumed"
  printf 'role-key\trole-secret\trole-token\n'
}

case $operation in
  get-caller-identity) get_caller_identity ;;
  assume-role) assume_role ;;
  describe-launch-template-versions) describe_launch_template_versions ;;
  describe-images) describe_images ;;
  describe-fast-launch-images) describe_fast_launch_images ;;
  enable-fast-launch) enable_fast_launch ;;
  disable-fast-launch) disable_fast_launch ;;
  *) fail 252 "fake aws: unknown operation $operation" ;;
esac
