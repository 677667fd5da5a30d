#!/bin/sh
# Stands in for the AWS CLI: knows the calls of the retention scripts, and answers queries with
# `--output text` as the CLI does: columns between tabs, None for null, nothing for an empty list.
# A call it does not know ends with status 252, as a usage error of the CLI.
#
# Works on files in $FAKE_AWS, which fake-aws.ts writes and reads:
#   calls                        one line a call: its Region and its arguments between tabs
#   faults.<operation>           what the next calls fail with, one line each: status, tab, stderr
#   vanishes.<operation>         the AMI that is gone from such a call on
#   faults.<operation>.<id>      the same, for calls with this AMI, snapshot or parameter only
#   <region>/amis/<id>           what list_amis asks for, without the id
#   <region>/looks/<id>          Fast Launch of an AMI: the state that each look shows, a line a look;
#                                unknown for a look that fails
#   <region>/instances/<id>      the instances that run an AMI
#   <region>/parameters/<name>   value of an SSM parameter; the name with + for /
#   <region>/gone.<id>           an AMI that was deregistered
#   <region>/marked              snapshots with the mark, a line each
#
# Needs no programs, so that PATH can hold just what the scripts may use.

set -eu
tab=$(printf '\t')
newline='
'
here=$FAKE_AWS/$AWS_REGION
# What an aws command reads is not there for the loop that runs it.
while IFS= read -r swallowed; do printf '%s\n' "$swallowed" >>"$FAKE_AWS/swallowed"; done

blanks=$IFS
IFS=$tab
printf '%s\n' "$AWS_REGION$tab$*" >>"$FAKE_AWS/calls"
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

[ "$AWS_REGION" = "$AWS_DEFAULT_REGION" ] || fail 252 'fake aws: two Regions'
service=$1
operation=$2
shift 2

id='' query='' filter='' tags=''
while [ $# -gt 0 ]; do
  case $1 in
    --image-id | --image-ids | --snapshot-id | --name | --names) id=$2 ;;
    --query) query=$2 ;;
    --output) [ "$2" = text ] || fail 252 "fake aws: unknown output $2" ;;
    --owners | --owner-ids) [ "$2" = self ] || fail 252 "fake aws: unknown owner $2" ;;
    --tags) tags=$2 ;;
    --deprecate-at) ;;
    --resources)
      id=$2
      while case ${3:-} in snap-*) true ;; *) false ;; esac; do
        id="$id $3"
        shift
      done
      ;;
    --filters)
      filter=$2
      case ${3:-} in
        Name=*)
          filter="$filter $3"
          shift
          ;;
      esac
      ;;
    --include-disabled | --force)
      shift
      continue
      ;;
    *) fail 252 "Unknown options: $1" ;;
  esac
  shift 2
done

for faults in "$FAKE_AWS/faults.$operation.${id%% *}" "$FAKE_AWS/faults.$operation"; do
  case $faults in */faults.*/*) continue ;; esac
  if [ -s "$faults" ]; then
    split_first_line "$faults"
    printf '%s' "$rest" >"$faults"
    fail "${first%%"$tab"*}" "${first#*"$tab"}"
  fi
done

if [ -f "$FAKE_AWS/vanishes.$operation" ]; then
  IFS= read -r vanished <"$FAKE_AWS/vanishes.$operation"
  : >"$here/gone.$vanished"
fi

require_ami() {
  if [ ! -f "$here/amis/$id" ] || [ -f "$here/gone.$id" ]; then
    fail 254 "An error occurred (InvalidAMIID.NotFound) when calling the $1 operation: The image id '[$id]' does not exist"
  fi
}

# In the order of the ids, not of the dates, as pages come.
list_amis() {
  for file in "$here"/amis/*; do
    if [ ! -f "$file" ] || [ -f "$here/gone.${file##*/}" ]; then continue; fi
    split_first_line "$file"
    printf '%s\n' "${first%%"$tab"*}$tab${file##*/}$tab${first#*"$tab"}"
  done
}

describe_images() {
  if [ -n "$id" ]; then
    require_ami DescribeImages
    echo '{}'
    return
  fi
  [ "$filter" = 'Name=tag:cdktf-eks-windows-ami:image,Values=win' ] ||
    fail 252 "fake aws: unknown filter $filter"
  case $query in
    "Images[].[CreationDate,ImageId,State,DeprecationTime,sum(BlockDeviceMappings[].Ebs.VolumeSize),join(',',BlockDeviceMappings[].Ebs.SnapshotId),join(',',Tags[?starts_with(Key,'cdktf-eks-windows-ami:in-use-by:')].Key)]")
      list_amis
      ;;
    *) fail 252 "fake aws: unknown query $query" ;;
  esac
}

