# The AMIs of an image, and what keeps them from being retired.

# Words of a list are split on purpose; names of files have no place here.
set -f

# Calls a function for each line of TARGETS, with the line's words. Here and below lines come by a
# descriptor of their own: an aws command that reads its input would swallow them.
for_each_target() {
  while read -r target <&3; do
    [ -n "$target" ] || continue
    # shellcheck disable=SC2086 # the Region and its parameters, between blanks
    "$1" $target
  done 3<<LINES
$TARGETS
LINES
}

use_region() {
  region=$1
  # Both names: version 1 of the AWS CLI reads the second only.
  export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"
  [ -n "$assumed_at" ] || use_role
}

report() {
  say "$region $*"
}

# Sets $amis to a line for each AMI of the image in this account, the newest first: creation date,
# id, state, deprecation date, GiB of its snapshots, the snapshots, the keys of its in-use tags;
# lists have commas, "None" is nothing. A query is asked page by page, so it may not pick or sort.
list_amis() {
  amis=$(aws ec2 describe-images --owners self --include-disabled \
    --filters "Name=tag:$IMAGE_TAG_KEY,Values=$IMAGE_NAME" --output text --query \
    "Images[].[CreationDate,ImageId,State,DeprecationTime,sum(BlockDeviceMappings[].Ebs.VolumeSize),join(',',BlockDeviceMappings[].Ebs.SnapshotId),join(',',Tags[?starts_with(Key,'$IN_USE_TAG_PREFIX')].Key)]") ||
    return $?
  [ "$amis" != None ] || amis=''
  amis=$(printf '%s\n' "$amis" | sort -r)
}

# Calls a function for each AMI of the Region, after it has read a line of list_amis into
# $entry, and of that $ami, $state, $snapshots (between blanks) and $users (likewise).
for_each_ami() {
  while IFS= read -r entry <&3; do
    [ -n "$entry" ] || continue
    ami=$(field "$entry" 2)
    state=$(field "$entry" 3)
    snapshots=$(field "$entry" 6 | tr ',' ' ')
    users=''
    for key in $(field "$entry" 7 | tr ',' ' '); do
      users="${users:+$users }${key#"$IN_USE_TAG_PREFIX"}"
    done
    "$1"
  done 3<<LINES
$amis
LINES
}

# The AMI that an SSM parameter names; nothing when there is no such parameter. Asks for a list,
# because to ask for one that is not there would be an error like any other.
named_ami() {
  answer=$(aws ssm get-parameters --names "$1" --output text --query 'Parameters[].Value') || return $?
  [ "$answer" = None ] || printf '%s' "$answer"
}

# Sets $named to "parameter=AMI" for each of the parameters. What they name is not known when they
# cannot be read, so that nothing can be retired then.
read_parameters() {
  named=''
  for parameter in "$@"; do
    value=$(named_ami "$parameter") ||
      die 1 "$region: $parameter cannot be read, and the AMI that it names must stay; nothing was retired"
    named="$named $parameter=$value"
  done
}

# The first parameter that names an AMI.
parameter_of() {
  for pair in $named; do
    if [ "${pair#*=}" = "$1" ]; then
      printf '%s' "${pair%%=*}"
      return 0
    fi
  done
}

# The instances of this account that run an AMI, stopped ones included.
instances_of() {
  aws ec2 describe-instances --output text --query 'Reservations[].Instances[].InstanceId' \
    --filters "Name=image-id,Values=$1" \
    'Name=instance-state-name,Values=pending,running,stopping,stopped'
}

# Sets $reason to why the AMI at hand has to stay; to nothing when it need not.
find_reason() {
  reason=''
  case $state in
    available | disabled) ;;
    *)
      reason="its state is $state"
      return 0
      ;;
  esac
  if [ -n "$users" ]; then
    reason="in use by $users"
    return 0
  fi
  instances=$(instances_of "$ami")
  # shellcheck disable=SC2086 # instance ids, to be counted
  set -- $instances
  case ${1:-None} in
    None) return 0 ;;
  esac
  reason="run by $1"
  if [ $# -gt 1 ]; then reason="$reason and $(($# - 1)) more"; fi
}