describe_instances() {
  [ "$query" = 'Reservations[].Instances[].InstanceId' ] || fail 252 "fake aws: unknown query $query"
  image=${filter#Name=image-id,Values=}
  [ "${image#* }" = 'Name=instance-state-name,Values=pending,running,stopping,stopped' ] ||
    fail 252 "fake aws: unknown filter $filter"
  [ -f "$here/instances/${image%% *}" ] || return 0
  split_first_line "$here/instances/${image%% *}"
  printf '%s\n' "$first"
}

describe_fast_launch_images() {
  if [ ! -f "$here/looks/$id" ]; then
    echo None
    return
  fi
  split_first_line "$here/looks/$id"
  case $first in
    None) echo None ;;
    unknown) fail 254 throttled ;;
    *) printf '%s\n' "$first${tab}lt-1${tab}1${tab}5${tab}6${tab}because" ;;
  esac
  [ -z "$rest" ] || printf '%s' "$rest" >"$here/looks/$id"
}

create_tags() {
  [ "$tags" = 'Key=cdktf-eks-windows-ami:of-deleted-ami,Value=win' ] ||
    fail 252 "fake aws: unknown tags $tags"
  for snapshot in $id; do printf '%s\n' "$snapshot" >>"$here/marked"; done
}

describe_snapshots() {
  [ "$query $filter" = 'Snapshots[].SnapshotId Name=tag:cdktf-eks-windows-ami:of-deleted-ami,Values=win' ] ||
    fail 252 "fake aws: unknown query $query $filter"
  [ -f "$here/marked" ] || return 0
  ids=''
  while IFS= read -r snapshot; do ids=${ids:+$ids$tab}$snapshot; done <"$here/marked"
  [ -z "$ids" ] || printf '%s\n' "$ids"
}

# Refuses a snapshot of an AMI that is there.
require_unused() {
  for file in "$here"/amis/*; do
    if [ ! -f "$file" ] || [ -f "$here/gone.${file##*/}" ]; then continue; fi
    split_first_line "$file"
    columns=${first#*"$tab"*"$tab"*"$tab"*"$tab"}
    case ",${columns%%"$tab"*}," in *",$id,"*)
      fail 254 "An error occurred (InvalidSnapshot.InUse) when calling the DeleteSnapshot operation: The snapshot $id is currently in use by ${file##*/}" ;;
    esac
  done
}

delete_snapshot() {
  require_unused
  kept=''
  found=''
  while IFS= read -r snapshot; do
    if [ "$snapshot" = "$id" ]; then found=yes; else kept=$kept$snapshot$newline; fi
  done <"$here/marked"
  [ -n "$found" ] ||
    fail 254 "An error occurred (InvalidSnapshot.NotFound) when calling the DeleteSnapshot operation: The snapshot '$id' does not exist."
  printf '%s' "$kept" >"$here/marked"
}

get_parameters() {
  [ "$query" = 'Parameters[].Value' ] || fail 252 "fake aws: unknown query $query"
  file=''
  for candidate in "$here"/parameters/*; do
    [ "$candidate" = "$here/parameters/$plain" ] && file=$candidate
  done
  [ -n "$file" ] || return 0
  split_first_line "$file"
  printf '%s\n' "$first"
}

# The name of a parameter, with + for /.
plain=''
remaining=$id
while case $remaining in */*) true ;; *) false ;; esac; do
  plain=$plain${remaining%%/*}+
  remaining=${remaining#*/}
done
plain=$plain$remaining

touch_ami() {
  require_ami "$1"
  printf '{"Return": true}\n'
}

case $service.$operation in
  ec2.describe-images) describe_images ;;
  ec2.describe-instances) describe_instances ;;
  ec2.describe-fast-launch-images) describe_fast_launch_images ;;
  ec2.describe-snapshots) describe_snapshots ;;
  ec2.deregister-image)
    touch_ami "$operation"
    : >"$here/gone.$id"
    ;;
  ec2.disable-fast-launch | ec2.disable-image | ec2.enable-image-deprecation)
    touch_ami "$operation"
    ;;
  ec2.create-tags) create_tags ;;
  ec2.delete-snapshot) delete_snapshot ;;
  ssm.get-parameters) get_parameters ;;
  ssm.delete-parameter) echo '{}' ;;
  *) fail 252 "fake aws: unknown operation $operation" ;;
esac
